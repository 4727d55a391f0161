import GenomicFormats

/// Reads a VCF or gVCF of one or many samples once, in pieces cut anywhere, plain or packed.
///
/// Records may come in any order and more than once; a line that cannot be read spoils no other. What lies off the sites is skipped unread, so
/// only what is used is judged: a stale count in a sub-field that is not looked at does not cost a genotype.
///
/// ```swift
/// let reader = VCFIntake(intake)
/// try reader.push(piece)
/// let batch = try reader.finish()
/// ```
public final class VCFIntake {
    private let intake: GenotypeIntake
    private let stream = GenomicStream()
    private var splitter = LineSplitter()
    private var lines: VCFIntakeLines

    /// A reader of one file.
    public init(_ intake: GenotypeIntake) {
        self.intake = intake
        lines = VCFIntakeLines(intake: intake)
    }

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``IntakeError`` when the file cannot be read on.
    public func push(_ bytes: [UInt8]) throws(IntakeError) {
        do {
            try bytes.withUnsafeBytes { try push($0) }
        } catch {
            throw Self.typed(error)
        }
    }

    /// Takes the next bytes of the file.
    public func push(_ bytes: UnsafeRawBufferPointer) throws(IntakeError) {
        do {
            try stream.push(bytes) { text in
                try splitter.push(text) { line, number in try lines.read(line, number) }
            }
        } catch {
            throw Self.typed(error)
        }
    }

    /// Ends the file and gives what it came to.
    ///
    /// - Throws: ``IntakeError`` when it cannot be used as a whole: another assembly, exchanged alleles, the other strand, no samples.
    public func finish() throws(IntakeError) -> IntakeBatch {
        do {
            try stream.finish { text in
                try splitter.push(text) { line, number in try lines.read(line, number) }
            }
            _ = try splitter.finish { line, number in try lines.read(line, number) }
        } catch {
            throw Self.typed(error)
        }
        return try lines.finish()
    }

    private static func typed(_ error: any Error) -> IntakeError {
        switch error {
        case let error as IntakeError: error
        case let error as GenomicFormatError:
            IntakeError(
                code: .unreadable, operation: "vcf", line: error.line, place: error.column,
                detail: "\(error.code): \(error.detail)")
        case let error as LineSplitter.TooLong:
            IntakeError(code: .unreadable, operation: "vcf", line: error.line, detail: "the line is too long")
        default: IntakeError(code: .unreadable, operation: "vcf", detail: "it cannot be read")
        }
    }
}
