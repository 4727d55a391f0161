/// A character set of MSH-18 (table 0211) and how the message's bytes become UTF-8.
public struct HL7CharacterSet: Hashable, Sendable {
    /// Names as MSH-18 repeats them; empty when it declares none.
    public let declared: [String]
    /// The converter's name of the set that the bytes are in; nil for UTF-8 and its subset ASCII.
    let encoding: String?

    /// UTF-8 that nobody declared.
    static let undeclared = HL7CharacterSet(declared: [], encoding: nil)

    init(declared: [String], encoding: String?) {
        self.declared = declared
        self.encoding = encoding
    }

    /// The set of the repetitions of MSH-18, or nil when one of them is not known.
    ///
    /// The first is the message's own. Japanese sets, which are switched to by escape sequences of ISO 2022, stand for all.
    public init?(declared names: [String]) {
        var encodings: [String?] = []
        for name in names where !name.isEmpty {
            guard let encoding = Self.encodings[Self.normal(name)] else { return nil }
            encodings.append(encoding.isEmpty ? nil : encoding)
        }
        declared = names
        encoding = encodings.contains(Self.japanese) ? Self.japanese : encodings.first ?? nil
    }

    private static let japanese = "ISO-2022-JP-2"

    private static func normal(_ name: String) -> String {
        String(decoding: name.uppercased().utf8.filter { $0 != 0x20 && $0 != 0x5F }, as: UTF8.self)
    }

    /// Names without spaces, as glibc's iconv knows them; empty for UTF-8.
    private static let encodings: [String: String] = {
        var table = [
            "ASCII": "", "UNICODEUTF-8": "", "UTF-8": "", "UTF8": "", "ISOIR6": "",
            "UNICODE": "", "UNICODEUTF-16": "", "UNICODEUTF-32": "", "UTF-16": "", "UTF-32": "",
            "ISOIR14": japanese, "ISOIR87": japanese, "ISOIR159": japanese,
            "GB18030-2000": "GB18030", "GB18030": "GB18030", "KSX1001": "EUC-KR", "CNS11643-1992": "EUC-TW",
            "BIG-5": "BIG5", "BIG5": "BIG5",
        ]
        for part in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16] {
            for prefix in ["8859/", "8859-", "ISO8859-", "ISO-8859-", "ISO8859/"] {
                table["\(prefix)\(part)"] = "ISO-8859-\(part)"
            }
        }
        return table
    }()
}
