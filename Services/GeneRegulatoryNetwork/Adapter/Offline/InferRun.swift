public import GeneRegulatoryNetworkCore

/// What `infer` is told.
public struct InferOptions: Sendable {
    /// The table of levels.
    public var expression: String
    /// How it lies; nil for what its header says.
    public var orientation: ExpressionTable.Orientation?
    /// The list of regulators; nil for all genes.
    public var regulators: String?
    /// The method.
    public var mode: InferenceMode
    /// Whether regulators of many strong edges are preferred (the fast mode's).
    public var hubPrior: Bool
    /// How many threads work.
    public var threads: Int
    /// What decides all randomness.
    public var seed: UInt64
    /// How often the samples are halved for the stability of each edge; nil for none.
    public var stabilityRounds: Int?
    /// How many of the best edges are written; nil for all.
    public var best: Int?
    /// The form of the result.
    public var format: NetworkFormat
    /// Where it goes; nil for standard output.
    public var out: String?

    /// The defaults for a table.
    public init(expression: String) {
        self.expression = expression
        mode = .fast
        hubPrior = false
        threads = 1
        seed = 1
        format = .tsv
    }
}

/// `gene-regulatory-network infer`: from a table of levels to ranked edges.
public struct InferRun {
    private let options: InferOptions
    private let errors: OfflineOutput
    /// How many remarks of a kind are told one by one.
    private static let mostRemarks = 20

    /// A run.
    public init(_ options: InferOptions, errors: OfflineOutput = .standardError()) {
        self.options = options
        self.errors = errors
    }

    /// Reads, infers and writes.
    /// - Parameter output: where edges go; nil for what the options say.
    /// - Throws: ``OfflineError`` that names what is wrong and where; nothing is written then.
    public func run(output given: OfflineOutput? = nil) throws(OfflineError) {
        guard !options.hubPrior || [.fast, .accurate, .consensus].contains(options.mode) else {
            throw OfflineError(.unusable, "--hub-prior", "\(options.mode.rawValue) has none")
        }
        let path = options.expression
        let table = try ExpressionTable(
            try OfflineInput(path: path).contents(), file: path, orientation: options.orientation)
        try report(table.remarks)
        let matrix = table.matrix.withoutDuplicates()
        let regulators = try regulators(of: matrix)
        try errors.line(
            "\(path): \(matrix.geneCount) genes, \(matrix.sampleCount) samples (\(table.orientation.rawValue)), "
                + "\(regulators.count) regulators, \(options.mode.rawValue)")
        try errors.flush()
        let network = try network(matrix, regulators)
        let output: OfflineOutput
        if let given { output = given } else { output = try .file(options.out) }
        try network.export(as: options.format, best: options.best) { (piece) throws(OfflineError) in
            try output.write(piece)
        }
        try output.finish()
    }

    private func report(_ remarks: [String]) throws(OfflineError) {
        for remark in remarks.prefix(Self.mostRemarks) { try errors.line("\(options.expression): \(remark)") }
        if remarks.count > Self.mostRemarks {
            try errors.line("\(options.expression): \(remarks.count - Self.mostRemarks) more genes like these")
        }
    }

    private func regulators(of matrix: ExpressionMatrix) throws(OfflineError) -> [Int] {
        guard let path = options.regulators else { return matrix.regulators().genes }
        let genes = Set(matrix.genes)
        let list = matrix.regulators(named: try NameList(path: path, known: genes.contains).names)
        if !list.unknown.isEmpty {
            let some = list.unknown.prefix(5).joined(separator: ", ")
            try errors.line(
                "\(path): \(list.unknown.count) names are no genes of the table: \(some)\(list.unknown.count > 5 ? "..." : "")"
            )
        }
        guard !list.genes.isEmpty else {
            throw OfflineError(.unusable, path, "none of the names is a gene of the table")
        }
        return list.genes
    }

    private func network(_ matrix: ExpressionMatrix, _ regulators: [Int]) throws(OfflineError) -> RegulatoryNetwork {
        let method = options.mode.method(seed: options.seed, hubPrior: options.hubPrior)
        let runner = DispatchParallelRunner(threads: options.threads)
        do throws(InferenceError) {
            let scores = try method.infer(matrix, regulators: regulators, runner: runner)
            guard let rounds = options.stabilityRounds else {
                return RegulatoryNetwork(genes: matrix.genes, scores: scores)
            }
            let stability = SubsampleStability(
                rounds: rounds, best: options.best ?? matrix.geneCount, seed: options.seed)
            return try SubsampleStability.network(
                genes: matrix.genes, scores: scores,
                frequencies: try stability.frequencies(of: method, matrix, regulators: regulators, runner: runner))
        } catch {
            throw OfflineError(.unusable, options.expression, error.detail)
        }
    }
}
