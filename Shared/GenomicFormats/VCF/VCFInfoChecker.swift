/// Judges INFO.
struct VCFInfoChecker {
    struct Rule {
        let key: String
        let definition: VCFDefinition?
        let value: VCFValueRule
        let special: VCFInfoSpecial?
    }

    private let version: VCFVersion
    private let header: VCFHeader
    private var table = KeyTable()
    private var rules: [Rule] = []
    /// The record in which a key was seen last, and its value there.
    private var seenIn: [Int] = []
    private var values: [ByteRange] = []
    private var record = 0
    private var specials: [Int] = []
    private static let rememberedKeys = 16_384

    init(header: VCFHeader) {
        self.header = header
        version = header.version
        for special in VCFInfoSpecial.allCases { _ = rule(special.rawValue) }
    }

    /// The value of a key of the record at hand; nil when it is absent, an empty piece for a flag.
    func value(_ special: VCFInfoSpecial) -> ByteRange? {
        let number = special.number
        return seenIn[number] == record ? values[number] : nil
    }

    mutating func check(_ bytes: UnsafeRawBufferPointer, _ checker: VCFRecordChecker) throws(GenomicFormatError) {
        record += 1
        specials.removeAll(keepingCapacity: true)
        let column = checker.columns.info
        if !bytes.isMissing(column) {
            var start = column.start
            while true {
                let end = bytes.offset(of: UInt8(ascii: ";"), from: start, to: column.end)
                try checkEntry(bytes, ByteRange(start: start, end: end), checker)
                guard end < column.end else { break }
                start = end + 1
            }
        }
        for number in specials {
            let rule = rules[number]
            try rule.special?.check(bytes, values[number], self, checker)
        }
        if version >= .v44 { try VCFInfoSpecial.checkRequired(bytes, self, checker) }
    }

    private mutating func checkEntry(
        _ bytes: UnsafeRawBufferPointer, _ entry: ByteRange, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        var equals = entry.start
        while equals < entry.end, bytes[equals] != UInt8(ascii: "=") { equals += 1 }
        let key = ByteRange(start: entry.start, end: equals)
        let number = try self.number(of: key, bytes, checker)
        if seenIn[number] == record, version >= .v43 {
            throw checker.fault("vcf-info-duplicate", "INFO/\(rules[number].key)", "a key must not come twice")
        }
        seenIn[number] = record
        let rule = rules[number]
        guard equals < entry.end else {
            values[number] = ByteRange(start: entry.end, end: entry.end)
            if let definition = rule.definition, let type = definition.type, type != .flag,
                definition.number != .exactly(0), definition.number != .any
            {
                throw checker.fault("vcf-info-value", "INFO/\(rule.key)", "must have a value")
            }
            return
        }
        let value = ByteRange(start: equals + 1, end: entry.end)
        values[number] = value
        guard !value.isEmpty else {
            throw checker.fault("vcf-info-value", "INFO/\(rule.key)", "has = and no value")
        }
        for index in value.start..<value.end {
            let byte = bytes[index]
            guard byte > 0x20 || byte == 0x20 && version >= .v43, byte != 0x7F else {
                throw checker.fault(
                    "vcf-info-value", "INFO/\(rule.key)",
                    version >= .v43 ? "must have no control characters" : "must have no white space")
            }
            guard byte != UInt8(ascii: "=") else {
                throw checker.fault("vcf-info-value", "INFO/\(rule.key)", "a value must have no =; write %3D")
            }
        }
        let count: Int
        do throws(VCFValueFault) {
            count = try rule.value.count(bytes, value)
        } catch {
            throw checker.fault("vcf-info-value", "INFO/\(rule.key)", error.detail)
        }
        if let definition = rule.definition, !(count == 1 && bytes.isMissing(value)) {
            try checkCount(count, definition, rule, checker)
        }
        if rule.special != nil { specials.append(number) }
    }

    private func checkCount(
        _ count: Int, _ definition: VCFDefinition, _ rule: Rule, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        let expected: Int
        switch definition.number {
        case .exactly(let number): expected = max(number, 1)
        case .perAlternate: expected = checker.alternates.count
        case .perAllele: expected = checker.alternates.count + 1
        default: return
        }
        // Without an alternate allele a list for each allele may have the reference's value alone.
        if checker.isWithoutAlternate, definition.number == .perAllele, count == 1 { return }
        guard count == expected else {
            throw checker.fault(
                "vcf-info-number", "INFO/\(rule.key)", "must have \(expected) value(s) here, not \(count)")
        }
    }

    private mutating func number(
        of key: ByteRange, _ bytes: UnsafeRawBufferPointer, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) -> Int {
        if let number = table.number(of: bytes[key]) { return number }
        guard Self.isKey(bytes[key], version: version) else {
            throw checker.fault(
                "vcf-info-key", "INFO", "a key must be letters, digits, underscores and dots, not a digit first")
        }
        if rules.count >= Self.rememberedKeys {
            // More keys than any catalogue has: start again, so that memory stays flat.
            let stamp = record
            self = VCFInfoChecker(header: header)
            record = stamp
            throw checker.fault(
                "vcf-info-too-many-keys", "INFO", "a file may have \(Self.rememberedKeys) different keys")
        }
        return rule(bytes.text(key))
    }

    private mutating func rule(_ key: String) -> Int {
        let reserved = VCFReserved.info(version)[key]
        let definition = header.info[key] ?? reserved
        let number = table.insert(key)
        guard number == rules.count else { return number }
        rules.append(
            Rule(
                key: key, definition: definition,
                value: VCFValueRule(
                    type: definition?.type,
                    isNonNegative: reserved?.type == .integer && header.info[key] == nil
                        && !VCFReserved.signed.contains(key),
                    isProbability: key == "AF" && definition?.type == .float),
                special: VCFInfoSpecial(rawValue: key)))
        seenIn.append(0)
        values.append(.none)
        return number
    }

    /// `[A-Za-z_][0-9A-Za-z_.]*` or `1000G`. Up to 4.2 the specification asks for no more than a key without white space.
    private static func isKey(_ key: UnsafeRawBufferPointer, version: VCFVersion) -> Bool {
        guard let first = key.first else { return false }
        if version < .v43 {
            return key.count <= 256 && key.allSatisfy { $0.isGraphic && $0 != UInt8(ascii: ",") }
                && (key.count > 1 || first != UInt8(ascii: "."))
        }
        if first.isDigit { return key.elementsEqual("1000G".utf8) }
        return key.count <= 256 && (first.isLetter || first == UInt8(ascii: "_"))
            && key.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
    }
}
