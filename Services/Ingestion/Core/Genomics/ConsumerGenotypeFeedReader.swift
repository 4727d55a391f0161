import Contracts
import Domain
import GenomicFormats

/// A consumer's genotypes: chunks of calls of the one person whom the context names. A marker that has no place is noted with its chunk.
final class ConsumerGenotypeFeedReader: GenomicReader {
    private let people: GenomicPeople
    private let sink: GenomicSink
    private let reader = ConsumerExportReader()
    private var chunks: GenotypeChunks?

    init(_ people: GenomicPeople, _ sink: GenomicSink) {
        self.people = people
        self.sink = sink
    }

    func read(_ text: UnsafeRawBufferPointer) throws {
        try reader.push(text) { try take($0) }
    }

    func finish() throws {
        try reader.finish { try take($0) }
        chunks?.flush(isLast: true, sink)
    }

    private func take(_ event: ConsumerExportEvent) throws {
        switch event {
        case .refused(let error): sink.reject(error)
        case .head(let head):
            guard people.context.subject != nil else {
                throw FeedRejection(
                    code: "subject-missing", place: "file",
                    detail: "the file names nobody; say whose genotypes they are")
            }
            chunks = GenotypeChunks(
                try people.sample(named: head.vendor.rawValue), people.context, assembly: head.build?.rawValue ?? "",
                format: .consumerArray, limit: ContractLimits.genotypeCalls)
        case .genotype(let genotype):
            guard let chromosome = genotype.chromosome, let position = genotype.position else {
                chunks?.add(
                    note: FeedRejection(
                        code: "genotype-unplaced", place: "line \(genotype.line)",
                        detail: "the marker has no chromosome and position"), sink)
                return
            }
            chunks?.add(Self.call(genotype, chromosome: chromosome, position: position), sink)
        }
    }

    /// An array tells observed alleles and no reference: they are listed as alternates, in the order of their first sight.
    private static func call(_ genotype: ConsumerGenotype, chromosome: String, position: Int64) -> GenotypeCall {
        var observed: [String] = []
        var alleles: [Int32] = []
        for allele in genotype.alleles {
            guard let allele else {
                alleles.append(-1)
                continue
            }
            if let index = observed.firstIndex(of: allele) {
                alleles.append(Int32(truncatingIfNeeded: index + 1))
            } else {
                observed.append(allele)
                alleles.append(Int32(truncatingIfNeeded: observed.count))
            }
        }
        return GenotypeCall(
            chromosome: chromosome, position: position, end: position, identifier: genotype.identifier,
            alternates: observed, alleles: alleles)
    }
}
