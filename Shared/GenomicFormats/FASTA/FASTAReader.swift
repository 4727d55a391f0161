import Crypto

/// What a ``FASTAReader`` found, in the order of the file.
public enum FASTAEvent: Equatable, Sendable {
    /// A sequence, complete.
    case sequence(FASTASequence)
    /// A sequence that cannot be indexed: two of its lines differ in length, its name comes twice, or it has a character that is none of a
    /// sequence. Those that follow are judged for themselves.
    case refused(GenomicFormatError)
}

/// Reads FASTA as a stream in flat memory, by the rules of `samtools faidx`: unique names, lines of equal length but for the last, letters of
/// IUPAC, `-` and `*`.
public final class FASTAReader {
    private var splitter: LineSplitter
    private let sequences = FASTALines()

    /// A reader of one file whose lines have at most `lineLimit` bytes; the longest human chromosome fits one line.
    public init(lineLimit: Int = 256 << 20) {
        splitter = LineSplitter(limit: lineLimit, keepsCarriageReturn: true)
    }

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``GenomicFormatError`` when the file is no FASTA (`fasta-start`, `line-too-long`); what `body` throws.
    public func push(_ chunk: UnsafeRawBufferPointer, _ body: (FASTAEvent) throws -> Void) throws {
        do {
            try splitter.push(chunk) { line, number in
                try sequences.read(line, number, hasFeed: true, body)
            }
        } catch let error as LineSplitter.TooLong {
            throw FASTALines.fault("line-too-long", error.line, "a line may have \(splitter.limit) bytes")
        }
    }

    /// Takes the next bytes of the file.
    public func push(_ chunk: [UInt8], _ body: (FASTAEvent) throws -> Void) throws {
        try chunk.withUnsafeBytes { try push($0, body) }
    }

    /// Says that the file has ended.
    ///
    /// - Throws: ``GenomicFormatError`` `fasta-empty` when it held no sequence.
    public func finish(_ body: (FASTAEvent) throws -> Void) throws {
        _ = try splitter.finish { line, number in try sequences.read(line, number, hasFeed: false, body) }
        try sequences.finish(body)
    }
}

/// The state of reading one FASTA file, line by line, each with its CR if it has one.
final class FASTALines {
    private struct Open {
        var name: String
        var detail: String
        var line: Int
        var length = 0
        var offset = 0
        var lineBases = 0
        var lineBytes = 0
        /// A line that is shorter, or blank: no other may follow.
        var isEnding = false
        var fault: GenomicFormatError?
        var md5 = Insecure.MD5()
        var sha512 = SHA512()
    }

    private var open: Open?
    private var names: Set<String> = []
    private var offset = 0
    private var upper: [UInt8] = []

    func read(
        _ raw: UnsafeRawBufferPointer, _ number: Int, hasFeed: Bool, _ body: (FASTAEvent) throws -> Void
    ) throws {
        let width = raw.count + (hasFeed ? 1 : 0)
        defer { offset += width }
        let line = raw.last == 13 ? UnsafeRawBufferPointer(rebasing: raw.dropLast()) : raw
        if line.first == UInt8(ascii: ">") {
            try close(body)
            open = begin(line, number, width: width)
        } else if open != nil {
            append(line, number, width: width)
        } else if !line.isEmpty {
            throw Self.fault("fasta-start", number, "must begin with >")
        }
    }

    func finish(_ body: (FASTAEvent) throws -> Void) throws {
        guard open != nil else { throw Self.fault("fasta-empty", 0, "holds no sequence") }
        try close(body)
    }

    private func begin(_ line: UnsafeRawBufferPointer, _ number: Int, width: Int) -> Open {
        let text = line.text.dropFirst().drop { $0 == " " || $0 == "\t" }
        let name = text.prefix { $0 != " " && $0 != "\t" }
        var open = Open(
            name: String(name), detail: String(text.dropFirst(name.count).drop { $0 == " " || $0 == "\t" }),
            line: number)
        open.offset = offset + width
        // A name may be empty, as for samtools, but only once.
        if !names.insert(open.name).inserted {
            open.fault = Self.fault("fasta-duplicate", number, "the name of a sequence must come once")
        } else if !line.isUTF8 || line.contains(where: { $0 < 0x20 && $0 != 9 }) {
            open.fault = Self.fault("fasta-name", number, "the name must be text in UTF-8")
        }
        return open
    }

    private func append(_ line: UnsafeRawBufferPointer, _ number: Int, width: Int) {
        guard open?.fault == nil else { return }
        guard !line.isEmpty else {
            // A blank line ends a sequence, as for samtools.
            if open?.length ?? 0 > 0 { open?.isEnding = true } else { open?.offset += width }
            return
        }
        guard open?.isEnding == false else {
            open?.fault = Self.fault(
                "fasta-line-length", number, "all lines of a sequence but its last must be equally long")
            return
        }
        let first = open?.lineBytes == 0
        if first {
            open?.lineBases = line.count
            open?.lineBytes = width
        } else if width > open?.lineBytes ?? 0 || line.count > open?.lineBases ?? 0 {
            open?.fault = Self.fault(
                "fasta-line-length", number, "all lines of a sequence but its last must be equally long")
            return
        } else if width < open?.lineBytes ?? 0 {
            open?.isEnding = true
        }
        var isSequence = true
        upper.removeAll(keepingCapacity: true)
        upper.reserveCapacity(line.count)
        for byte in line {
            let letter = byte.uppercased
            isSequence = isSequence && Self.letters[Int(letter)]
            upper.append(letter)
        }
        guard isSequence else {
            open?.fault = Self.fault("fasta-character", number, "must be letters of IUPAC, - or *")
            return
        }
        open?.length += line.count
        upper.withUnsafeBytes {
            open?.md5.update(bufferPointer: $0)
            open?.sha512.update(bufferPointer: $0)
        }
    }

    private func close(_ body: (FASTAEvent) throws -> Void) throws {
        guard let open else { return }
        self.open = nil
        if let fault = open.fault { return try body(.refused(fault)) }
        guard open.length > 0 else {
            return try body(.refused(Self.fault("fasta-no-bases", open.line, "a sequence must have bases")))
        }
        try body(
            .sequence(
                FASTASequence(
                    name: open.name, detail: open.detail, length: open.length, offset: open.offset,
                    lineBases: open.lineBases, lineBytes: open.lineBytes, md5: Self.hexadecimal(open.md5.finalize()),
                    sha512t24u: Self.base64url(Array(open.sha512.finalize().prefix(24))))))
    }

    /// Letters of IUPAC for nucleotides and amino acids are all letters; `-` is a gap and `*` a stop.
    private static let letters: [Bool] = (0..<256).map { byte in
        let byte = UInt8(byte)
        return byte.isLetter || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*")
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Base64url of a multiple of three bytes, which needs no padding.
    private static func base64url(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count - 2, by: 3) {
            let word = Int(bytes[start]) << 16 | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
            text += [18, 12, 6, 0].map { digits[word >> $0 & 63] }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func fault(_ code: String, _ line: Int, _ detail: String) -> GenomicFormatError {
        GenomicFormatError(code: code, operation: "fasta", line: line, detail: detail)
    }
}
