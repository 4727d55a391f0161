import CHTS

/// A VCF or BCF file on disk, plain, gzip or BGZF, opened through htslib: for offline commands and files too large to travel.
///
/// Text files are handed line by line to the reader of this module, so that they are judged as they stand; a BCF is decoded by htslib and judged
/// by its text.
///
/// ```swift
/// try HTSVariantFile(path: "sample.bcf").read { event in ... }
/// ```
public struct HTSVariantFile {
    /// Who decodes the text of a VCF.
    public enum Decoding: Sendable {
        /// This module; htslib opens and decompresses, and decodes BCF.
        case strict
        /// htslib throughout: its parser and its printer stand between the file and this module.
        case htslib
    }

    /// The file.
    public let path: String

    /// The file at `path`; it is opened by ``read(decoding:_:)``.
    public init(path: String) {
        self.path = path
    }

    /// Reads the file to its end and gives what it holds, in order, in memory bounded by the longest line.
    ///
    /// - Throws: ``GenomicFormatError``: `file-unreadable` when it cannot be opened, is cut short or its compression is broken; as
    ///   ``VCFReader/push(_:_:)-(UnsafeRawBufferPointer,_)`` otherwise. What `body` throws.
    public func read(decoding: Decoding = .strict, _ body: (VCFEvent) throws -> Void) throws {
        hts_set_log_level(HTS_LOG_OFF)
        guard let file = hts_open(path, "r") else { throw unreadable("cannot be opened") }
        defer { hts_close(file) }
        let format = hts_get_format(file).pointee
        guard format.category == variant_data else { throw unreadable("is neither VCF nor BCF") }
        if decoding == .strict, format.format == vcf {
            try readLines(file, body)
        } else {
            try readRecords(file, body)
        }
    }

    private func readLines(_ file: UnsafeMutablePointer<htsFile>, _ body: (VCFEvent) throws -> Void) throws {
        let lines = VCFLineReader()
        var text = kstring_t()
        defer { ks_free(&text) }
        var number = 0
        while true {
            let status = hts_getline(file, Int32(10), &text)
            guard status >= -1 else { throw unreadable("is cut short, or its compression is broken") }
            guard status >= 0 else { break }
            number += 1
            // hts_getline takes LF and CR LF away.
            try lines.read(UnsafeRawBufferPointer(start: text.s, count: text.l), number: number, body)
        }
        try lines.finish(withoutNewline: false, lines: number, body)
    }

    private func readRecords(_ file: UnsafeMutablePointer<htsFile>, _ body: (VCFEvent) throws -> Void) throws {
        let lines = VCFLineReader()
        var number = 0
        try decode(file) { head in
            var splitter = LineSplitter()
            try splitter.push(head) { line, place in
                number = place
                try lines.read(line, number: place, body)
            }
        } record: { line in
            number += 1
            try lines.read(line, number: number, body)
        }
        try lines.finish(withoutNewline: false, lines: number, body)
    }

    /// Gives the head and then each record, as htslib prints them; a record without its line end.
    private func decode(
        _ file: UnsafeMutablePointer<htsFile>, head: (UnsafeRawBufferPointer) throws -> Void,
        record: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard let header = bcf_hdr_read(file) else { throw unreadable("has no head that htslib reads") }
        defer { bcf_hdr_destroy(header) }
        guard let decoded = bcf_init() else { throw unreadable("no memory for a record") }
        defer { bcf_destroy(decoded) }
        var text = kstring_t()
        defer { ks_free(&text) }
        guard bcf_hdr_format(header, 0, &text) == 0 else { throw unreadable("has a head that htslib cannot print") }
        try head(UnsafeRawBufferPointer(start: text.s, count: text.l))
        var number = 0
        while true {
            let status = bcf_read(file, header, decoded)
            guard status >= -1 else { throw unreadable("has a record that htslib cannot read, number \(number)") }
            guard status >= 0 else { break }
            text.l = 0
            guard vitalstream_bcf_unpack_all(decoded) == 0, vitalstream_bcf_format(header, decoded, &text) == 0 else {
                throw unreadable("has a record that htslib cannot print")
            }
            number += 1
            let end = text.l > 0 && text.s[text.l - 1] == 10 ? text.l - 1 : text.l
            try record(UnsafeRawBufferPointer(start: text.s, count: end))
        }
    }

    /// Gives the text of the file as VCF, in pieces: what a BCF says, for readers of text.
    ///
    /// - Throws: ``GenomicFormatError`` `file-unreadable`; what `body` throws.
    public func readText(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        hts_set_log_level(HTS_LOG_OFF)
        guard let file = hts_open(path, "r") else { throw unreadable("cannot be opened") }
        defer { hts_close(file) }
        guard hts_get_format(file).pointee.category == variant_data else { throw unreadable("is neither VCF nor BCF") }
        try decode(file, head: body) { line in
            try body(line)
            try withUnsafeBytes(of: UInt8(ascii: "\n")) { try body($0) }
        }
    }

    private func unreadable(_ detail: String) -> GenomicFormatError {
        GenomicFormatError(code: "file-unreadable", operation: "vcf", line: 0, detail: detail)
    }
}
