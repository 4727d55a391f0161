import ArgumentParser
import GeneRegulatoryNetworkAdapter
import GeneRegulatoryNetworkCore

extension NetworkFile.Layout: ExpressibleByArgument {}
extension SetDistance: ExpressibleByArgument {}
extension CommunitiesRun.Quality: ExpressibleByArgument {}
extension FalseDiscovery: ExpressibleByArgument {}

/// Which network, and how it is read.
struct NetworkArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An edge a line; weights under a header that names them, as infer writes it.", valueName: "file"))
    var network: String

    @Option(help: "How the file lists edges.")
    var layout = NetworkFile.Layout.edges

    @Option(help: ArgumentHelp("Only the heaviest edges: what infer ranks are all pairs.", valueName: "n"))
    var best: Int?

    @Option(help: ArgumentHelp("Only edges of at least this weight.", valueName: "weight"))
    var leastWeight = 0.0

    /// The file.
    func file(isDirected: Bool = false) -> NetworkFile {
        NetworkFile(network, layout: layout, best: best, leastWeight: leastWeight, isDirected: isDirected)
    }
}

struct Module: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the genes that join a disease module, in the order of DIAMOnD.")
    @OptionGroup var network: NetworkArguments

    @Option(help: ArgumentHelp("The disease's known genes, one a line.", valueName: "file"))
    var seeds: String

    @Option(help: ArgumentHelp("How many genes join.", valueName: "n"))
    var count = 200

    @Option(help: ArgumentHelp("How much a link to a seed counts.", valueName: "n"))
    var seedWeight = 1

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count must be 1 or more") }
    }

    func run() throws {
        try Command.reporting { () throws(OfflineError) in
            try ModuleRun(network.file(), seeds: seeds, count: count, seedWeight: seedWeight).run()
        }
    }
}

struct Proximity: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print how far two gene sets are from each other, against random sets of the same degrees.")
    @OptionGroup var network: NetworkArguments

    @Option(help: ArgumentHelp("The first set, for example a drug's targets.", valueName: "file"))
    var from: String

    @Option(help: ArgumentHelp("The second set, for example a disease's genes.", valueName: "file"))
    var to: String

    @Option(help: "The distance.")
    var measure = SetDistance.closest

    @Option(help: ArgumentHelp("How many pairs of random sets are drawn.", valueName: "n"))
    var randomSets = 1000

    @Option(help: ArgumentHelp("The least number of genes in a bin of degrees.", valueName: "n"))
    var binSize = 100

    @Option(help: "What decides the draws.")
    var seed: UInt64 = 1

    @OptionGroup var threads: Threads

    func run() throws {
        var run = ProximityRun(network.file(), from: from, to: to)
        run.measure = measure
        run.randomSets = randomSets
        run.binSize = binSize
        run.seed = seed
        run.threads = threads.threads
        let whole = run
        try Command.reporting { () throws(OfflineError) in try whole.run() }
    }
}

struct CommunitiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "communities", abstract: "Print the community of each gene, found by the Leiden algorithm.")
    @OptionGroup var network: NetworkArguments

    @Option(help: "What is sought.")
    var quality = CommunitiesRun.Quality.modularity

    @Option(help: "The larger, the smaller the communities.")
    var resolution = 1.0

    @Option(help: ArgumentHelp("How many beginnings are tried.", valueName: "n"))
    var restarts = 10

    @Option(help: "What decides the randomness.")
    var seed: UInt64 = 1

    @OptionGroup var threads: Threads

    func run() throws {
        var run = CommunitiesRun(network.file())
        run.quality = quality
        run.resolution = resolution
        run.restarts = restarts
        run.seed = seed
        run.threads = threads.threads
        let whole = run
        try Command.reporting { () throws(OfflineError) in try whole.run() }
    }
}

struct Centralities: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print how central each gene is, in nine ways.")
    @OptionGroup var network: NetworkArguments

    @Flag(help: "Keep the direction of edges.")
    var directed = false

    @OptionGroup var threads: Threads

    func run() throws {
        try Command.reporting { () throws(OfflineError) in
            try CentralitiesRun(network.file(isDirected: directed), threads: threads.threads).run()
        }
    }
}

struct Enrich: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print which gene sets a list of genes shares more of than chance would.",
        discussion: "The background is --background, or else the genes of --network: never the whole genome unasked.")
    @Option(help: ArgumentHelp("A network whose genes are the background.", valueName: "file"))
    var network: String?

    @Option(help: "How the network's file lists edges.")
    var layout = NetworkFile.Layout.edges

    @Option(help: ArgumentHelp("The genes that could have been in the list, one a line.", valueName: "file"))
    var background: String?

    @Option(help: ArgumentHelp("The list, a gene a line.", valueName: "file"))
    var genes: String

    @Option(help: ArgumentHelp("Gene sets: GMT, tab-separated.", valueName: "file"))
    var sets: String

    @Option(help: ArgumentHelp("Sets of fewer genes in the background are not tested.", valueName: "n"))
    var leastSize = 1

    @Option(help: "How p-values are adjusted.")
    var correction = FalseDiscovery.benjaminiHochberg

    func validate() throws {
        guard network != nil || background != nil else { throw ValidationError("give --background or --network") }
    }

    func run() throws {
        var run = EnrichRun(
            network: network.map { NetworkFile($0, layout: layout) }, background: background, genes: genes, sets: sets)
        run.leastSize = leastSize
        run.correction = correction
        let whole = run
        try Command.reporting { () throws(OfflineError) in try whole.run() }
    }
}
