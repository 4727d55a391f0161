public import PharmacogenomicsCore
import Synchronization

/// A release of the tables with everything that is built of it once.
public final class KnowledgeEdition: Sendable {
    /// The tables.
    public let base: KnowledgeBase
    /// The evaluation under them.
    public let evaluation: PatientEvaluation
    /// What reads genotypes at their sites. The sex is not looked at here: it may become known later.
    public let intake: GenotypeIntake
    private let made = Mutex<CDSDecision?>(nil)
    /// What tells the release from others.
    public var digest: String { base.digest }

    /// Reads a release.
    ///
    /// - Parameters:
    ///   - package: the files.
    ///   - options: how genes are called; the frequencies are those of the release when the options name a population.
    ///   - limits: what a genotype must have to be trusted.
    /// - Throws: `KnowledgeError` with the file and line of what cannot be read.
    public init(
        _ package: KnowledgePackage, options: CallingOptions = CallingOptions(), limits: IntakeLimits = IntakeLimits()
    ) throws(KnowledgeError) {
        base = try KnowledgeBase(tables: KnowledgeTables(files: package.files), digest: package.digest)
        var options = options
        if options.population != nil, options.frequencies == nil { options.frequencies = base.frequencies }
        evaluation = PatientEvaluation(knowledge: base, options: options)
        intake = GenotypeIntake(map: SiteMap(catalog: base.genes), limits: limits)
    }

    /// The decisions of the release for orders, made when the first one is asked for.
    public var decision: CDSDecision {
        made.withLock { made in
            if let made { return made }
            let decision = CDSDecision(knowledge: base, evaluation: evaluation)
            made = decision
            return decision
        }
    }
}
