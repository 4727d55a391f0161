/// A chromosome as a small number: 1...22, 23 for X, 24 for Y, 25 for the mitochondrial genome.
public enum ChromosomeCode {
    /// The code of a contig name with or without `chr` (`7`, `chr7`, `chrX`, `M`, `chrM`, `MT`), nil for any other
    /// contig.
    public static func code(_ name: some Collection<UInt8>) -> UInt8? {
        var rest = name[...]
        if rest.starts(with: "chr".utf8) || rest.starts(with: "CHR".utf8) || rest.starts(with: "Chr".utf8) {
            rest = rest.dropFirst(3)
        }
        guard let first = rest.first else { return nil }
        rest = rest.dropFirst()
        let second = rest.first
        guard rest.dropFirst().isEmpty else { return nil }
        switch (first, second) {
        case (UInt8(ascii: "X"), nil): return 23
        case (UInt8(ascii: "Y"), nil): return 24
        case (UInt8(ascii: "M"), nil), (UInt8(ascii: "M"), UInt8(ascii: "T")): return 25
        case (UInt8(ascii: "1")...UInt8(ascii: "9"), nil): return first - UInt8(ascii: "0")
        case (UInt8(ascii: "1")...UInt8(ascii: "2"), let second?):
            guard second >= UInt8(ascii: "0"), second <= UInt8(ascii: "9") else { return nil }
            let code = (first - UInt8(ascii: "0")) * 10 + second - UInt8(ascii: "0")
            return code <= 22 ? code : nil
        default: return nil
        }
    }

    /// The code of a contig name.
    public static func code(_ name: String) -> UInt8? { code(name.utf8) }
}
