extension VCFHeader {
    /// Takes a meta line that is well-formed by the rules of its key, or says what is wrong. A line that is refused defines nothing.
    mutating func add(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        switch entry.key {
        case "INFO", "FORMAT": try addDefinition(entry, parser)
        case "FILTER": try addFilter(entry, parser)
        case "ALT": try checkAlternate(entry, parser)
        case "contig": try addContig(entry, parser)
        case "SAMPLE": try checkSample(entry, parser)
        case "META": try checkMeta(entry, parser)
        case "PEDIGREE": try checkPedigree(entry, parser)
        case "assembly", "pedigreeDB":
            guard entry.fields.isEmpty, Self.isURL(entry.value) else {
                throw parser.fault("vcf-meta-url", "must be a URL", entry.key)
            }
        case "fileformat":
            throw parser.fault("vcf-fileformat", "must be the first line and no other", entry.key)
        default:
            // Other structured lines need an ID as of 4.3; unstructured ones are free.
            if version >= .v43, !entry.fields.isEmpty, entry["ID"] == nil {
                throw parser.fault("vcf-meta-id", "a structured line must have an ID", entry.key)
            }
        }
        if version >= .v43, let id = entry["ID"], !declared.insert("\(entry.key)=\(id)").inserted {
            throw parser.fault("vcf-meta-duplicate", "an ID must be unique within its key", entry.key)
        }
        meta.append(entry)
    }

    private mutating func addDefinition(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        let isFormat = entry.key == "FORMAT"
        let names = entry.fields.prefix(4).map(\.name)
        guard names == ["ID", "Number", "Type", "Description"] else {
            throw parser.fault("vcf-meta-fields", "must begin with ID, Number, Type and Description", entry.key)
        }
        let id = entry.fields[0].value
        try checkIdentifier(id, entry, parser)
        guard let number = VCFDefinition.Number(entry.fields[1].value, isFormat: isFormat, version: version) else {
            throw parser.fault("vcf-meta-number", "Number must be a count or a letter of this version", entry.key)
        }
        guard let type = VCFDefinition.ValueType(rawValue: entry.fields[2].value), !(isFormat && type == .flag) else {
            throw parser.fault(
                "vcf-meta-type", "Type must be Integer, Float, \(isFormat ? "" : "Flag, ")Character or String",
                entry.key)
        }
        try checkDescribed(entry, from: 3, parser)
        let reserved = (isFormat ? VCFReserved.format(version) : VCFReserved.info(version))[id]
        if let reserved {
            guard reserved.number == .any || reserved.number == number else {
                throw parser.fault("vcf-meta-reserved", "\(id) is reserved with another Number", entry.key)
            }
            guard reserved.type == nil || reserved.type == type else {
                throw parser.fault("vcf-meta-reserved", "\(id) is reserved with another Type", entry.key)
            }
        }
        let definition = VCFDefinition(number: number, type: type)
        if isFormat {
            if format[id] == nil { format[id] = definition }
        } else if info[id] == nil {
            info[id] = definition
        }
    }

    private mutating func addFilter(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        guard entry.fields.first?.name == "ID" else {
            throw parser.fault("vcf-meta-fields", "must begin with ID", entry.key)
        }
        let id = entry.fields[0].value
        guard id != "0", !id.utf8.contains(where: { !$0.isGraphic || $0 == UInt8(ascii: ";") }) else {
            throw parser.fault(
                "vcf-meta-id", "a filter's ID must not be 0 and has no white space or semicolon", entry.key)
        }
        try checkOptionallyDescribed(entry, parser)
        filters.insert(id)
    }

    private func checkAlternate(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        guard entry.fields.first?.name == "ID", !entry.fields[0].isQuoted else {
            throw parser.fault("vcf-meta-fields", "must begin with ID", entry.key)
        }
        guard VCFSymbol.isValid(entry.fields[0].value, version: version) else {
            throw parser.fault(
                "vcf-meta-id", "must have no white space, comma or angle bracket; a subtype needs a known type",
                entry.key)
        }
        try checkOptionallyDescribed(entry, parser)
    }

    /// Description comes second and may be left out as of 4.4.
    private func checkOptionallyDescribed(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        if version < .v44 || entry["Description"] != nil {
            guard entry.fields.count > 1, entry.fields[1].name == "Description" || version >= .v44 else {
                throw parser.fault("vcf-meta-fields", "must have ID and Description", entry.key)
            }
        }
        try checkDescribed(entry, from: 1, parser)
    }

