import ArgumentParser
import Foundation
import GeneRegulatoryNetworkAdapter
import GeneRegulatoryNetworkCore

extension ExpressionTable.Orientation: ExpressibleByArgument {}
extension NetworkFormat: ExpressibleByArgument {}
extension ScoreRun.Universe: ExpressibleByArgument {}

extension InferenceMode: ExpressibleByArgument {
    /// A mode by its name; `genie3` is `genie3-rf`.
    public init?(argument: String) { self.init(named: argument) }
}

/// How many threads work.
struct Threads: ParsableArguments {
    @Option(help: ArgumentHelp("How many threads work; the result does not depend on it.", valueName: "n"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard (1...1024).contains(threads) else { throw ValidationError("--threads must be 1 to 1024") }
    }
}

struct Infer: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Infer a network from a table of expression: all pairs, ranked.",
        discussion: """
            A header that begins with 'gene' tells genes in rows and samples in columns; one that begins with a gene's own name, or with \
            'sample', tells samples in rows. Empty cells, NA and NaN are missing.
            """)
    @Option(
        help: ArgumentHelp("Levels, tab- or comma-separated, plain or packed; - for standard input.", valueName: "file")
    )
    var expression: String

    @Option(help: "How the table lies, where its header does not say.")
    var orientation: ExpressionTable.Orientation?

    @Option(
        help: ArgumentHelp("The genes that may regulate, one a line; without it every gene may.", valueName: "file"))
    var regulators: String?

    @Option(help: "The method; genie3 is genie3-rf.")
    var mode = InferenceMode.fast

    @Flag(help: "Prefer regulators of many strong edges (an assumption about networks, not about the data).")
    var hubPrior = false

    @OptionGroup var threads: Threads

    @Option(help: "What decides all randomness.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Halve the samples so many times and tell how often each edge is among the best.", valueName: "rounds"))
    var stability: Int?

    @Option(help: ArgumentHelp("Write only the first edges.", valueName: "n"))
    var best: Int?

    @Option(help: "The form of the result.")
    var format = NetworkFormat.tsv

    @Option(
        help: ArgumentHelp(
            "Where the result goes; standard output without it; packed if it ends in .gz.", valueName: "file"))
    var out: String?

    func validate() throws {
        if let best, best < 1 { throw ValidationError("--best must be 1 or more") }
        if let stability, stability < 1 { throw ValidationError("--stability must be 1 or more") }
    }

    func run() throws {
        var options = InferOptions(expression: expression)
        options.orientation = orientation
        options.regulators = regulators
        options.mode = mode
        options.hubPrior = hubPrior
        options.threads = threads.threads
        options.seed = seed
        options.stabilityRounds = stability
        options.best = best
        options.format = format
        options.out = out
        try Command.reporting { () throws(OfflineError) in try InferRun(options).run() }
    }
}

struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hold ranked edges against known ones: areas under both curves.",
        discussion:
            "Average precision with ties grouped; all ordered pairs without self pairs; pairs that are not listed share the last place."
    )
    @Option(help: ArgumentHelp("Regulator, target and weight.", valueName: "file"))
    var edges: String

    @Option(help: ArgumentHelp("Regulator and target of the known edges.", valueName: "file"))
    var gold: String

    @Option(help: ArgumentHelp("The genes whose pairs count; without it those of the edges.", valueName: "file"))
    var genes: String?

    @Option(help: "All pairs of the genes, or those of regulators and genes of the gold standard, as in DREAM5.")
    var universe = ScoreRun.Universe.all

    func run() throws {
        try Command.reporting { () throws(OfflineError) in
            try ScoreRun(edges: edges, gold: gold, genes: genes, universe: universe).run()
        }
    }
}
