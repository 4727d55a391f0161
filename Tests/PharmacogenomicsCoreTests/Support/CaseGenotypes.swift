import Foundation

@testable import PharmacogenomicsCore

/// Reads the case files (one sample, GRCh38, GT and PS, no gVCF) without the service's own intake, so that calling is
/// tested by itself.
enum CaseGenotypes {
    /// The sample of a case file.
    static func read(_ bytes: [UInt8], catalog: GeneCatalog, sex: Sex? = nil) -> SampleGenotypes {
        var sample = SampleGenotypes(sampleID: "case", sex: sex, siteCount: catalog.siteCount)
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) where line.first != "#" {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 10, let position = Int64(fields[1]) else { continue }
            for site in catalog.sites(chromosome: fields[0], position: position, build: .grch38) {
                let known = catalog.positions[site]
                guard known.reference == fields[3], sample.sites[site].isMissing else { continue }
                read(fields, site: site, known: known, into: &sample)
            }
        }
        return sample
    }

    private static func read(
        _ fields: [String], site: Int, known: DefinitionPosition, into sample: inout SampleGenotypes
    ) {
        let alleles = [fields[3]] + (fields[4] == "." ? [] : fields[4].split(separator: ",").map(String.init))
        let format = fields[8].split(separator: ":")
        let values = fields[9].split(separator: ":")
        guard let index = format.firstIndex(of: "GT"), index < values.count else { return }
        let genotype = values[index]
        let isPhased = !genotype.contains("/")
        let codes = genotype.split(whereSeparator: { $0 == "/" || $0 == "|" }).map { text -> Int8 in
            guard let number = Int(text), number < alleles.count else { return SiteCall.unknown }
            if alleles[number].hasPrefix("<") { return SiteCall.unknown }
            if let code = known.alleles.firstIndex(of: alleles[number]) { return Int8(code) }
            sample.novel.append(NovelAllele(site: site, bases: alleles[number]))
            return SiteCall.novel
        }
        guard let first = codes.first else { return }
        var call = SiteCall(first: first, second: codes.count > 1 ? codes[1] : SiteCall.absent)
        call.isPhased = isPhased && codes.count > 1
        if let set = format.firstIndex(of: "PS"), set < values.count, let number = Int32(values[set]) {
            call.phaseSet = number
        }
        sample.sites[site] = call
    }
}
