import Contracts
import GenomicFormats

/// What all samples of a record share.
struct VariantSite {
    /// A call without a genotype.
    let call: GenotypeCall
    /// True when the record is a block of a gVCF.
    let isReferenceBlock: Bool

    /// The site of a record.
    ///
    /// - Throws: `text-too-long`, `too-many-alleles` or `genotype-without-alternate` for what an event cannot carry.
    init(_ record: VCFRecordView) throws(FeedRejection) {
        let place = "line \(record.line)"
        let reference = record.reference
        let alternates = record.alternates
        let identifier = record.identifier
        let filter = record.filter
        guard alternates.count <= ContractLimits.listEntries else {
            throw FeedRejection(
                code: "too-many-alleles", place: "\(place), ALT",
                detail: "an event carries \(ContractLimits.listEntries) alternate alleles")
        }
        guard ([reference, identifier, filter] + alternates).allSatisfy({ $0.utf8.count <= FactText.limit }) else {
            throw FeedRejection(
                code: "text-too-long", place: place, detail: "a text in an event may have \(FactText.limit) bytes")
        }
        for sample in 0..<record.sampleCount {
            let alleles = record.alleles(ofSample: sample)
            guard alleles.count <= ContractLimits.listEntries else {
                throw FeedRejection(
                    code: "too-many-alleles", place: "\(place), sample \(sample + 1) GT",
                    detail: "an event carries \(ContractLimits.listEntries) alleles of a genotype")
            }
            guard alleles.allSatisfy({ Int($0) <= alternates.count }) else {
                throw FeedRejection(
                    code: "genotype-without-alternate", place: "\(place), sample \(sample + 1) GT",
                    detail: "names an alternate allele that ALT does not tell")
            }
        }
        isReferenceBlock = alternates.contains("<*>") || alternates.contains("<NON_REF>")
        call = GenotypeCall(
            chromosome: Self.chromosome(record.chromosome), position: record.position,
            end: Self.end(record, reference: reference, alternates: alternates),
            identifier: identifier == "." ? "" : identifier, reference: reference.uppercased(), alternates: alternates,
            filter: filter == "." ? "" : filter, siteQuality: record.quality.flatMap { $0.isFinite ? $0 : nil })
    }

    /// Events name chromosomes without `chr`, and the mitochondrion MT.
    static func chromosome(_ name: String) -> String {
        var name = name
        if name.hasPrefix("<"), name.hasSuffix(">") { name = String(name.dropFirst().dropLast()) }
        guard name.hasPrefix("chr"), name.utf8.count > 3 else { return name == "M" ? "MT" : name }
        let short = String(name.dropFirst(3))
        return short == "M" ? "MT" : short
    }

    /// END when it is stated, else what SVLEN says of a symbolic allele, else the end of REF.
    private static func end(_ record: VCFRecordView, reference: String, alternates: [String]) -> Int64 {
        let ofReference = max(record.position, record.position + Int64(reference.utf8.count) - 1)
        if let stated = record.info("END").flatMap(Int64.init), stated >= record.position { return stated }
        let spans = ["<DEL", "<DUP", "<INV", "<CNV"]
        if alternates.contains(where: { allele in spans.contains { allele.hasPrefix($0) } }),
            let lengths = record.info("SVLEN")
        {
            let longest = lengths.split(separator: ",").compactMap { Int64($0)?.magnitude }.max() ?? 0
            return max(ofReference, record.position + Int64(clamping: min(longest, 1 << 40)))
        }
        return ofReference
    }
}
