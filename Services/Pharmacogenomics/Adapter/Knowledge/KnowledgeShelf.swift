public import PharmacogenomicsCore
import Synchronization

/// The releases that this process has read, each once, and what leads from one to another.
///
/// It keeps the built-in one and the few that were asked for last.
public final class KnowledgeShelf: Sendable {
    private struct Pair: Hashable {
        let old: String
        let new: String
    }

    private struct Content {
        /// In the order of their last use, the latest last.
        var editions: [KnowledgeEdition] = []
        var translations: [Pair: SiteTranslation] = [:]
        var differences: [Pair: KnowledgeDiff] = [:]
        var lastActive: String?
    }

    /// How many releases are kept beside the built-in one.
    static let capacity = 4

    /// The release that the executable was built with.
    public let builtIn: KnowledgeEdition
    private let options: CallingOptions
    private let limits: IntakeLimits
    private let content = Mutex(Content())

    /// A shelf with the release that the executable was built with.
    public init(
        builtIn: KnowledgePackage, options: CallingOptions = CallingOptions(), limits: IntakeLimits = IntakeLimits()
    ) throws(KnowledgeError) {
        self.builtIn = try KnowledgeEdition(builtIn, options: options, limits: limits)
        self.options = options
        self.limits = limits
    }

    /// The release of this digest; the empty digest is that of the built-in one. Nil when it is not on the shelf.
    public func edition(_ digest: String) -> KnowledgeEdition? {
        if digest.isEmpty || digest == builtIn.digest { return builtIn }
        return content.withLock { content in
            guard let place = content.editions.firstIndex(where: { $0.digest == digest }) else { return nil }
            let edition = content.editions.remove(at: place)
            content.editions.append(edition)
            return edition
        }
    }

    /// Reads a release and puts it on the shelf.
    ///
    /// - Throws: `KnowledgeError` with the file and line of what cannot be read; the shelf stays as it was.
    @discardableResult
    public func read(_ package: KnowledgePackage) throws(KnowledgeError) -> KnowledgeEdition {
        if let edition = edition(package.digest) { return edition }
        let edition = try KnowledgeEdition(package, options: options, limits: limits)
        content.withLock { content in
            content.editions.append(edition)
            guard content.editions.count > Self.capacity else { return }
            let gone = content.editions.removeFirst().digest
            content.translations = content.translations.filter { $0.key.old != gone && $0.key.new != gone }
            content.differences = content.differences.filter { $0.key.old != gone && $0.key.new != gone }
        }
        return edition
    }

    /// True when the release with this digest was the active one when the database was last looked through.
    func hasSeen(_ digest: String) -> Bool { content.withLock { $0.lastActive == digest } }

    /// The database was looked through, and the release with this digest is the active one.
    func sawActive(_ digest: String) { content.withLock { $0.lastActive = digest } }

    /// What leads from the numbers of one release to those of another.
    func translation(from old: KnowledgeEdition, to new: KnowledgeEdition) -> SiteTranslation {
        let pair = Pair(old: old.digest, new: new.digest)
        if let known = content.withLock({ $0.translations[pair] }) { return known }
        let translation = SiteTranslation(from: old.base.genes, to: new.base.genes)
        content.withLock { $0.translations[pair] = translation }
        return translation
    }

    /// What one release changes against another.
    func difference(from old: KnowledgeEdition, to new: KnowledgeEdition) -> KnowledgeDiff {
        let pair = Pair(old: old.digest, new: new.digest)
        if let known = content.withLock({ $0.differences[pair] }) { return known }
        let difference = KnowledgeDiff(from: old.base, to: new.base)
        content.withLock { $0.differences[pair] = difference }
        return difference
    }
}
