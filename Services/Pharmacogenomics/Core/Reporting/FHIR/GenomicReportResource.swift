import Domain
import JSONDocument

/// The DiagnosticReport that leads the Bundle.
struct GenomicReportResource {
    let resources: GenomicsResources
    let patient: EvaluatedPatient

    func json(id: EventID, results: [EventID], tasks: [EventID]) -> JSONObject {
        let time = JSONValue.string(patient.evaluatedAt.iso8601)
        var report: JSONObject = [
            "resourceType": "DiagnosticReport", "id": .string(id.description),
            "meta": ["profile": [.string(GenomicsProfile.report.url)]], "status": .string(resources.status),
            "category": [GenomicsCode.genetics.concept], "code": GenomicsCode.report.concept,
            "subject": resources.person, "effectiveDateTime": time, "issued": time,
            "conclusion": .string(conclusion),
        ]
        report["text"] = [
            "status": "generated",
            "div": .string("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>\(Self.escaped(conclusion))</p></div>"),
        ]
        report.set("result", results.map { GenomicsResources.reference($0) })
        report.set(
            "extension",
            tasks.map {
                [
                    "url": .string(GenomicsProfile.recommendedAction),
                    "valueReference": GenomicsResources.reference($0),
                ]
            } + ReportDocument.disclaimers.map(Self.disclaimer))
        return report
    }

    private static func disclaimer(_ text: String) -> JSONValue {
        [
            "url": .string(GenomicsProfile.reportNote),
            "valueAnnotation": [
                "extension": [
                    [
                        "url": .string(GenomicsProfile.annotationCode),
                        "valueCodeableConcept": GenomicsCode.disclaimer.concept,
                    ]
                ],
                "text": .string(text),
            ],
        ]
    }

    private var conclusion: String {
        func genes(_ isMember: (GenePhenotype) -> Bool) -> [String] {
            patient.phenotypes.filter(isMember).map(\.gene.rawValue)
        }
        let settled = genes { $0.consensus != nil }
        let open = genes { $0.consensus == nil && !$0.outcomes.isEmpty }
        let unmatched = genes { $0.outcomes.isEmpty && $0.call.status == .noMatch }
        let uncalled = genes { $0.outcomes.isEmpty && $0.call.status != .noMatch }
        var parts = ["Pharmacogenomic report by knowledge release \(patient.knowledgeVersion)."]
        for (title, list) in [
            ("Settled", settled), ("Several phenotypes possible", open),
            ("No named alleles fit", unmatched), ("Without a result", uncalled),
        ] where !list.isEmpty {
            parts.append("\(title): \(list.joined(separator: ", ")).")
        }
        for finding in patient.findings where finding.severity == .critical {
            parts.append(
                "Taken now: \(finding.drug): \(AdviceText.conclusion(finding.recommendation))")
        }
        return parts.joined(separator: " ")
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
        return result
    }
}
