/// The state of reading one file, line by line.
final class VCFLineReader {
    private(set) var header = VCFHeader(version: .v43)
    private(set) var isInBody = false
    private var started = false
    private var headBytes = 0
    private static let headLimit = 256 << 20
    private var blankLine: Int?
    private var failure: GenomicFormatError?
    private var checker: VCFRecordChecker?

    func read(_ line: UnsafeRawBufferPointer, number: Int, _ body: (VCFEvent) throws -> Void) throws {
        if let failure { throw failure }
        if let checker {
            guard !line.isEmpty else {
                if blankLine == nil { blankLine = number }
                return
            }
            if let blank = blankLine {
                blankLine = nil
                try body(.refused(Self.fault("vcf-empty-line", blank, "a line must not be empty")))
            }
            try checker.check(line, number: number, body)
        } else if !started {
            try readFileFormat(line, number: number)
        } else if line.hasPrefix("##") {
            headBytes += line.count
            guard headBytes <= Self.headLimit else {
                throw fail(Self.fault("vcf-header", number, "the meta lines may have \(Self.headLimit) bytes together"))
            }
            let parser = VCFMetaParser(version: header.version, line: number)
            do throws(GenomicFormatError) {
                let entry = try parser.parse(line)
                try header.add(entry, parser)
            } catch {
                try body(.refused(error))
            }
        } else if line.hasPrefix("#") {
            try readHeaderLine(line, number: number)
            isInBody = true
            checker = VCFRecordChecker(header: header)
            try body(.header(header))
        } else if line.isEmpty || looksLikeMeta(line) {
            // A broken meta line before the header line: the head goes on.
            try body(.refused(Self.fault("vcf-meta-syntax", number, "must begin with ## up to the header line")))
        } else {
            throw fail(Self.fault("vcf-header", number, "the line #CHROM ... must come before the records"))
        }
    }

    func finish(withoutNewline: Bool, lines: Int, _ body: (VCFEvent) throws -> Void) throws {
        if let failure { throw failure }
        guard started else {
            throw fail(Self.fault("vcf-fileformat", 1, "the file is empty; it must begin with ##fileformat=VCFv4.x"))
        }
        guard isInBody else {
            throw fail(Self.fault("vcf-header", lines + 1, "the file ends before the line #CHROM ..."))
        }
        if withoutNewline, header.version >= .v43 {
            try body(.refused(Self.fault("vcf-no-newline", lines, "the last line must end with a line separator")))
        }
    }

    private func readFileFormat(_ line: UnsafeRawBufferPointer, number: Int) throws {
        started = true
        if line.count > 2, line[0] == 0x1F, line[1] == 0x8B {
            throw fail(Self.fault("not-text", 1, "is compressed; decompress it first"))
        }
        guard line.hasPrefix("##fileformat=") else {
            throw fail(Self.fault("vcf-fileformat", number, "must be ##fileformat=VCFv4.1 to VCFv4.5"))
        }
        let value = line.text(ByteRange(start: 13, end: line.count))
        guard let version = VCFVersion(rawValue: value) else {
            throw fail(Self.fault("vcf-version", number, "must be VCFv4.1 to VCFv4.5"))
        }
        header = VCFHeader(version: version)
    }

    private func readHeaderLine(_ line: UnsafeRawBufferPointer, number: Int) throws {
        let columns = line.pieces(of: ByteRange(start: 0, end: line.count), separatedBy: 9).map { line.text($0) }
        guard columns.prefix(8) == ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"] else {
            throw fail(
                Self.fault("vcf-header", number, "must be #CHROM POS ID REF ALT QUAL FILTER INFO, separated by tabs"))
        }
        guard columns.count > 8 else { return }
        guard columns[8] == "FORMAT" else {
            throw fail(Self.fault("vcf-header", number, "the ninth column must be FORMAT"))
        }
        header.hasFormat = true
        header.samples = Array(columns.dropFirst(9))
        guard !header.samples.isEmpty, !header.samples.contains(where: \.isEmpty) else {
            throw fail(Self.fault("vcf-header", number, "FORMAT must be followed by the names of samples, none empty"))
        }
        guard Set(header.samples).count == header.samples.count else {
            throw fail(Self.fault("vcf-sample-duplicate", number, "the names of samples must be unique"))
        }
    }

    private func looksLikeMeta(_ line: UnsafeRawBufferPointer) -> Bool {
        line.pieces(of: ByteRange(start: 0, end: line.count), separatedBy: 9).count < 8
    }

    private func fail(_ error: GenomicFormatError) -> GenomicFormatError {
        failure = error
        return error
    }

    private static func fault(_ code: String, _ line: Int, _ detail: String) -> GenomicFormatError {
        GenomicFormatError(code: code, operation: "vcf", line: line, detail: detail)
    }
}
