/// Names of chromosomes as files write them, and what they tell of the assembly.
enum ChromosomeName {
    /// The code of a contig (`7`, `chr7`, `NC_000007.14`), nil for any other; with the assembly that an accession's version belongs to.
    static func code(_ name: some Collection<UInt8>) -> (code: UInt8, build: GeneCatalog.Build?)? {
        if let code = ChromosomeCode.code(name) { return (code, nil) }
        guard name.starts(with: "NC_".utf8) else { return nil }
        let parts = name.dropFirst(3).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let number = parts.first.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }) else {
            return nil
        }
        if number == 12_920 { return (25, nil) }
        guard (1...24).contains(number) else { return nil }
        let code = UInt8(number)
        guard parts.count == 2, let version = Int(String(decoding: parts[1], as: UTF8.self)) else { return (code, nil) }
        let newest = versions[number - 1]
        if version == newest { return (code, .grch38) }
        return version == newest - 1 ? (code, .grch37) : nil
    }

    /// `1`...`22`, `X`, `Y`, `MT`.
    static func text(_ code: UInt8) -> String {
        switch code {
        case 23: "X"
        case 24: "Y"
        case 25: "MT"
        default: String(code)
        }
    }

    /// The assembly in which a chromosome has this length; nil when neither has, or of the mitochondrial genome.
    static func build(_ code: UInt8, length: Int64) -> GeneCatalog.Build? {
        let index = Int(code) - 1
        guard lengths37.indices.contains(index) else { return nil }
        return lengths38[index] == length ? .grch38 : lengths37[index] == length ? .grch37 : nil
    }

    /// RefSeq's versions of NC_000001...NC_000024 in GRCh38; in GRCh37 each is one less.
    private static let versions = [
        11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10,
    ]
    /// Lengths of 1...22, X and Y (Genome Reference Consortium).
    private static let lengths38: [Int64] = [
        248_956_422, 242_193_529, 198_295_559, 190_214_555, 181_538_259, 170_805_979, 159_345_973, 145_138_636,
        138_394_717, 133_797_422, 135_086_622, 133_275_309, 114_364_328, 107_043_718, 101_991_189, 90_338_345,
        83_257_441, 80_373_285, 58_617_616, 64_444_167, 46_709_983, 50_818_468, 156_040_895, 57_227_415,
    ]
    private static let lengths37: [Int64] = [
        249_250_621, 243_199_373, 198_022_430, 191_154_276, 180_915_260, 171_115_067, 159_138_663, 146_364_022,
        141_213_431, 135_534_747, 135_006_516, 133_851_895, 115_169_878, 107_349_540, 102_531_392, 90_354_753,
        81_195_210, 78_077_248, 59_128_983, 63_025_520, 48_129_895, 51_304_566, 155_270_560, 59_373_566,
    ]
}
