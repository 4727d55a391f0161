/// What stands before the reading of segments: byte order marks, wide encodings, delimiters, character set.
enum HL7Wire {
    /// What a line is.
    enum Line {
        case segment
        /// No segment; text that may go on.
        case text
        /// It looks like a segment with a name that none has.
        case badName
    }

    /// What the line that begins at `start` is.
    static func line(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, field: UInt8) -> Line {
        guard start + 3 <= bytes.count else { return .text }
        let follows = start + 3 == bytes.count ? 0x0D : bytes[start + 3]
        guard follows == field || follows == 0x0D || follows == 0x0A else { return .text }
        let (first, second, third) = (bytes[start], bytes[start + 1], bytes[start + 2])
        if isCapital(first), isCapital(second) || isDigit(second), isCapital(third) || isDigit(third) {
            return .segment
        }
        // A word of three letters in small type is text; before a field separator it is a segment whose name is misspelt.
        let looksLikeName =
            isLetter(first) && (isLetter(second) || isDigit(second)) && (isLetter(third) || isDigit(third))
        return follows == field && looksLikeName ? .badName : .text
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isCapital(byte & 0xDF) }

    /// Bytes of UTF-16 or UTF-32 as UTF-8, and the name of what they were; others as they are.
    static func narrowed(_ bytes: ArraySlice<UInt8>) throws(HL7Error) -> (ArraySlice<UInt8>, String?) {
        guard let (encoding, mark) = wideEncoding(of: bytes) else { return (bytes, nil) }
        switch Transcoder.decode(bytes.dropFirst(mark), from: encoding) {
        case .success(let utf8): return (utf8[...], encoding)
        case .failure(let stop):
            throw HL7Error(
                .characterSetInvalid, path: "MSH[1]-18", offset: stop.offset, detail: "is not valid \(encoding)")
        }
    }

    /// By byte order mark, or by the zeros round the first letter.
    private static func wideEncoding(of bytes: ArraySlice<UInt8>) -> (String, mark: Int)? {
        let head = Array(bytes.prefix(4))
        guard head.count == 4 else { return nil }
        switch (head[0], head[1], head[2], head[3]) {
        case (0xFF, 0xFE, 0, 0): return ("UTF-32LE", 4)
        case (0, 0, 0xFE, 0xFF): return ("UTF-32BE", 4)
        case (0xFF, 0xFE, _, _): return ("UTF-16LE", 2)
        case (0xFE, 0xFF, _, _): return ("UTF-16BE", 2)
        case (0, 0, 0, 0x41...0x5A): return ("UTF-32BE", 0)
        case (0x41...0x5A, 0, 0, 0): return ("UTF-32LE", 0)
        case (0, 0x41...0x5A, 0, _): return ("UTF-16BE", 0)
        case (0x41...0x5A, 0, _, 0): return ("UTF-16LE", 0)
        default: return nil
        }
    }

    /// Without a byte order mark and line ends at the ends; from a file also without MLLP's frame bytes, which dumps of a stream hold.
    static func trimmed(_ bytes: ArraySlice<UInt8>, isFile: Bool = false) -> ArraySlice<UInt8> {
        var bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        func isFrame(_ byte: UInt8) -> Bool {
            byte == 0x0D || byte == 0x0A || (isFile && (byte == MLLPDecoder.start || byte == MLLPDecoder.end))
        }
        bytes = bytes.drop(while: isFrame)
        while let last = bytes.last, isFrame(last) { bytes = bytes.dropLast() }
        return bytes
    }

    /// The delimiters of the header segment that `bytes` begin with.
    static func delimiters(of bytes: ArraySlice<UInt8>, header: String) throws(HL7Error) -> HL7Delimiters {
        guard bytes.starts(with: header.utf8), bytes.count > 4 else {
            throw HL7Error(.notHL7, path: header, detail: "must begin with \(header) and its delimiters")
        }
        let field = bytes[bytes.startIndex + 3]
        let encoding = bytes.dropFirst(4).prefix { $0 != field && $0 != 0x0D && $0 != 0x0A }
        guard let delimiters = HL7Delimiters(field: field, encoding: encoding) else {
            throw HL7Error(
                .delimiters, path: "\(header)[1]-2", offset: 3,
                detail:
                    #"\#(header)-1 and -2 must be up to six different characters that are no letters or digits, as in |^~\&"#
            )
        }
        return delimiters
    }

    /// The character set of MSH-18, read from bytes that are not yet decoded.
    static func characterSet(of bytes: ArraySlice<UInt8>, _ delimiters: HL7Delimiters) throws(HL7Error)
        -> HL7CharacterSet
    {
        var number = 1
        var begin = bytes.startIndex
        var field = bytes[begin..<begin]
        for position in bytes.indices {
            let byte = bytes[position]
            let isEnd = byte == 0x0D || byte == 0x0A
            guard isEnd || byte == delimiters.field else {
                if number == 18, position == bytes.endIndex - 1 { field = bytes[begin...] }
                continue
            }
            if number == 18 { field = bytes[begin..<position] }
            if isEnd || number == 18 { break }
            number += 1
            begin = position + 1
        }
        let names = field.split(separator: delimiters.repetition, omittingEmptySubsequences: false).map {
            String(decoding: $0.prefix { $0 != delimiters.component }, as: UTF8.self)
        }
        guard names.contains(where: { !$0.isEmpty && $0 != "\"\"" }) else { return .undeclared }
        guard let set = HL7CharacterSet(declared: names) else {
            throw HL7Error(
                .characterSetUnknown, path: "MSH[1]-18",
                detail: "must be a character set of table 0211, such as UNICODE UTF-8")
        }
        return set
    }

    /// `bytes` in UTF-8; refused when they are not of the declared set, for nothing is guessed.
    static func utf8(_ bytes: ArraySlice<UInt8>, _ set: HL7CharacterSet) throws(HL7Error) -> [UInt8] {
        guard bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B || $0 == 0 }) else { return Array(bytes) }
        if let nul = bytes.firstIndex(of: 0) {
            throw HL7Error(
                .characterSetInvalid, path: "MSH[1]-18", offset: nul - bytes.startIndex, detail: "holds a NUL character"
            )
        }
        guard let encoding = set.encoding else {
            guard let stop = firstInvalid(bytes) else { return Array(bytes) }
            let said =
                set.declared.isEmpty
                ? "MSH-18 declares no character set, and the bytes are not UTF-8" : "the bytes are not UTF-8"
            throw HL7Error(.characterSetInvalid, path: "MSH[1]-18", offset: stop, detail: said)
        }
        switch Transcoder.decode(bytes, from: encoding) {
        case .success(let utf8): return utf8
        case .failure(let stop):
            throw HL7Error(
                .characterSetInvalid, path: "MSH[1]-18", offset: stop.offset,
                detail: "the bytes are not of the declared set")
        }
    }

    /// The offset of the first byte that is no UTF-8.
    private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> Int? {
        do {
            _ = try UTF8Span(validating: Array(bytes).span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }
}
