/// The alleles of a site while a source is read: from 0 those of the definition, below that the marks of ``SiteCall``, and from -10 down bases
/// that no definition lists, by their number in a ``NovelNames``.
enum AlleleCode {
    static let unknown = Int16(SiteCall.unknown)
    static let absent = Int16(SiteCall.absent)
    static let firstNovel: Int16 = -10

    /// The code of a single base that no definition lists.
    static func novel(base: UInt8) -> Int16 {
        switch base {
        case UInt8(ascii: "A"): firstNovel
        case UInt8(ascii: "C"): firstNovel - 1
        case UInt8(ascii: "G"): firstNovel - 2
        case UInt8(ascii: "T"): firstNovel - 3
        default: unknown
        }
    }

    /// The code of a base that a spanning deletion took away.
    static let spanned = firstNovel - 4
}

/// The bases that no definition lists, numbered by their first sight.
struct NovelNames {
    private var names = ["A", "C", "G", "T", "*"]
    private var codes: [String: Int16] = [:]

    /// The code of `bases`; the unknown mark when a source has more of them than can be numbered.
    mutating func code(_ bases: [UInt8]) -> Int16 {
        if bases.count == 1 {
            if bases[0] == UInt8(ascii: "*") { return AlleleCode.spanned }
            let code = AlleleCode.novel(base: bases[0])
            if code != AlleleCode.unknown { return code }
        }
        let text = String(decoding: bases, as: UTF8.self)
        if let code = codes[text] { return code }
        guard names.count < 30_000 else { return AlleleCode.unknown }
        let code = AlleleCode.firstNovel - Int16(names.count)
        names.append(text)
        codes[text] = code
        return code
    }

    /// The bases of a code; nil of codes that are no novel bases.
    func name(_ code: Int16) -> String? {
        let index = Int(AlleleCode.firstNovel) - Int(code)
        return names.indices.contains(index) ? names[index] : nil
    }
}
