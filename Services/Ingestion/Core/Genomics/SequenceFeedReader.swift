import GenomicFormats

/// FASTA: every sequence is checked and archived; no fact is made of it.
final class SequenceFeedReader: GenomicReader {
    private let sink: GenomicSink
    private let reader = FASTAReader()

    init(_ sink: GenomicSink) {
        self.sink = sink
    }

    func read(_ text: UnsafeRawBufferPointer) throws {
        try reader.push(text) { take($0) }
    }

    func finish() throws {
        try reader.finish { take($0) }
    }

    private func take(_ event: FASTAEvent) {
        switch event {
        case .refused(let error): sink.reject(error)
        case .sequence(let sequence):
            let place = "sequence[\(sink.count)]"
            sink.give(
                .archived(
                    FeedRejection(
                        code: "sequence-archived", place: place,
                        detail:
                            "\(sequence.length) letters, \(sequence.lineBases) a line; no fact is made of a sequence")),
                place: place)
        }
    }
}
