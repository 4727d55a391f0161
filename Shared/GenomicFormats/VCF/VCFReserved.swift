/// The keys whose Number and Type the specification fixes, by version (hts-specs, the tables of reserved INFO and FORMAT keys and the sections
/// on structural variants and tandem repeats).
enum VCFReserved {
    /// Reserved INFO keys of a version.
    static func info(_ version: VCFVersion) -> [String: VCFDefinition] {
        switch version {
        case .v41, .v42: infoTo42
        case .v43: info43
        case .v44, .v45: info44
        }
    }

    /// Reserved FORMAT keys of a version.
    static func format(_ version: VCFVersion) -> [String: VCFDefinition] {
        switch version {
        case .v41, .v42: formatTo42
        case .v43: format43
        case .v44: format44
        case .v45: format45
        }
    }

    /// Reserved integers that may be negative.
    static let signed: Set<String> = ["SVLEN", "CIPOS", "CIEND", "CILEN", "CIRB", "CICNADJ"]

    private static let infoTo42 = table(
        """
        AA 1 String|AC A Integer|AF A Float|AN 1 Integer|BKPTID . String|BQ 1 Float|CICN 2 Integer|CICNADJ . Integer
        CIEND 2 Integer|CIGAR A String|CILEN 2 Integer|CIPOS 2 Integer|CN 1 Integer|CNADJ . Integer|DB 0 Flag
        DBRIPID 1 String|DBVARID 1 String|DGVID 1 String|DP 1 Integer|DPADJ . Integer|END 1 Integer|EVENT 1 String
        HOMLEN . Integer|HOMSEQ . String|H2 0 Flag|H3 0 Flag|IMPRECISE 0 Flag|MATEID . String|MEINFO 4 String
        METRANS 4 String|MQ 1 ?|MQ0 1 Integer|NOVEL 0 Flag|NS 1 Integer|PARID 1 String|SOMATIC 0 Flag|SVLEN . Integer
        SVTYPE 1 String|VALIDATED 0 Flag|1000G 0 Flag
        """)

    private static let info43 = infoTo42.merging(table("AD R Integer|ADF R Integer|ADR R Integer")) { $1 }

    private static let info44 = table(
        """
        AA 1 String|AC A Integer|AD R Integer|ADF R Integer|ADR R Integer|AF A Float|AN 1 Integer|BKPTID A String
        BQ 1 Float|CICN . Float|CIEND . Integer|CIGAR A String|CILEN . Integer|CIPOS . Integer|CIRB . Integer
        CIRUC . Float|CN A Float|DB 0 Flag|DBRIPID A String|DBVARID A String|DGVID A String|DP 1 Integer|END 1 Integer
        EVENT A String|EVENTTYPE A String|HOMLEN A Integer|HOMSEQ A String|H2 0 Flag|H3 0 Flag|IMPRECISE 0 Flag
        MATEID A String|MEINFO . String|METRANS . String|MQ 1 ?|MQ0 1 Integer|NOVEL 0 Flag|NS 1 Integer|PARID A String
        RB . Integer|RN A Integer|RUB . Integer|RUC . Float|RUL . Integer|RUS . String|SOMATIC 0 Flag|SVCLAIM A String
        SVLEN A Integer|SVTYPE 1 String|VALIDATED 0 Flag|1000G 0 Flag
        """)

    private static let formatTo42 = table(
        """
        AHAP 1 Integer|CN 1 Integer|CNL . Float|CNQ 1 Float|DP 1 Integer|EC A Integer|FT 1 String|GL G Float
        GLE G String|GP G Float|GQ 1 Integer|GT 1 String|HAP 1 Integer|HQ 2 Integer|MQ 1 Integer|NQ 1 Integer
        PL G Integer|PQ 1 Integer|PS 1 Integer
        """)

    private static let format43 = table(
        """
        AD R Integer|ADF R Integer|ADR R Integer|AHAP 1 Integer|CN 1 Integer|CNL G Float|CNP G Float|CNQ 1 Float
        DP 1 Integer|EC A Integer|FT 1 String|GL G Float|GP G Float|GQ 1 Integer|GT 1 String|HAP 1 Integer|HQ 2 Integer
        MQ 1 Integer|NQ 1 Integer|PL G Integer|PQ 1 Integer|PS 1 Integer
        """)

    private static let format44 = format43.merging(
        table("CICN 2 Float|CN 1 Float|PP G Integer|PSL P String|PSO P Integer|PSQ P Integer")
    ) { $1 }

    private static let format45 = format44.merging(
        table(
            """
            LEN 1 Integer|LAA . Integer|LAD LR Integer|LADF LR Integer|LADR LR Integer|LEC LA Integer|LGL LG ?
            LGP LG ?|LPL LG Integer|LPP LG Integer
            """)
    ) { $1 }

    /// `key number type`, separated by `|` or line ends; `?` is a type that is left open.
    private static func table(_ text: String) -> [String: VCFDefinition] {
        var table: [String: VCFDefinition] = [:]
        for entry in text.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
            let words = entry.split(separator: " ").map(String.init)
            guard words.count == 3, let number = VCFDefinition.Number(words[1], isFormat: true, version: .v45) else {
                continue
            }
            table[words[0]] = VCFDefinition(number: number, type: VCFDefinition.ValueType(rawValue: words[2]))
        }
        return table
    }
}
