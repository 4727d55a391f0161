/// Reads a diplotype as laboratories write it.
///
/// Understood are `*1/*4`, `CYP2C9*1/CYP2C9*3`, a single allele, copies (`*1x2`, `*4x>=3`, `*4x≥3`, `*1x5`, `*2xN`), tandems
/// (`*36+*10`), combinations (`[*2 + *5]`), suballeles (`*4.001` is read as `*4`), HLA names of any number of fields
/// (`*57:01:01:01` and `B*57:01` are read as `*57:01`) and mitochondrial variants (`1555A>G`).
public struct OutsideDiplotype: Sendable, Equatable {
    /// The haplotypes in natural order, one or two; none where the laboratory could not call (`.`, `./.`).
    public let haplotypes: [HaplotypeCall]

    /// Reads `text`; fails with the gene and the allele that its tables do not know.
    public init(_ text: String, gene: GeneDefinition) throws(CallingError) {
        let text = Self.trimmed(text[...])
        if ["", ".", "./.", "/"].contains(text) {
            haplotypes = []
            return
        }
        if let single = try? Self.haplotype(text, gene) {
            haplotypes = [single]
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2 else {
            throw CallingError(
                code: .malformedDiplotype, gene: gene.symbol, detail: "\(text) names more than two haplotypes")
        }
        var haplotypes: [HaplotypeCall] = []
        for part in parts { haplotypes.append(try Self.haplotype(Self.trimmed(part), gene)) }
        self.haplotypes = haplotypes.sorted(by: HaplotypeCall.precedes)
    }

    private static func haplotype(_ text: Substring, _ gene: GeneDefinition) throws(CallingError) -> HaplotypeCall {
        var text = text
        if text.hasPrefix(gene.symbol.rawValue) { text = trimmed(text.dropFirst(gene.symbol.rawValue.count)) }
        if let allele = allele(text, gene) { return HaplotypeCall(name: allele.reportedName, alleles: [allele.index]) }
        if gene.symbol.rawValue.hasPrefix("HLA-") { return try typed(text, gene) }
        if let copies = try multiplied(text, gene) { return copies }
        if text.hasPrefix("["), text.hasSuffix("]") {
            let members = text.dropFirst().dropLast()
            // No name has brackets in brackets; read into one another they would cost a stack frame each.
            guard !members.contains("[") else { throw unknown(text, gene) }
            return try joined(members, by: " + ", gene) { "[\($0)]" }
        }
        if text.contains("+") { return try tandem(text, gene) }
        throw unknown(text, gene)
    }

    /// The table's allele of that name, or that the name is a suballele or a shorter writing of.
    private static func allele(_ text: Substring, _ gene: GeneDefinition) -> NamedAllele? {
        if let allele = gene.allele(named: String(text)) { return allele }
        if gene.isMonoallelic, let allele = gene.allele(named: "m.\(text)") { return allele }
        guard text.hasPrefix("*"), let dot = text.firstIndex(of: "."),
            text[text.index(after: dot)...].allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        return gene.allele(named: String(text[..<dot]))
    }

    /// An HLA allele by its first two fields. What no guideline asks for is a valid allele all the same.
    private static func typed(_ text: Substring, _ gene: GeneDefinition) throws(CallingError) -> HaplotypeCall {
        let locus = gene.symbol.rawValue.dropFirst(4)
        var digits = text
        if digits.hasPrefix(locus) { digits = digits.dropFirst(locus.count) }
        guard digits.hasPrefix("*") else { throw unknown(text, gene) }
        digits = digits.dropFirst()
        // The letter of an expression variant (`*24:09N`) belongs to the name: it is not the allele without it.
        var expression: Substring = ""
        if let last = digits.last, "NLSCAQ".contains(last) {
            expression = digits.suffix(1)
            digits = digits.dropLast()
        }
        let fields = digits.split(separator: ":", omittingEmptySubsequences: false)
        let areFields = fields.allSatisfy { field in
            (2...4).contains(field.count) && field.allSatisfy { $0.isASCII && $0.isNumber }
        }
        guard (2...4).contains(fields.count), areFields else { throw unknown(text, gene) }
        let name = "*\(fields[0]):\(fields[1])\(expression)"
        return HaplotypeCall(name: name, alleles: gene.allele(named: name).map { [$0.index] } ?? [])
    }

    /// `*1x2`, `*4x>=3`, `*1x5`, `*2xN`; nil when the text has no number of copies.
    private static func multiplied(_ text: Substring, _ gene: GeneDefinition) throws(CallingError) -> HaplotypeCall? {
        guard !text.contains("+"), text.hasPrefix("*"),
            let mark = text.firstIndex(where: { "xX≥>".contains($0) }), mark > text.startIndex
        else { return nil }
        let core = text[..<mark]
        var number = text[mark...]
        if number.first == "x" || number.first == "X" { number = number.dropFirst() }
        let isAtLeast = number.hasPrefix("≥") || number.hasPrefix(">=")
        if isAtLeast { number = number.dropFirst(number.hasPrefix("≥") ? 1 : 2) }
        guard let allele = allele(core, gene) else { throw unknown(core, gene) }
        if number == "N" || number == "n" { return HaplotypeCall(name: "\(allele.name)xN", alleles: []) }
        guard let copies = Int(number), (1...99).contains(copies) else { throw unknown(text, gene) }
        if copies == 1, !isAtLeast { return HaplotypeCall(name: allele.name, alleles: [allele.index]) }
        for name in [isAtLeast ? "" : "\(allele.name)x\(copies)", copies >= 3 ? "\(allele.name)x≥3" : ""] {
            if let known = gene.allele(named: name) { return HaplotypeCall(name: known.name, alleles: [known.index]) }
        }
        let name = "\(allele.name)x\(isAtLeast ? "≥" : "")\(copies)"
        return HaplotypeCall(name: name, alleles: [allele.index], copies: copies)
    }

    /// `*36+*10`: the table's tandem of that name, or its members.
    private static func tandem(_ text: Substring, _ gene: GeneDefinition) throws(CallingError) -> HaplotypeCall {
        let parts = text.split(separator: "+", omittingEmptySubsequences: false).map { trimmed($0) }
        for joint in [" + ", "+"] {
            if let known = gene.allele(named: parts.joined(separator: joint)) {
                return HaplotypeCall(name: known.name, alleles: [known.index])
            }
        }
        return try joined(parts.joined(separator: "+")[...], by: "+", gene) {
            $0.split(separator: " + ").joined(separator: " + ")
        }
    }

    private static func joined(
        _ text: Substring, by joint: String, _ gene: GeneDefinition, name: (String) -> String
    ) throws(CallingError) -> HaplotypeCall {
        var alleles: [Int] = []
        var partials: [String] = []
        var names: [String] = []
        var rest = text
        while true {
            let end = rest.firstRange(of: joint)
            let member = trimmed(end.map { rest[..<$0.lowerBound] } ?? rest)
            if member.hasPrefix("g.") {
                partials.append(String(member))
                names.append(String(member))
            } else {
                let call = try haplotype(member, gene)
                alleles += Array(repeating: call.alleles, count: max(1, call.copies)).flatMap(\.self)
                names.append(call.name)
            }
            guard let end else { break }
            rest = rest[end.upperBound...]
        }
        return HaplotypeCall(name: name(names.joined(separator: " + ")), alleles: alleles, partials: partials)
    }

    private static func unknown(_ text: Substring, _ gene: GeneDefinition) -> CallingError {
        CallingError(
            code: .unknownAllele, gene: gene.symbol,
            detail: "the tables have no allele \(text.prefix(80)); check its name")
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
