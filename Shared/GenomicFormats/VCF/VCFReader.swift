/// What a ``VCFReader`` found, in the order of the file.
public enum VCFEvent {
    /// The head is complete. Comes once, before any record.
    case header(VCFHeader)
    /// A record that the specification allows; valid during the call.
    case record(VCFRecordView)
    /// A meta line or a record that the specification does not allow. Those that follow are judged for themselves.
    case refused(GenomicFormatError)
}

/// Reads VCF 4.1 to 4.5 and gVCF as a stream, in memory bounded by the longest line, and judges every line by the specification of the
/// version that the file states.
///
/// A line that is refused spoils no other. Without a readable `##fileformat` or header line nothing can be judged: then reading throws.
///
/// ```swift
/// let reader = VCFReader()
/// try reader.push(bytes) { event in ... }
/// try reader.finish { event in ... }
/// ```
public final class VCFReader {
    private var splitter: LineSplitter
    private let lines = VCFLineReader()

    /// A reader of one file whose lines have at most `lineLimit` bytes.
    public init(lineLimit: Int = 64 << 20) {
        splitter = LineSplitter(limit: lineLimit)
    }

    /// The head, once it is complete.
    public var header: VCFHeader? { lines.isInBody ? lines.header : nil }

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``GenomicFormatError`` when the file cannot be read on (`vcf-fileformat`, `vcf-version`, `vcf-header`, `line-too-long`,
    ///   `not-text`); what `body` throws.
    public func push(_ chunk: UnsafeRawBufferPointer, _ body: (VCFEvent) throws -> Void) throws {
        do {
            try splitter.push(chunk) { line, number in try lines.read(line, number: number, body) }
        } catch let error as LineSplitter.TooLong {
            throw Self.tooLong(error, limit: splitter.limit)
        }
    }

    /// Takes the next bytes of the file.
    public func push(_ chunk: [UInt8], _ body: (VCFEvent) throws -> Void) throws {
        try chunk.withUnsafeBytes { try push($0, body) }
    }

    /// Says that the file has ended.
    public func finish(_ body: (VCFEvent) throws -> Void) throws {
        do {
            let unended = try splitter.finish { line, number in try lines.read(line, number: number, body) }
            try lines.finish(withoutNewline: unended, lines: splitter.count, body)
        } catch let error as LineSplitter.TooLong {
            throw Self.tooLong(error, limit: splitter.limit)
        }
    }

    private static func tooLong(_ error: LineSplitter.TooLong, limit: Int) -> GenomicFormatError {
        GenomicFormatError(
            code: "line-too-long", operation: "vcf", line: error.line, detail: "a line may have \(limit) bytes")
    }
}
