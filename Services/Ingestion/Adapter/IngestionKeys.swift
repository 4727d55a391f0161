import IngestionCore
public import ServiceKit

/// The settings that Ingestion adds to the fleet's own.
public enum IngestionKeys {
    /// `ingestion.body-limit`
    public static let bodyLimit = ConfigurationKey.bytes(
        "ingestion.body-limit", default: 16 << 20, in: 1024...(64 << 20), "The longest body of an HTTP request.")
    /// `ingestion.patient-system`
    public static let patientSystem = ConfigurationKey.text(
        "ingestion.patient-system", default: FeedContext.sharedPatientSystem,
        "The id space of the feeds' own patient ids. Deployments whose ids mean different people must differ in it.")
    /// `ingestion.archive`
    public static let archive = ConfigurationKey.choice(
        "ingestion.archive", default: ArchiveScope.ehr,
        "Whose sources are kept, encrypted, in MongoDB (needs mongo.uri): those of health records, all, or none.")

    /// `ingestion.mappings`
    public static let mappings = ConfigurationKey.text(
        "ingestion.mappings", default: "",
        "A folder of mappings (*.yaml) that CSV and free JSON are read by, each named as its file; empty for none.")
    /// `ingestion.fhir.strict`
    public static let strict = ConfigurationKey.boolean(
        "ingestion.fhir.strict", default: false,
        "true: FHIR is checked as HL7's validator does it (known extensions, no example URLs, vital signs by profile); false: by the specification."
    )
    /// `ingestion.consent.default`
    public static let unconsented = ConfigurationKey.choice(
        "ingestion.consent.default", default: ConsentPolicy.Default.permit,
        "What holds for a person who has decided nothing about a fact: permit takes it, require holds it back.")
    /// `ingestion.consent.purposes`
    public static let purposes = ConfigurationKey.text(
        "ingestion.consent.purposes", default: "",
        "What this deployment uses data for, as codes of v3 PurposeOfUse (TREAT,HRESCH); empty: rules for any purpose hold."
    )

    /// The fleet's settings and these.
    public static let table = ConfigurationTable.standard(
        adding: own + AuthorizationKeys.all + MLLPKeys.all)
    private static let own: [any ConfigurationEntry] = [
        bodyLimit, patientSystem, archive, mappings, strict, unconsented, purposes,
    ]

    /// How consents are followed.
    static func consentPolicy(_ configuration: ServiceConfiguration) -> ConsentPolicy {
        ConsentPolicy(
            unconsented: configuration.value(unconsented),
            purposes: Set(configuration.value(purposes).split(separator: ",").map { String($0) }))
    }
}
