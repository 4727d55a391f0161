import Contracts
import Domain
import KafkaClient
import Logging
public import PharmacogenomicsCore
public import ServiceKit

/// A release on its way to the fleet: read, compared with the built-in one, and published as an event.
public struct KnowledgeAnnouncement: Sendable {
    /// The release's files.
    public let package: KnowledgePackage
    /// The release.
    public let base: KnowledgeBase

    /// Reads the release that lies in `directory`, or the built-in one.
    ///
    /// - Throws: ``PharmacogenomicsError``, or `KnowledgeError` with the file and line of what cannot be read.
    public init(directory: String?) throws {
        package = try directory.map { try KnowledgePackage(directory: $0) } ?? BuiltInKnowledge.package()
        base = try KnowledgeBase(tables: KnowledgeTables(files: package.files), digest: package.digest)
    }

    /// What the release is, a line for each thing.
    public var summary: [String] {
        let rules = base.guidelines.drugs.reduce(0) { $0 + base.guidelines.rules(for: $1).count }
        return [
            "version       \(base.version)", "digest        \(base.digest)",
            "genes         \(base.genes.genes.count) with \(base.genes.siteCount) positions",
            "rules         \(rules) for \(base.guidelines.drugs.count) drugs",
            "drugs         \(base.drugs.drugs.count)", "interactions  \(base.interactions.interactions.count)",
        ]
    }

    /// Whom the release can touch against `older`, a line for each; one line when nobody.
    public func changes(since older: KnowledgeAnnouncement) -> [String] {
        let diff = KnowledgeDiff(from: older.base, to: base)
        guard !diff.isEmpty else { return ["no result can change"] }
        return diff.touches.map { touch in
            switch touch {
            case .everybody: "everybody"
            case .gene(let gene): "who has a result for \(gene.rawValue)"
            case .allele(let gene, let name): "who may carry \(gene.rawValue) \(name)"
            case .phenotype(let gene, let name): "who may be \(gene.rawValue) \(name)"
            case .medication(let drug): "who takes \(drug)"
            }
        }
    }

    /// Publishes the release to the fleet and returns when it is durable. The same tables twice are one release.
    public func publish(_ configuration: ServiceConfiguration, now: Timestamp) async throws {
        let event = try package.event(
            version: base.version, releasedAt: now, source: PharmacogenomicsProcessor.service, producedAt: now)
        let producer = try KafkaProducer(configuration.kafka(), logger: Logger(label: PharmacogenomicsService.name))
        let headers = CloudEventHeader.headers(of: event, source: "/vitalstream/\(PharmacogenomicsService.name)")
        do {
            _ = try await producer.send(
                ProducerRecord(
                    topic: event.topic, key: Array(event.key.utf8), value: event.encoded(),
                    headers: headers.map { KafkaHeader(name: $0.name, value: $0.value) }))
        } catch {
            await producer.close(deadline: .seconds(1))
            throw error
        }
        await producer.close(deadline: .seconds(10))
    }
}
