/// One line of a consumer's genotype export.
public struct ConsumerGenotype: Equatable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The identifiers of the marker, separated by semicolons, as written.
    public var identifier: String
    /// The chromosome: `1` to `22`, `X`, `Y`, `XY` (pseudoautosomal, as PAR or 25 say it) or `MT`; nil when the marker is not placed.
    public var chromosome: String?
    /// The position, from 1, in the build that the file states; nil when the marker is not placed.
    public var position: Int64?
    /// The alleles, `A`, `C`, `G`, `T`, longer bases, `I` (insertion) or `D` (deletion); nil is an allele that was not called.
    public var alleles: [String?]

    /// A genotype.
    public init(line: Int, identifier: String, chromosome: String?, position: Int64?, alleles: [String?]) {
        self.line = line
        self.identifier = identifier
        self.chromosome = chromosome
        self.position = position
        self.alleles = alleles
    }

    /// True when no allele was called.
    public var isNoCall: Bool { alleles.allSatisfy { $0 == nil } }

    /// The alleles that a genotype tells (`AG`, `--`, `00`, `II`, `A`, `A/G`, `ATT/A`); nil when it is none.
    static func alleles(of text: Substring) -> [String?]? {
        if let separator = text.firstIndex(where: { $0 == "/" || $0 == "|" }) {
            guard let first = allele(text[..<separator]), let second = allele(text[text.index(after: separator)...])
            else { return nil }
            return [first, second]
        }
        let text = text.filter { $0 != " " }
        guard (1...2).contains(text.utf8.count) else { return nil }
        var alleles: [String?] = []
        for index in text.indices {
            guard let allele = allele(text[index...index]) else { return nil }
            alleles.append(allele)
        }
        return alleles
    }

    /// One allele; `.some(nil)` is no call, nil is no allele at all.
    static func allele(_ text: some StringProtocol) -> String?? {
        let text = text.uppercased()
        switch text {
        case "-", "0", ".", "--", "N", "NC", "?": return .some(nil)
        case "I", "D": return text
        default:
            guard !text.isEmpty, text.utf8.count <= 1_024,
                text.utf8.allSatisfy({ $0.isBase && $0 != UInt8(ascii: "N") })
            else { return nil }
            return text
        }
    }

    /// A chromosome's usual name for what a vendor writes; `.some(nil)` is not placed, nil is no chromosome.
    static func chromosome(_ text: some StringProtocol) -> String?? {
        var name = text.uppercased()
        if name.hasPrefix("CHR") { name.removeFirst(3) }
        switch name {
        case "", "-", "--", "0", ".", "UN", "NA": return .some(nil)
        case "23", "X": return "X"
        case "24", "Y": return "Y"
        case "25", "XY", "PAR", "PAR1", "PAR2": return "XY"
        case "26", "M", "MT": return "MT"
        default:
            guard let number = Int(name), (1...22).contains(number) else { return nil }
            return String(number)
        }
    }
}
