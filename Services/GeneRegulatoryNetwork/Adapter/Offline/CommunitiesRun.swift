import GeneRegulatoryNetworkCore

/// `gene-regulatory-network communities`: the communities of a network by the Leiden algorithm.
public struct CommunitiesRun {
    /// What is sought.
    public enum Quality: String, Sendable, CaseIterable {
        /// Modularity.
        case modularity
        /// The constant Potts model.
        case constantPotts = "cpm"
    }

    private let network: NetworkFile
    /// What is sought.
    public var quality = Quality.modularity
    /// The resolution.
    public var resolution = 1.0
    /// How many beginnings are tried.
    public var restarts = 10
    /// What decides the randomness.
    public var seed: UInt64 = 1
    /// How many threads work.
    public var threads = 1
    private let errors: OfflineOutput

    /// A run.
    public init(_ network: NetworkFile, errors: OfflineOutput = .standardError()) {
        self.network = network
        self.errors = errors
    }

    /// Prints a line for each gene: its community, from 1, the largest first. The quality goes to standard error.
    /// - Throws: ``OfflineError`` that names what is wrong and where.
    public func run(output: OfflineOutput = .standardOutput()) throws(OfflineError) {
        let graph = try network.graph()
        let leiden = Leiden(
            quality: quality == .modularity
                ? .modularity(resolution: resolution) : .constantPotts(resolution: resolution),
            restarts: restarts, seed: seed)
        let found: Communities
        do throws(MedicineError) {
            found = try leiden.communities(of: graph, runner: DispatchParallelRunner(threads: threads))
        } catch {
            throw OfflineError(.unusable, network.path, error.detail)
        }
        try errors.line("\(network.path): \(found.count) communities, \(quality.rawValue) \(found.quality)")
        try errors.flush()
        try output.row("gene", "community")
        for (number, members) in found.members.enumerated() {
            for node in members { try output.row(graph.names[node], "\(number + 1)") }
        }
        try output.finish()
    }
}
