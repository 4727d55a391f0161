import Contracts
import Domain
import GenomicFormats

/// Polygenic scoring files: the score in chunks of weights. A score of which one line cannot be taken is refused as a whole, with every reason:
/// without that line it would be another score.
///
/// The text is held until its end, up to ``heldBytes``, and read twice: once to judge, once to tell.
final class ScoreFeedReader: GenomicReader {
    private let context: FeedContext
    private let sink: GenomicSink
    private var text: [UInt8] = []
    static let heldBytes = 512 << 20

    init(_ context: FeedContext, _ sink: GenomicSink) {
        self.context = context
        self.sink = sink
    }

    func read(_ piece: UnsafeRawBufferPointer) throws {
        guard text.count + piece.count <= Self.heldBytes else {
            throw FeedRejection(
                code: "too-large", place: "file", detail: "a scoring file may have \(Self.heldBytes) bytes of text")
        }
        text.append(contentsOf: piece)
    }

    func finish() throws {
        var head: ScoringFileHead?
        var refusals = 0
        var weights = 0
        // A hash over hashes, so that no text as long as the file is built.
        var digest = EventID.hashing("ingested.score-text", context.source)
        try forEachEvent { event in
            switch event {
            case .head(let found): head = found
            case .refused(let error):
                refusals += 1
                sink.reject(error)
            case .weight(let weight):
                weights += 1
                digest = EventID.hashing("ingested.score-weight", digest.description, weight.identityText)
            }
        }
        guard let head, let identifier = head.identifier, !identifier.isEmpty,
            [identifier, head.name, head.trait, head.weightType].allSatisfy({ $0.utf8.count <= FactText.limit })
        else {
            throw FeedRejection(code: "scoring-identifier", place: "head", detail: "must state #pgs_id or #pgs_name")
        }
        guard refusals == 0 else {
            throw FeedRejection(
                code: "scoring-incomplete", place: "file",
                detail: "\(refusals) line(s) cannot be taken, so the score is not")
        }
        guard weights > 0 else {
            throw FeedRejection(code: "scoring-empty", place: "file", detail: "holds no weights")
        }
        try tell(head, identifier, EventID.hashing("ingested.score", digest.description, identifier))
    }

    private func tell(_ head: ScoringFileHead, _ identifier: String, _ submission: EventID) throws {
        var weights: [VariantWeight] = []
        var budget = ChunkBudget()
        var chunk: Int32 = 0
        func flush(isLast: Bool) {
            let event = PolygenicScoreDefined(
                eventID: EventID.hashing("ingested.score-chunk", submission.description, String(chunk)),
                scoreID: identifier, name: head.name, trait: head.trait, assembly: head.build?.rawValue ?? "",
                weightType: head.weightType, submissionID: submission, chunk: chunk, isLastChunk: isLast,
                weights: weights, source: context.source, receivedAt: context.receivedAt,
                modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt)
            sink.give(.facts([.score(event)]), place: "chunk[\(chunk)]")
            weights.removeAll(keepingCapacity: true)
            budget = ChunkBudget()
            chunk += 1
        }
        try forEachEvent { event in
            guard case .weight(let weight) = event else { return }
            let entry = VariantWeight(weight)
            if !budget.admits(entry) {
                flush(isLast: false)
                _ = budget.admits(entry)
            }
            weights.append(entry)
        }
        flush(isLast: true)
    }

    private func forEachEvent(_ body: (ScoringFileEvent) throws -> Void) throws {
        let reader = ScoringFileReader()
        try text.withUnsafeBytes { try reader.push($0, body) }
        try reader.finish(body)
    }
}

extension VariantWeight {
    fileprivate init(_ weight: ScoringWeight) {
        self.init(
            chromosome: weight.chromosome ?? "", position: weight.position, identifier: weight.identifier,
            effectAllele: weight.effectAllele, otherAllele: weight.otherAllele, weight: weight.weight,
            model: weight.model == .dominant ? .dominant : weight.model == .recessive ? .recessive : .additive)
    }
}

extension ScoringWeight {
    /// Everything that the weight tells, for the identity of its score.
    fileprivate var identityText: String {
        "\(chromosome ?? "")\t\(position.map(String.init) ?? "")\t\(identifier)\t\(effectAllele)\t\(otherAllele)\t\(weight)\t\(model.rawValue)"
    }
}
