public import JSONDocument

/// One decision support service as discovery shows it (CDS Hooks 2.0, Discovery).
public struct CDSServiceDescription: Sendable, Hashable {
    /// The last part of the service's address.
    public let id: String
    /// When it is to be asked.
    public let hook: CDSHook
    /// Its name for people.
    public let title: String
    /// What it does.
    public let summary: String
    /// The queries whose results the client is asked to send along, by key.
    public let prefetch: [String: String]
    /// What works without what.
    public let usageRequirements: String

    /// The prefetch key of prescriptions.
    public static let requestsKey = "medicationRequests"
    /// The prefetch key of what is said to be taken.
    public static let statementsKey = "medicationStatements"

    /// The services, one for each hook.
    public static let all: [CDSServiceDescription] = CDSHook.allCases.map { CDSServiceDescription($0) }

    private static let medicationQueries = [
        requestsKey: "MedicationRequest?patient={{context.patientId}}&status=active",
        statementsKey: "MedicationStatement?patient={{context.patientId}}&status=active",
    ]

    private init(_ hook: CDSHook) {
        id = "vitalstream-pgx-\(hook.rawValue)"
        self.hook = hook
        prefetch = Self.medicationQueries
        switch hook {
        case .orderSelect:
            title = "Pharmacogenomics of selected orders"
            summary =
                "Compares the selected medication orders with the person's pharmacogenes and co-medication, by CPIC, DPWG and FDA."
        case .orderSign:
            title = "Pharmacogenomics before signing"
            summary =
                "Compares every medication order of the session with the person's pharmacogenes and co-medication, by CPIC, DPWG and FDA."
        case .patientView:
            title = "Pharmacogenomics of current medication"
            summary =
                "Names the active medications whose recommended action differs from standard dosing for the person's pharmacogenes."
        }
        usageRequirements =
            "Answers from the genotypes and medications that reached the service. Without the prefetched medications, co-medication known to the client alone is not reckoned with. No FHIR server is called."
    }

    /// The service of this id; nil when there is none.
    public static func service(_ id: some StringProtocol) -> CDSServiceDescription? {
        all.first { $0.id == id }
    }

    /// The answer to `GET /cds-services`.
    public static var discovery: JSONValue { ["services": .array(all.map(\.json))] }

    /// The service as discovery writes it.
    public var json: JSONValue {
        var queries = JSONObject()
        for (key, query) in prefetch.sorted(by: { $0.key < $1.key }) { queries[key] = .string(query) }
        return [
            "hook": .string(hook.rawValue), "title": .string(title), "description": .string(summary),
            "id": .string(id), "prefetch": .object(queries), "usageRequirements": .string(usageRequirements),
        ]
    }
}
