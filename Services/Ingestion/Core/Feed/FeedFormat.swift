import Contracts

/// The formats that Ingestion reads. The raw value is the name in the offline commands, in the path of `POST /v1/feeds/{format}` and in the
/// header `vitalstream-format`.
public enum FeedFormat: String, Sendable, CaseIterable {
    /// FHIR R4 JSON: a Bundle of any type, or one resource.
    case fhir
    /// FHIR R4 bulk data: one resource a line.
    case fhirLines = "fhir-ndjson"
    /// FHIR R4 XML: a Bundle of any type, or one resource.
    case fhirXML = "fhir-xml"
    /// HL7 v2.3 to 2.8 in ER7: a message, or a batch or file of them.
    case hl7v2
    /// Open mHealth and IEEE 1752.1: a data point, or an array of them.
    case openMHealth = "omh"
    /// Open mHealth and IEEE 1752.1: a data point a line.
    case openMHealthLines = "omh-ndjson"
    /// Apple Health's export.xml.
    case apple
    /// Fitbit: files of an account export, and answers of the Web API.
    case fitbit
    /// Garmin: wellness summaries and workouts.
    case garmin
    /// Withings: answers of the API.
    case withings
    /// Google Fit: data sets and aggregates.
    case googleFit = "google-fit"
    /// GPX tracks with heart rate.
    case gpx
    /// Comma-separated values by a mapping.
    case csv
    /// Any JSON by a mapping.
    case json
    /// VCF 4.1 to 4.5 and gVCF.
    case vcf
    /// A consumer's genotypes: 23andMe, AncestryDNA and their like.
    case consumerGenotypes = "dtc"
    /// FASTA.
    case fasta
    /// Expression, genes by samples.
    case expression
    /// A scoring file of the PGS Catalog.
    case scoring

    /// The raw feed that carries records of this format.
    public enum Feed: Sendable {
        case ehr, hl7v2, wearable, genomics
    }

    /// The raw feed that carries records of this format.
    public var feed: Feed {
        switch self {
        case .fhir, .fhirLines, .fhirXML: .ehr
        case .hl7v2: .hl7v2
        case .openMHealth, .openMHealthLines, .apple, .fitbit, .garmin, .withings, .googleFit, .gpx, .csv, .json:
            .wearable
        case .vcf, .consumerGenotypes, .fasta, .expression, .scoring: .genomics
        }
    }

    /// The raw feed's topic.
    public var topic: String {
        switch feed {
        case .ehr: Topic.ehrFeed
        case .hl7v2: Topic.hl7v2Feed
        case .wearable: Topic.wearableFeed
        case .genomics: Topic.genomicsFeed
        }
    }

    /// What `topic` carries as a rule; nil when it is no raw feed.
    public init?(defaultOf topic: String) {
        switch topic {
        case Topic.ehrFeed: self = .fhir
        case Topic.hl7v2Feed: self = .hl7v2
        case Topic.wearableFeed: self = .openMHealth
        case Topic.genomicsFeed: self = .vcf
        default: return nil
        }
    }
}
