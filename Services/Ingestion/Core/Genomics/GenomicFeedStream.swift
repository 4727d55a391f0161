import Domain
import GenomicFormats
import JSONDocument

/// Reads one genomic file in pieces, compressed or not, and hands on its outcomes as they are known.
///
/// VCF and consumer exports give an outcome for each chunk of a sample's calls and for each line that is refused; expression matrices for each
/// chunk of a sample; scoring files for each chunk of weights; FASTA for each sequence, which is archived. Memory is flat but for what each
/// reader documents.
public final class GenomicFeedStream: FeedStream {
    private let stream = GenomicStream()
    private let reader: any GenomicReader
    private let sink: GenomicSink
    private var isBroken = false

    /// A stream of one file; nil for formats that are not genomic.
    public init?(
        _ format: FeedFormat, context: FeedContext, names: any PersonNaming,
        options: GenomicFeedOptions = GenomicFeedOptions(), onOutcome: @escaping (FactOutcome) -> Void
    ) {
        let sink = GenomicSink(type: format.rawValue, onOutcome: onOutcome)
        let people = GenomicPeople(context: context, names: names)
        switch format {
        case .vcf: reader = VariantFeedReader(people, sink)
        case .consumerGenotypes: reader = ConsumerFileReader(people, sink)
        case .fasta: reader = SequenceFeedReader(sink)
        case .expression: reader = ExpressionFeedReader(people, sink, options)
        case .scoring: reader = ScoreFeedReader(context, sink)
        default: return nil
        }
        self.sink = sink
    }

    /// Reads the next bytes.
    public func read(_ bytes: UnsafeRawBufferPointer) {
        guard !isBroken else { return }
        guarded { try stream.push(bytes) { try reader.read($0) } }
    }

    /// Ends the submission.
    public func finish() {
        guard !isBroken else { return }
        guarded {
            try stream.finish { try reader.read($0) }
            try reader.finish()
        }
    }

    /// What cannot be read on is refused from there: the rest of the file has no outcome of its own.
    private func guarded(_ body: () throws -> Void) {
        do {
            try body()
        } catch let error as GenomicFormatError {
            isBroken = true
            sink.reject(error)
        } catch let error as FeedRejection {
            isBroken = true
            sink.give(.rejected(error), place: error.place)
        } catch {
            isBroken = true
            sink.give(
                .rejected(FeedRejection(code: "unreadable", place: "", detail: "the file could not be read")), place: ""
            )
        }
    }
}

/// Reads the text of one file of a format.
protocol GenomicReader: AnyObject {
    func read(_ text: UnsafeRawBufferPointer) throws
    func finish() throws
}

/// Numbers the outcomes of one file and hands them on.
final class GenomicSink {
    private let type: String
    private let onOutcome: (FactOutcome) -> Void
    private(set) var count = 0

    init(type: String, onOutcome: @escaping (FactOutcome) -> Void) {
        self.type = type
        self.onOutcome = onOutcome
    }

    func give(_ verdict: FactOutcome.Verdict, place: String, notes: [FeedRejection] = []) {
        onOutcome(
            FactOutcome(
                index: count, place: place, type: type, verdict: verdict, notes: notes, source: PHI(.null)))
        count += 1
    }

    func reject(_ error: GenomicFormatError) {
        give(.rejected(FeedRejection(error)), place: error.place)
    }
}

extension FeedRejection {
    /// The refusal of a line or file of a genomic format.
    init(_ error: GenomicFormatError) {
        self.init(code: error.code, place: error.place, detail: error.detail)
    }
}

/// Whom a genomic file is about: the context's subject, or the persons that its samples are named for.
struct GenomicPeople {
    let context: FeedContext
    let names: any PersonNaming

    /// A sample's person and opaque name.
    struct Sample {
        let person: PatientPseudonym
        let name: String
    }

    /// The people of the samples of a file. One sample may be anybody's; several are known by their names alone.
    func samples(named names: [String]) throws(FeedRejection) -> [Sample] {
        guard context.subject == nil || names.count == 1 else {
            throw FeedRejection(
                code: "subject-ambiguous", place: "samples", detail: "a file about one person must hold one sample")
        }
        var samples: [Sample] = []
        for name in names { samples.append(try sample(named: name)) }
        return samples
    }

    func sample(named name: String) throws(FeedRejection) -> Sample {
        let id = context.subject?.reveal() ?? name
        guard (1...1_024).contains(id.utf8.count), (1...1_024).contains(name.utf8.count),
            id.utf8.allSatisfy({ $0 >= 0x20 })
        else {
            throw FeedRejection(
                code: "subject-missing", place: "samples", detail: "a sample's name must have 1 to 1024 bytes of text")
        }
        do {
            return Sample(
                person: try names.pseudonym(of: PHI(SubjectIdentifier(system: context.patientSystem, value: id))),
                name: try names.opaqueName(of: PHI(SubjectIdentifier(system: context.source, value: "sample:\(name)"))))
        } catch {
            throw FeedRejection(
                code: "pseudonym-failed", place: "samples", detail: "the pseudonym could not be computed; send it again"
            )
        }
    }
}
