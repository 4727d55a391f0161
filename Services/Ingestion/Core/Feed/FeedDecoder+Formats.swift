import FHIR
import JSONDocument

extension FeedDecoder {
    /// The longest submission of a format that is read whole, in bytes.
    public static let wholeLimit = 64 << 20
    /// The longest line of a format of lines, in bytes.
    public static let lineLimit = 16 << 20

    /// The outcomes of a whole submission, in the order of its records. What is not believable is held back.
    public func outcomes(of bytes: [UInt8], as format: FeedFormat) -> [FactOutcome] {
        var outcomes: [FactOutcome] = []
        let stream = stream(format) { outcomes.append($0) }
        bytes.withUnsafeBytes { stream.read($0) }
        stream.finish()
        return outcomes
    }

    /// Reads a submission of any length as it arrives. Outcomes come in the order of the records.
    public func stream(_ format: FeedFormat, onOutcome: @escaping (FactOutcome) -> Void) -> any FeedStream {
        let judged = { onOutcome(self.judged($0)) }
        switch format {
        case .openMHealthLines:
            return LineStream(limit: Self.lineLimit, onOutcome: judged) { line, number, index in
                openMHealth(line: line, number: number, index: index)
            }
        case .apple:
            let reader = AppleHealthReader(context: context, names: names, onOutcome: judged)
            return DirectStream(read: { reader.read($0) }, finish: { reader.finish() })
        case .gpx:
            let reader = GPXReader(context: context, names: names, onOutcome: judged)
            return DirectStream(read: { reader.read($0) }, finish: { reader.finish() })
        case .vcf, .consumerGenotypes, .fasta, .expression, .scoring:
            if let stream = GenomicFeedStream(
                format, context: context, names: names, options: GenomicFeedOptions(context.options), onOutcome: judged)
            {
                return stream
            }
        case .csv, .json:
            guard let mapping else {
                return DirectStream(read: { _ in }, finish: { onOutcome(.unread(Self.noMapping)) })
            }
            let reader = MappingReader(mapping: mapping, context: context, names: names, onOutcome: judged)
            return DirectStream(read: { reader.read($0) }, finish: { reader.finish() })
        case .fhir, .fhirLines, .fhirXML, .hl7v2, .openMHealth, .fitbit, .garmin, .withings, .googleFit: break
        }
        return GatheredStream(limit: Self.wholeLimit, onOutcome: judged) { whole($0, as: format) }
    }

    /// The outcomes of a submission in a format that is read whole.
    private func whole(_ bytes: [UInt8], as format: FeedFormat) -> [FactOutcome] {
        switch format {
        case .fhir: fhir(bytes)
        case .fhirLines: fhir(lines: bytes)
        case .fhirXML: fhir(xml: bytes)
        case .hl7v2: hl7v2(bytes)
        case .openMHealth: openMHealth(bytes)
        case .fitbit, .garmin, .withings, .googleFit:
            VendorReader(context: context, names: names).outcomes(of: bytes, file: context.options["file"] ?? "")
        case .openMHealthLines, .apple, .gpx, .csv, .json, .vcf, .consumerGenotypes, .fasta, .expression, .scoring: []
        }
    }

    private static let noMapping = FeedRejection(
        code: "mapping-missing", place: "",
        detail: "name a mapping of this deployment; the format says nothing by itself")

    /// FHIR R4 XML: a Bundle of any type, or one resource.
    public func fhir(xml bytes: [UInt8]) -> [FactOutcome] {
        let reading = FHIRXML.read(bytes)
        let errors = reading.issues.filter { $0.severity == .error }
        guard errors.isEmpty, let resource = reading.resource else {
            let unknown = FeedRejection(code: "not-a-resource", place: "", detail: "must be a resource of FHIR R4")
            return [.unread(FHIRStructure.rejection(of: errors) ?? unknown)]
        }
        return fhir(resource)
    }
}

extension FeedFormat {
    /// True when a file of the format is read as it arrives, in flat memory.
    public var isStreamed: Bool {
        switch self {
        case .openMHealthLines, .apple, .gpx, .vcf, .consumerGenotypes, .fasta, .expression, .scoring, .csv, .json: true
        case .fhir, .fhirLines, .fhirXML, .hl7v2, .openMHealth, .fitbit, .garmin, .withings, .googleFit: false
        }
    }
}

extension GenomicFeedOptions {
    /// What a sender has declared: `cohort`, `tissue`, `orientation` (`genes-by-samples`, `samples-by-genes`) and `unit`.
    init(_ options: [String: String]) {
        self.init(cohort: options["cohort"] ?? "", tissue: options["tissue"] ?? "")
        if options["orientation"] == "samples-by-genes" { expression.orientation = .samplesByGenes }
        if let unit = options["unit"] { expression.unit = unit }
    }
}
