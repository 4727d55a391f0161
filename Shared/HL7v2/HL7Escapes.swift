/// Escape sequences of HL7 v2 (chapter 2, "Use of escape sequences in text fields", 2.7 in 2.3 to 2.8): `\F\`, `\S\`, `\T\`, `\R\`, `\E\`, `\P\`
/// (the truncation mark), `\X..\` (hexadecimal bytes), formatting commands, and highlighting.
///
/// `\.br\` and `\.sp\` become line ends, `\.sk n\` spaces; `\H\`, `\N\` and the other formatting commands show nothing. What is not known
/// (`\Z..\`, `\C..\`, `\M..\` and everything else) is kept as it stands, and so is an escape that does not end.
public enum HL7Escapes {
    /// The text of `bytes[start..<end]`, escapes resolved, line ends as LF.
    static func text(of bytes: [UInt8], _ start: Int, _ end: Int, _ delimiters: HL7Delimiters) -> String {
        let slice = bytes[start..<end]
        guard slice.contains(where: { $0 == delimiters.escape || $0 == 0x0D }) else {
            return String(decoding: slice, as: UTF8.self)
        }
        return String(decoding: resolved(slice, delimiters), as: UTF8.self)
    }

    /// `text` with its delimiters and line ends escaped, as bytes of a field.
    public static func escaped(_ text: String, _ delimiters: HL7Delimiters) -> [UInt8] {
        guard delimiters.escape != HL7Delimiters.absent else { return Array(text.utf8) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            let name: StaticString? =
                switch byte {
                case delimiters.field: "F"
                case delimiters.component: "S"
                case delimiters.subcomponent: "T"
                case delimiters.repetition: "R"
                case delimiters.escape: "E"
                case delimiters.truncation: "P"
                case 0x0A: "X0A"
                case 0x0D: "X0D"
                default: nil
                }
            guard let name else {
                bytes.append(byte)
                continue
            }
            bytes.append(delimiters.escape)
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(delimiters.escape)
        }
        return bytes
    }

    private static func resolved(_ bytes: ArraySlice<UInt8>, _ delimiters: HL7Delimiters) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            if byte == delimiters.escape,
                let close = bytes[(position + 1)...].firstIndex(of: delimiters.escape),
                append(bytes[(position + 1)..<close], to: &result, delimiters)
            {
                position = close + 1
                continue
            }
            if byte == 0x0D {
                // A line end inside of a text that goes on over several lines.
                result.append(0x0A)
                position += position + 1 < bytes.endIndex && bytes[position + 1] == 0x0A ? 2 : 1
                continue
            }
            result.append(byte)
            position += 1
        }
        return result
    }

    /// Appends what the escape means; false when it is not known.
    private static func append(_ name: ArraySlice<UInt8>, to result: inout [UInt8], _ delimiters: HL7Delimiters) -> Bool
    {
        guard let first = name.first else { return false }
        if name.count == 1 {
            switch first {
            case UInt8(ascii: "F"): result.append(delimiters.field)
            case UInt8(ascii: "S"): result.append(delimiters.component)
            case UInt8(ascii: "T") where delimiters.subcomponent != HL7Delimiters.absent:
                result.append(delimiters.subcomponent)
            case UInt8(ascii: "R") where delimiters.repetition != HL7Delimiters.absent:
                result.append(delimiters.repetition)
            case UInt8(ascii: "E"): result.append(delimiters.escape)
            case UInt8(ascii: "P") where delimiters.truncation != HL7Delimiters.absent:
                result.append(delimiters.truncation)
            case UInt8(ascii: "H"), UInt8(ascii: "N"): break
            default: return false
            }
            return true
        }
        switch first {
        case UInt8(ascii: "X"): return appendHexadecimal(name.dropFirst(), to: &result)
        case UInt8(ascii: "."): return appendFormatting(name.dropFirst(), to: &result)
        default: return false
        }
    }

    private static func appendHexadecimal(_ digits: ArraySlice<UInt8>, to result: inout [UInt8]) -> Bool {
        guard digits.count.isMultiple(of: 2) else { return false }
        var bytes: [UInt8] = []
        for pair in stride(from: digits.startIndex, to: digits.endIndex, by: 2) {
            guard let high = value(ofHexadecimal: digits[pair]), let low = value(ofHexadecimal: digits[pair + 1]) else {
                return false
            }
            bytes.append(high << 4 | low)
        }
        // Bytes that are no text stay as they were sent.
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { return false }
        result.append(contentsOf: bytes)
        return true
    }

    private static func value(ofHexadecimal digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }

    /// The formatting commands of FT: `.sp<n>`, `.br`, `.fi`, `.nf`, `.in<±n>`, `.ti<±n>`, `.sk<n>`, `.ce`.
    private static func appendFormatting(_ command: ArraySlice<UInt8>, to result: inout [UInt8]) -> Bool {
        let name = String(decoding: command.prefix(2), as: UTF8.self).lowercased()
        let argument = command.dropFirst(2).drop { $0 == 0x20 }
        let digits =
            argument.first == UInt8(ascii: "+") || argument.first == UInt8(ascii: "-") ? argument.dropFirst() : argument
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.count <= 3 else { return false }
        let count = Int(String(decoding: digits, as: UTF8.self))
        switch name {
        case "br" where argument.isEmpty: result.append(0x0A)
        case "sp": result.append(contentsOf: repeatElement(0x0A, count: min(count ?? 1, 100)))
        case "sk": result.append(contentsOf: repeatElement(0x20, count: min(count ?? 1, 200)))
        case "ce" where argument.isEmpty: result.append(0x0A)
        case "fi" where argument.isEmpty, "nf" where argument.isEmpty, "in", "ti": break
        default: return false
        }
        return true
    }
}
