/// A way to find regulations in expression.
public protocol InferenceMethod: Sendable {
    /// The method's published name, in lower case.
    var name: String { get }

    /// The scores of all pairs of a regulator and a gene.
    ///
    /// The result does not depend on the number of threads of `runner`, nor on the order of genes or samples.
    /// - Parameters:
    ///   - expression: levels, genes by samples.
    ///   - regulators: the genes that may regulate, as numbers; ascending, each once.
    func infer(
        _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix
}

/// Why no network can be inferred.
public struct InferenceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// Fewer samples than the method needs.
        case tooFewSamples = "too-few-samples"
        /// No regulator is among the genes.
        case noRegulators = "no-regulators"
        /// The data of two arguments do not fit together.
        case mismatch
        /// A setting is outside what the method can do.
        case badSetting = "bad-setting"
    }

    /// The kind of failure.
    public let code: Code
    /// What was wrong and what is needed.
    public let detail: String
    /// What was being done.
    public var operation: String { "infer" }
    /// Always false: the same data fail again.
    public var isRetriable: Bool { false }

    /// A failure.
    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// `code: detail`.
    public var description: String { "\(code.rawValue): \(detail)" }
}
