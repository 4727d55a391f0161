import Contracts
import Domain

/// Gathers the calls of one sample into chunks that an event carries.
struct GenotypeChunks {
    private let sample: GenomicPeople.Sample
    private let context: FeedContext
    private let assembly: String
    private let limit: Int
    var format: GenotypesRecorded.Format
    private var calls: [GenotypeCall] = []
    private var notes: [FeedRejection] = []
    private var budget = ChunkBudget()
    private var submission: EventID?
    private var chunk: Int32 = 0
    private static let notesLimit = 1_000

    init(
        _ sample: GenomicPeople.Sample, _ context: FeedContext, assembly: String, format: GenotypesRecorded.Format,
        limit: Int
    ) {
        self.sample = sample
        self.context = context
        self.assembly = assembly
        self.format = format
        self.limit = limit
    }

    /// Adds a call; hands on the chunk before it when that is full.
    mutating func add(_ call: GenotypeCall, _ sink: GenomicSink) {
        if calls.count >= limit || !budget.admits(call) {
            flush(isLast: false, sink)
            _ = budget.admits(call)
        }
        calls.append(call)
    }

    /// Adds the reason why a marker gave no call; it goes with the chunk.
    mutating func add(note: FeedRejection, _ sink: GenomicSink) {
        if notes.count >= Self.notesLimit { flush(isLast: false, sink) }
        notes.append(note)
    }

    /// Hands on what is gathered; the last chunk comes even when it is empty.
    mutating func flush(isLast: Bool, _ sink: GenomicSink) {
        var content: [String] = [assembly, format.rawValue, String(chunk), isLast ? "last" : ""]
        content.reserveCapacity(calls.count + 4)
        for call in calls { content.append(call.identityText) }
        // The submission is known by its first chunk: the rest of the file is not read yet.
        let submission =
            submission
            ?? FactIdentity.fact(
                "genotype-submission", source: context.source, patient: sample.person, record: sample.name, content)
        self.submission = submission
        let event = GenotypesRecorded(
            eventID: FactIdentity.fact(
                "genotypes", source: context.source, patient: sample.person, record: sample.name,
                [submission.description] + content),
            patient: sample.person, sampleID: sample.name, assembly: assembly, format: format,
            submissionID: submission, chunk: chunk, isLastChunk: isLast, calls: calls, resourceID: sample.name,
            source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
            producedAt: context.receivedAt)
        sink.give(.facts([.genotypes(event)]), place: "\(sample.place).chunk[\(chunk)]", notes: notes)
        chunk += 1
        calls.removeAll(keepingCapacity: true)
        notes.removeAll()
        budget = ChunkBudget()
    }
}

extension GenomicPeople.Sample {
    /// What outcomes call a sample: its opaque name.
    var place: String { "sample[\(name)]" }
}

extension GenotypeCall {
    /// Everything that the call tells, for its identity.
    fileprivate var identityText: String {
        let numbers = alleles.map { String($0) }.joined(separator: isPhased ? "|" : "/")
        let parts: [String] = [
            chromosome, String(position), String(end), identifier, reference, alternates.joined(separator: ","),
            numbers,
            phaseSet.map { String($0) } ?? "", depth.map { String($0) } ?? "", quality.map { String($0) } ?? "", filter,
            siteQuality.map { String($0) } ?? "",
        ]
        return parts.joined(separator: "\t")
    }
}
