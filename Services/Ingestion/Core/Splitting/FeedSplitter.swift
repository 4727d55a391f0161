/// Cuts a long submission, as it arrives, into shorter ones that say the same record by record, so that each can be made durable by itself and
/// none has to be held whole.
public protocol FeedSplitter {
    /// Takes the next bytes; the submissions that are complete by now.
    mutating func split(_ bytes: some Collection<UInt8>) throws(FeedRejection) -> [[UInt8]]
    /// Ends the long submission; what is left of it, or nil.
    mutating func finish() throws(FeedRejection) -> [UInt8]?
}

extension FeedFormat {
    /// A splitter into submissions of about `size` bytes; nil for formats whose records hang together.
    public func splitter(size: Int) -> (any FeedSplitter)? {
        switch self {
        case .fhirLines, .openMHealthLines: LineSplitter(size: size, repeatsFirstLine: false)
        case .csv: LineSplitter(size: size, repeatsFirstLine: true)
        case .apple: XMLChildSplitter(size: size)
        case .fhir, .fhirXML, .hl7v2, .openMHealth, .fitbit, .garmin, .withings, .googleFit, .gpx, .json, .vcf,
            .consumerGenotypes, .fasta, .expression, .scoring:
            nil
        }
    }
}
