/// Which column of a consumer export holds what.
struct ConsumerExportColumns: Equatable {
    enum Separator: Equatable {
        case tab
        case comma
        case space
    }

    var separator: Separator
    var count: Int
    var identifier: Int
    var chromosome: Int?
    var position: Int?
    var genotype: Int?
    var alleles: (Int, Int)?

    static func == (left: Self, right: Self) -> Bool {
        left.separator == right.separator && left.count == right.count && left.identifier == right.identifier
            && left.chromosome == right.chromosome && left.position == right.position
            && left.genotype == right.genotype && left.alleles?.0 == right.alleles?.0
            && left.alleles?.1 == right.alleles?.1
    }

    /// The columns that a head line names; nil when it names none of a genotype table.
    init?(head: Substring) {
        var text = head
        while text.first == "#" || text.first == " " { text.removeFirst() }
        if text.contains("\t"), let columns = Self(names: Self.split(text, .tab), .tab) {
            self = columns
        } else if text.contains(","), let columns = Self(names: Self.split(text, .comma), .comma) {
            self = columns
        } else if let columns = Self(names: Self.split(text, .space), .space) {
            self = columns
        } else {
            return nil
        }
    }

    /// A table without a head: identifier, chromosome, position and genotype.
    init?(firstLine text: Substring) {
        for separator in [Separator.tab, .comma] {
            let fields = Self.split(text, separator)
            guard fields.count == 4, ConsumerGenotype.chromosome(fields[1]) != nil, Int64(fields[2]) != nil,
                ConsumerGenotype.alleles(of: fields[3]) != nil
            else { continue }
            self.init(
                separator: separator, count: 4, identifier: 0, chromosome: 1, position: 2, genotype: 3, alleles: nil)
            return
        }
        return nil
    }

    private init(
        separator: Separator, count: Int, identifier: Int, chromosome: Int?, position: Int?, genotype: Int?,
        alleles: (Int, Int)?
    ) {
        self.separator = separator
        self.count = count
        self.identifier = identifier
        self.chromosome = chromosome
        self.position = position
        self.genotype = genotype
        self.alleles = alleles
    }

    private init?(names: [Substring], _ separator: Separator) {
        let names = names.map { $0.lowercased() }
        func first(_ candidates: [String]) -> Int? {
            for candidate in candidates {
                if let index = names.firstIndex(of: candidate) { return index }
            }
            return nil
        }
        guard
            let identifier = first([
                "rsid", "rs id", "snp name", "snp.name", "name", "markername", "marker", "snp", "id",
            ])
        else { return nil }
        let chromosome = first(["chromosome", "chrom", "chr"])
        let position = first(["position", "pos", "mapinfo"])
        var genotype = first(["genotype", "result", "gt", "call"])
        var alleles: (Int, Int)?
        // Alleles on the plus strand come before those in other orientations.
        for suffix in ["...plus", " - plus", "", "_", "...forward", " - forward"] {
            let pair = suffix == "_" ? ["allele_1", "allele_2"] : ["allele1\(suffix)", "allele2\(suffix)"]
            if alleles == nil, let one = names.firstIndex(of: pair[0]), let two = names.firstIndex(of: pair[1]) {
                alleles = (one, two)
            }
        }
        // One column of another name is the genotype when nothing else is left.
        if genotype == nil, alleles == nil, chromosome != nil, position != nil, names.count == 4 {
            genotype = (0..<4).first { $0 != identifier && $0 != chromosome && $0 != position }
        }
        guard genotype != nil || alleles != nil, (chromosome == nil) == (position == nil) else { return nil }
        self.init(
            separator: separator, count: names.count, identifier: identifier, chromosome: chromosome,
            position: position, genotype: genotype, alleles: alleles)
    }

    /// The fields of a line, trimmed. Quotes are taken away first: no field of such a table holds a separator.
    static func split(_ text: Substring, _ separator: Separator) -> [Substring] {
        switch separator {
        case .comma: text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
        case .tab: text.split(separator: "\t", omittingEmptySubsequences: false).map(trimmed)
        case .space: text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        }
    }

    /// The fields of a data line: as many as the head has, or nil. Doubled separators are one.
    func fields(of text: Substring) -> [Substring]? {
        var fields = Self.split(text, separator == .space && text.contains("\t") ? .tab : separator)
        if fields.count > count { fields.removeAll(where: \.isEmpty) }
        return fields.count == count ? fields : nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
