public import GenomicFormats

/// What a sender declares about a genomic file that the file itself does not say.
public struct GenomicFeedOptions: Sendable, Equatable {
    /// How an expression matrix is written; genes by samples unless declared.
    public var expression: ExpressionMatrixForm
    /// The study or batch of an expression matrix; may be empty.
    public var cohort: String
    /// The tissue or cell type of an expression matrix; may be empty.
    public var tissue: String

    /// Options.
    public init(
        expression: ExpressionMatrixForm = ExpressionMatrixForm(orientation: .genesBySamples), cohort: String = "",
        tissue: String = ""
    ) {
        self.expression = expression
        self.cohort = cohort
        self.tissue = tissue
    }
}
