/// Reads one `##` line by the rules of a version.
struct VCFMetaParser {
    let version: VCFVersion
    let line: Int

    /// The parsed line, without judging what the key requires.
    func parse(_ bytes: UnsafeRawBufferPointer) throws(GenomicFormatError) -> VCFHeader.MetaLine {
        guard bytes.isUTF8 else { throw fault("vcf-not-utf8", "must be UTF-8") }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 }) else {
            throw fault("vcf-meta-syntax", "must have no control characters")
        }
        let equals = bytes.offset(of: UInt8(ascii: "="), from: 2, to: bytes.count)
        guard bytes.hasPrefix("##"), equals > 2, equals < bytes.count - 1 else {
            throw fault("vcf-meta-syntax", "must be ##key=value, neither of them empty")
        }
        let key = bytes.text(ByteRange(start: 2, end: equals))
        let value = ByteRange(start: equals + 1, end: bytes.count)
        guard bytes[value.start] == UInt8(ascii: "<") else {
            return VCFHeader.MetaLine(line: line, key: key, value: bytes.text(value), fields: [])
        }
        guard value.count > 2, bytes[value.end - 1] == UInt8(ascii: ">") else {
            throw fault("vcf-meta-syntax", "a value that starts with < must end with >", key)
        }
        let inner = ByteRange(start: value.start + 1, end: value.end - 1)
        // One text instead of fields: ##key=<"...">, for keys that the specification does not define.
        let isText =
            inner.count > 1 && bytes[inner.start] == UInt8(ascii: "\"") && bytes[inner.end - 1] == bytes[inner.start]
        if key == "pedigreeDB" || (isText && !Self.defined.contains(key)) {
            return VCFHeader.MetaLine(line: line, key: key, value: bytes.text(inner), fields: [])
        }
        return VCFHeader.MetaLine(line: line, key: key, value: "", fields: try fields(bytes, inner, key: key))
    }

    private func fields(
        _ bytes: UnsafeRawBufferPointer, _ range: ByteRange, key: String
    ) throws(GenomicFormatError) -> [VCFHeader.Field] {
        var fields: [VCFHeader.Field] = []
        var index = range.start
        while true {
            let equals = bytes.offset(of: UInt8(ascii: "="), from: index, to: range.end)
            let name = ByteRange(start: index, end: equals)
            guard equals < range.end, !name.isEmpty, bytes[name].allSatisfy({ Self.isIdentifier($0) }) else {
                throw fault("vcf-meta-syntax", "must be a list of name=value", key)
            }
            index = equals + 1
            let field = try value(bytes, &index, end: range.end, key: key)
            fields.append(VCFHeader.Field(name: bytes.text(name), value: field.text, isQuoted: field.isQuoted))
            guard index < range.end else { return fields }
            guard bytes[index] == UInt8(ascii: ","), index + 1 < range.end else {
                throw fault(
                    "vcf-meta-syntax", "fields are separated by commas; quotes inside quotes need a backslash", key)
            }
            index += 1
        }
    }

    private func value(
        _ bytes: UnsafeRawBufferPointer, _ index: inout Int, end: Int, key: String
    ) throws(GenomicFormatError) -> (text: String, isQuoted: Bool) {
        guard index < end else { throw fault("vcf-meta-syntax", "a field has no value", key) }
        if bytes[index] == UInt8(ascii: "\"") {
            var text: [UInt8] = []
            index += 1
            while index < end, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] == UInt8(ascii: "\\"), index + 1 < end { index += 1 }
                text.append(bytes[index])
                index += 1
            }
            guard index < end else { throw fault("vcf-meta-syntax", "a quoted text has no end", key) }
            index += 1
            return (String(decoding: text, as: UTF8.self), true)
        }
        let start = index
        if bytes[index] == UInt8(ascii: "[") {
            index = bytes.offset(of: UInt8(ascii: "]"), from: index, to: end)
            guard index < end else { throw fault("vcf-meta-syntax", "a list has no ]", key) }
            index += 1
        } else {
            while index < end, bytes[index] != UInt8(ascii: ",") {
                // The ID of an ALT has rules of its own.
                guard key == "ALT" || (bytes[index] != UInt8(ascii: "\"") && bytes[index] != UInt8(ascii: ">")) else {
                    throw fault("vcf-meta-syntax", "an unquoted value must have no quotes and no angle brackets", key)
                }
                index += 1
            }
        }
        guard index > start else { throw fault("vcf-meta-syntax", "a field has no value", key) }
        return (bytes.text(ByteRange(start: start, end: index)), false)
    }

    /// Keys whose structured form the specification defines.
    static let defined: Set<String> = ["INFO", "FORMAT", "FILTER", "ALT", "contig", "SAMPLE", "META", "PEDIGREE"]

    func fault(_ code: String, _ detail: String, _ column: String = "") -> GenomicFormatError {
        GenomicFormatError(code: code, operation: "vcf", line: line, column: column, detail: detail)
    }

    static func isIdentifier(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+")
    }
}
