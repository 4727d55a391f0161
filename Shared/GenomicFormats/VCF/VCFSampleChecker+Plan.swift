extension VCFSampleChecker {
    /// Reads FORMAT, unless it is that of the record before.
    mutating func prepare(
        _ bytes: UnsafeRawBufferPointer, _ checker: VCFRecordChecker
    ) throws(GenomicFormatError) {
        let column = checker.columns.format
        if column.count == plan.text.count, bytes[column].elementsEqual(plan.text) { return }
        var next = Plan(text: Array(bytes[column]))
        var seen: Set<String> = []
        for (place, piece) in bytes.pieces(of: column, separatedBy: UInt8(ascii: ":")).enumerated() {
            let key = bytes.text(piece)
            guard isKey(bytes[piece], key) || bytes.isMissing(column) else {
                throw checker.fault(
                    "vcf-format-invalid", "FORMAT",
                    "a key must be letters, digits, underscores and dots, not a digit first")
            }
            guard seen.insert(key).inserted || version < .v43 else {
                throw checker.fault("vcf-format-duplicate", "FORMAT", "a key must not come twice")
            }
            guard key != "GT" || place == 0 else {
                throw checker.fault("vcf-format-invalid", "FORMAT", "GT must come first")
            }
            let reserved = VCFReserved.format(version)[key]
            let definition = header.format[key] ?? reserved
            if key == "LAA", version >= .v45 { next.local = place }
            next.keys.append(key)
            next.fields.append(
                Field(
                    key: key, number: key == "GT" ? .any : definition?.number ?? .any,
                    value: VCFValueRule(
                        type: definition?.type,
                        isNonNegative: reserved?.type == .integer && header.format[key] == nil,
                        isProbability: version >= .v43 && (key == "GP" || key == "CNP") && definition?.type == .float,
                        allowsEmpty: false)))
        }
        if version >= .v44, seen.contains("CICN"), !seen.contains("CN") {
            throw checker.fault("vcf-format-invalid", "FORMAT", "CICN needs CN")
        }
        plan = next
    }

    /// `[A-Za-z_][0-9A-Za-z_.]*`; up to 4.2 letters and digits, or a key that the head declares.
    private func isKey(_ bytes: UnsafeRawBufferPointer, _ key: String) -> Bool {
        guard let first = bytes.first, bytes.count <= 256 else { return false }
        if version < .v43, bytes.allSatisfy(\.isAlphanumeric) { return true }
        guard version >= .v43 || header.format[key] != nil else { return false }
        return (first.isLetter || first == UInt8(ascii: "_") || (version < .v43 && first.isAlphanumeric))
            && bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
    }
}
