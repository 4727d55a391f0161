import Contracts
import Domain
import GenomicFormats

/// Expression matrices: a profile for each sample, in chunks.
///
/// Samples by genes are read row by row. Genes by samples are turned round in memory, up to ``heldValues`` values (8 bytes each); a larger
/// matrix must be sent samples by genes, or in parts. A missing value leaves its gene out of the profile: what is not listed is not known.
final class ExpressionFeedReader: GenomicReader {
    private let people: GenomicPeople
    private let sink: GenomicSink
    private let options: GenomicFeedOptions
    private let reader: ExpressionMatrixReader
    private var columns: [String] = []
    private var told = 0
    private var genes: [String] = []
    /// Genes by samples, NaN for missing.
    private var values: [Double] = []
    static let heldValues = 32 << 20

    init(_ people: GenomicPeople, _ sink: GenomicSink, _ options: GenomicFeedOptions) {
        self.people = people
        self.sink = sink
        self.options = options
        reader = ExpressionMatrixReader(form: options.expression)
    }

    func read(_ text: UnsafeRawBufferPointer) throws {
        try reader.push(text) { try take($0) }
    }

    func finish() throws {
        try reader.finish { try take($0) }
        guard options.expression.orientation == .genesBySamples else { return }
        let samples = try people.samples(named: columns)
        for (column, sample) in samples.enumerated() {
            var profile = Profile()
            for (row, gene) in genes.enumerated() {
                let value = values[row * columns.count + column]
                if !value.isNaN { profile.add(gene, value) }
            }
            give(profile, of: sample)
        }
    }

    private func take(_ event: ExpressionMatrixEvent) throws {
        switch event {
        case .columns(let names):
            columns = names
            // Whose samples they are must be sayable before the rest is read.
            if options.expression.orientation == .genesBySamples { _ = try people.samples(named: names) }
        case .refused(let error): sink.reject(error)
        case .row(let name, let row, let line):
            guard name.utf8.count <= FactText.limit else {
                let reason = FeedRejection(
                    code: "text-too-long", place: "line \(line)",
                    detail: "a text in an event may have \(FactText.limit) bytes")
                return sink.give(.rejected(reason), place: reason.place)
            }
            if options.expression.orientation == .genesBySamples {
                guard values.count + row.count <= Self.heldValues else {
                    throw FeedRejection(
                        code: "expression-too-large", place: "line \(line)",
                        detail: "a matrix of genes by samples may have \(Self.heldValues) values; send samples by genes"
                    )
                }
                genes.append(name)
                for value in row { values.append(value ?? .nan) }
            } else {
                var profile = Profile()
                for (gene, value) in zip(columns, row) {
                    if let value { profile.add(gene, value) }
                }
                do throws(FeedRejection) {
                    guard people.context.subject == nil || told == 0 else {
                        throw FeedRejection(
                            code: "subject-ambiguous", place: "line \(line)",
                            detail: "a file about one person must hold one sample")
                    }
                    let sample = try people.sample(named: name)
                    told += 1
                    give(profile, of: sample)
                } catch {
                    sink.give(.rejected(error), place: "line \(line)")
                }
            }
        }
    }

    private struct Profile {
        var genes: [String] = []
        var values: [Double] = []

        mutating func add(_ gene: String, _ value: Double) {
            genes.append(gene)
            values.append(value)
        }
    }

    private func give(_ profile: Profile, of sample: GenomicPeople.Sample) {
        var content = [options.expression.unit, options.cohort, options.tissue]
        content.reserveCapacity(profile.genes.count * 2 + 3)
        for (gene, value) in zip(profile.genes, profile.values) { content += [gene, String(value)] }
        let context = people.context
        let submission = FactIdentity.fact(
            "expression-submission", source: context.source, patient: sample.person, record: sample.name, content)
        var start = 0
        var chunk: Int32 = 0
        repeat {
            var budget = ChunkBudget()
            var end = start
            while end < profile.genes.count, budget.admits(gene: profile.genes[end]) { end += 1 }
            let event = ExpressionMeasured(
                eventID: EventID.hashing("ingested.expression", submission.description, String(chunk)),
                patient: sample.person, sampleID: sample.name, cohort: options.cohort, tissue: options.tissue,
                unit: options.expression.unit, geneSystem: Self.system(of: profile.genes), submissionID: submission,
                chunk: chunk, isLastChunk: end == profile.genes.count, isSparse: false,
                genes: Array(profile.genes[start..<end]), values: Array(profile.values[start..<end]),
                resourceID: sample.name, source: context.source, receivedAt: context.receivedAt,
                modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt)
            sink.give(.facts([.expression(event)]), place: "\(sample.place).chunk[\(chunk)]")
            start = end
            chunk += 1
        } while start < profile.genes.count
    }

    /// Ensembl ids are told by their form; everything else is not guessed.
    private static func system(of genes: [String]) -> ExpressionMeasured.GeneSystem {
        !genes.isEmpty
            && genes.allSatisfy {
                $0.hasPrefix("ENS") && $0.utf8.count > 10 && $0.utf8.contains(where: { (48...57).contains($0) })
            } ? .ensembl : .unknown
    }
}
