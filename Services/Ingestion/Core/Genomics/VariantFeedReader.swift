import Contracts
import Domain
import GenomicFormats

/// VCF and gVCF: chunks of calls for each sample, and a refusal for each line that the specification does not allow.
///
/// At most ``gatheredCalls`` calls are held at a time, whatever the number of samples.
final class VariantFeedReader: GenomicReader {
    private let people: GenomicPeople
    private let sink: GenomicSink
    private let reader = VCFReader()
    private var chunks: [GenotypeChunks] = []
    private var hasSamples = false
    private var records = 0
    static let gatheredCalls = 1 << 18

    init(_ people: GenomicPeople, _ sink: GenomicSink) {
        self.people = people
        self.sink = sink
    }

    func read(_ text: UnsafeRawBufferPointer) throws {
        try reader.push(text) { try take($0) }
    }

    func finish() throws {
        try reader.finish { try take($0) }
        guard hasSamples else {
            return sink.give(
                .archived(
                    FeedRejection(
                        code: "no-samples", place: "header", detail: "sites without genotypes are about nobody")),
                place: "file")
        }
        for index in chunks.indices { chunks[index].flush(isLast: true, sink) }
    }

    private func take(_ event: VCFEvent) throws {
        switch event {
        case .header(let header): try begin(header)
        case .refused(let error): sink.reject(error)
        case .record(let record):
            records += 1
            guard hasSamples else { return }
            do throws(FeedRejection) {
                try add(record)
            } catch {
                sink.give(.rejected(error), place: error.place)
            }
        }
    }

    private func begin(_ header: VCFHeader) throws(FeedRejection) {
        hasSamples = !header.samples.isEmpty
        let samples = try people.samples(named: header.samples)
        let isGenomic = header.meta.contains { line in
            line.key.hasPrefix("GVCFBlock") || (line.key == "ALT" && (line["ID"] == "NON_REF" || line["ID"] == "*"))
        }
        let limit = max(1, min(ContractLimits.genotypeCalls, Self.gatheredCalls / max(1, samples.count)))
        chunks = samples.map {
            GenotypeChunks(
                $0, people.context, assembly: header.assembly ?? "", format: isGenomic ? .gvcf : .vcf, limit: limit)
        }
    }

    private func add(_ record: VCFRecordView) throws(FeedRejection) {
        let site = try VariantSite(record)
        for sample in chunks.indices {
            var call = site.call
            call.alleles = Array(record.alleles(ofSample: sample))
            call.isPhased = record.isPhased(sample: sample)
            call.phaseSet = record.integer("PS", ofSample: sample)
            call.depth = record.integer("DP", ofSample: sample).flatMap(Int32.init(exactly:)).flatMap {
                $0 < 0 ? nil : $0
            }
            call.quality = record.number("GQ", ofSample: sample).flatMap { $0.isFinite ? $0 : nil }
            if let length = record.integer("LEN", ofSample: sample), length > 0, site.isReferenceBlock {
                call.end = max(call.position, call.position + length - 1)
            }
            chunks[sample].add(call, sink)
        }
    }
}
