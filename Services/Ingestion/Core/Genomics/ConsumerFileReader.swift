/// Reads what a consumer is given by a laboratory, whichever form it has: an export of an array, and from some VCF or FASTA.
final class ConsumerFileReader: GenomicReader {
    private let people: GenomicPeople
    private let sink: GenomicSink
    private var start: [UInt8] = []
    private var reader: (any GenomicReader)?

    init(_ people: GenomicPeople, _ sink: GenomicSink) {
        self.people = people
        self.sink = sink
    }

    func read(_ text: UnsafeRawBufferPointer) throws {
        if let reader { return try reader.read(text) }
        start.append(contentsOf: text)
        guard start.count >= Self.mark.utf8.count else { return }
        try begin()
    }

    func finish() throws {
        if reader == nil { try begin() }
        try reader?.finish()
    }

    private static let mark = "##fileformat=VCF"

    private func begin() throws {
        let reader: any GenomicReader =
            if start.starts(with: Self.mark.utf8) {
                VariantFeedReader(people, sink)
            } else if start.first == UInt8(ascii: ">") {
                SequenceFeedReader(sink)
            } else {
                ConsumerGenotypeFeedReader(people, sink)
            }
        self.reader = reader
        try start.withUnsafeBytes { try reader.read($0) }
        start = []
    }
}