    /// Every value from here on is text in quotes. htslib writes its own `IDX` without.
    private func checkDescribed(_ entry: MetaLine, from: Int, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        for field in entry.fields.dropFirst(from) where !field.isQuoted {
            guard field.name == "IDX", field.value.utf8.allSatisfy(\.isDigit) else {
                throw parser.fault(
                    "vcf-meta-quotes", "Description and further values must be in double quotes", entry.key)
            }
        }
    }

    private mutating func addContig(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        guard let id = entry["ID"], entry.fields.first?.name == "ID" || version < .v43 else {
            throw parser.fault("vcf-meta-fields", "a contig must have an ID", entry.key)
        }
        guard VCFContigName.isValid(Array(id.utf8), version: version, inHeader: true) else {
            throw parser.fault("vcf-contig-name", "the contig's name has a character that is not allowed", entry.key)
        }
        let length = entry["length"]
        guard length == nil || length.flatMap(Int64.init) != nil else {
            throw parser.fault("vcf-meta-number", "length must be a whole number", entry.key)
        }
        contigs[id] = .some(length.flatMap(Int64.init))
    }

    private func checkSample(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        let names = entry.fields.map(\.name)
        guard names.first == "ID" else { throw parser.fault("vcf-meta-fields", "must begin with ID", entry.key) }
        try checkIdentifier(entry.fields[0].value, entry, parser)
        guard version < .v43 else { return }
        guard names == ["ID", "Genomes", "Mixture", "Description"], !entry.fields[1].isQuoted,
            !entry.fields[2].isQuoted, entry.fields[3].isQuoted
        else {
            throw parser.fault(
                "vcf-meta-fields", "must have ID, Genomes and Mixture without quotes, and Description in quotes",
                entry.key)
        }
    }

    private func checkMeta(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        guard version >= .v43 else { return }
        guard let id = entry.fields.first, id.name == "ID", let type = entry["Type"], let number = entry["Number"],
            let values = entry["Values"]
        else { throw parser.fault("vcf-meta-fields", "must have ID, Type, Number and Values", entry.key) }
        try checkIdentifier(id.value, entry, parser)
        guard VCFDefinition.Number(number, isFormat: false, version: version) != nil else {
            throw parser.fault("vcf-meta-number", "Number must be a dot or a count", entry.key)
        }
        guard VCFDefinition.ValueType(rawValue: type) != nil else {
            throw parser.fault("vcf-meta-type", "Type must be String", entry.key)
        }
        guard values.hasPrefix("["), values.hasSuffix("]") else {
            throw parser.fault("vcf-meta-values", "Values must be a list in square brackets", entry.key)
        }
    }

    private func checkPedigree(_ entry: MetaLine, _ parser: VCFMetaParser) throws(GenomicFormatError) {
        guard !entry.fields.isEmpty else {
            throw parser.fault("vcf-meta-fields", "must be a list of name=genome", entry.key)
        }
        guard version < .v43 || (entry.fields[0].name == "ID" && entry.fields.count > 1) else {
            throw parser.fault("vcf-meta-fields", "must begin with ID and name an ancestor", entry.key)
        }
        for field in entry.fields { try checkIdentifier(field.value, entry, parser) }
    }

    private func checkIdentifier(
        _ id: String, _ entry: MetaLine, _ parser: VCFMetaParser
    ) throws(GenomicFormatError) {
        guard !id.isEmpty, id.utf8.allSatisfy(VCFMetaParser.isIdentifier), id.utf8.contains(where: \.isAlphanumeric)
        else {
            throw parser.fault(
                "vcf-meta-id", "must be letters, digits, dots, underscores, dashes and plus signs", entry.key)
        }
    }

    /// `scheme://host/...`: the host is a name with a letter in it or an IPv4 address, and is left out for `file:` alone.
    private static func isURL(_ text: String) -> Bool {
        guard let mark = text.firstRange(of: "://"), let first = text.utf8.first, first.isLetter else { return false }
        let scheme = text[..<mark.lowerBound]
        guard scheme.utf8.allSatisfy({ $0.isAlphanumeric || $0 == 43 || $0 == 45 || $0 == 46 }),
            !text.utf8.contains(where: { $0 <= 0x20 })
        else { return false }
        let rest = text[mark.upperBound...]
        if scheme == "file" { return !rest.isEmpty }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@").last.map { $0.prefix { $0 != ":" } } ?? ""
        if host.utf8.contains(where: \.isLetter) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
