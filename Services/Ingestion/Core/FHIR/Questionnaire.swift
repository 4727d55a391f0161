/// A questionnaire whose items and total LOINC has codes for.
///
/// Codes, answer lists and their scores are LOINC's (Regenstrief Institute, https://loinc.org, panels 44249-1, 69737-5 and 72109-2, answer lists
/// LL358-3, LL2179-1, LL2180-9 and LL2181-7; used under the LOINC licence). The scoring rule of all three is the sum of the items: PHQ-9 (Kroenke,
/// Spitzer, Williams 2001), GAD-7 (Spitzer et al. 2006), AUDIT-C (Bush et al. 1998).
struct Questionnaire {
    /// LOINC's code of the panel.
    let panel: String
    /// LOINC's code of the total score.
    let total: String
    let totalDisplay: String
    /// The scored items, by LOINC's code, each with the score of each answer.
    let items: [(code: String, display: String, scores: [String: Int])]

    static let all = [phq9, gad7, auditC]

    /// The questionnaire that has `code` as an item or as its total.
    static func having(_ code: String) -> Questionnaire? { byCode[code] }

    /// The name of the item or total `code`; nil when it is of none.
    static func display(of code: String) -> String? {
        guard let questionnaire = byCode[code] else { return nil }
        return questionnaire.total == code
            ? questionnaire.totalDisplay : questionnaire.items.first { $0.code == code }?.display
    }

    private static let byCode: [String: Questionnaire] = {
        var table: [String: Questionnaire] = [:]
        for questionnaire in all {
            table[questionnaire.total] = questionnaire
            for item in questionnaire.items { table[item.code] = questionnaire }
        }
        return table
    }()

    /// LL358-3.
    private static let frequency = ["LA6568-5": 0, "LA6569-3": 1, "LA6570-1": 2, "LA6571-9": 3]

    private static let phq9 = Questionnaire(
        panel: "44249-1", total: "44261-6",
        totalDisplay: "Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]",
        items: [
            ("44250-9", "Little interest or pleasure in doing things"),
            ("44255-8", "Feeling down, depressed, or hopeless"),
            ("44259-0", "Trouble falling or staying asleep, or sleeping too much"),
            ("44254-1", "Feeling tired or having little energy"),
            ("44251-7", "Poor appetite or overeating"),
            ("44258-2", "Feeling bad about yourself"),
            ("44252-5", "Trouble concentrating on things"),
            ("44253-3", "Moving or speaking slowly, or being restless"),
            ("44260-8", "Thoughts that you would be better off dead, or of hurting yourself"),
        ].map { ($0.0, $0.1, frequency) })

    private static let gad7 = Questionnaire(
        panel: "69737-5", total: "70274-6",
        totalDisplay: "Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]",
        items: [
            ("69725-0", "Feeling nervous, anxious or on edge"),
            ("68509-9", "Not being able to stop or control worrying"),
            ("69733-4", "Worrying too much about different things"),
            ("69734-2", "Trouble relaxing"),
            ("69735-9", "Being so restless that it is hard to sit still"),
            ("69689-8", "Becoming easily annoyed or irritable"),
            ("69736-7", "Feeling afraid as if something awful might happen"),
        ].map { ($0.0, $0.1, frequency) })

    private static let auditC = Questionnaire(
        panel: "72109-2", total: "75626-2", totalDisplay: "Total score [AUDIT-C]",
        items: [
            (
                "68518-0", "How often do you have a drink containing alcohol",
                ["LA6270-8": 0, "LA18926-8": 1, "LA18927-6": 2, "LA18928-4": 3, "LA18929-2": 4]
            ),
            (
                "68519-8", "How many standard drinks containing alcohol do you have on a typical day",
                ["LA15694-5": 0, "LA15695-2": 1, "LA18930-0": 2, "LA18931-8": 3, "LA18932-6": 4]
            ),
            (
                "68520-6", "How often do you have 6 or more drinks on 1 occasion",
                ["LA6270-8": 0, "LA18933-4": 1, "LA18876-5": 2, "LA18891-4": 3, "LA18934-2": 4]
            ),
        ])
}

extension Questionnaire {
    /// The LOINC code that a linkId or the end of a definition's URL is, e.g. of `/44249-1/44250-9`; nil when there is none.
    ///
    /// A code that the tables do not have counts when the text says that it is one: by a leading slash (the linkIds of LOINC's own forms), or by
    /// LOINC's URL. Its check digit (mod 10, LOINC Users' Guide, appendix C) must be right.
    static func loinc(in text: String) -> String? {
        let last = String(text.split(whereSeparator: { $0 == "/" || $0 == "|" }).last ?? "")
        if byCode[last] != nil { return last }
        guard text.hasPrefix("/") || text.hasPrefix("http://loinc.org/"), hasCheckDigit(last) else { return nil }
        return last
    }

    /// Whether `code` has LOINC's form and its check digit is right.
    static func hasCheckDigit(_ code: String) -> Bool {
        let parts = code.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, (3...7).contains(parts[0].count), parts[1].count == 1,
            parts.allSatisfy({ $0.allSatisfy { (48...57).contains($0) } })
        else { return false }
        var sum = 0
        for (index, digit) in parts[0].reversed().enumerated() {
            let value = Int(digit) - 48
            sum += index % 2 == 0 ? value / 5 + value * 2 % 10 : value
        }
        return (10 - sum % 10) % 10 == Int(parts[1].first ?? 0) - 48
    }
}
