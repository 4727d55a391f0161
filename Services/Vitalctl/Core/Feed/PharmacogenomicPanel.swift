/// The pharmacogenomic panel of a generated person, as a laboratory would send it: a gVCF on GRCh38 with the variants that the person carries
/// and blocks of reference between them.
///
/// Haplotypes are drawn independently for each gene. Their definitions are CPIC's (positions as in dbSNP); their shares are round figures, not
/// epidemiology.
struct PharmacogenomicPanel: Sendable {
    /// A stretch that the panel covers, and what is drawn in it.
    struct Region: Sendable {
        let chromosome: String
        let first: Int
        let last: Int
        let haplotypes: [Haplotype]
    }

    /// Variants that are inherited together.
    struct Haplotype: Sendable {
        let share: Double
        let variants: [Variant]
    }

    /// One difference from the reference.
    struct Variant: Sendable, Equatable {
        let position: Int
        let identifier: String
        let reference: String
        let alternate: String
    }

    private static let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"

    /// The gVCF of a person, all heterozygous calls unphased. Males have one copy of X.
    static func gVCF(of profile: PersonProfile, random: inout SeededGenerator) -> [UInt8] {
        var text = """
            ##fileformat=VCFv4.2
            ##reference=GRCh38
            ##ALT=<ID=NON_REF,Description="Any allele that was not seen">
            ##FILTER=<ID=PASS,Description="All filters passed">
            ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">
            ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">
            ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
            ##INFO=<ID=END,Number=1,Type=Integer,Description="Last position of the block">
            ##GVCFBlock0-99=minGQ=0(inclusive),maxGQ=99(inclusive)

            """
        for chromosome in orderedChromosomes {
            text += "##contig=<ID=\(chromosome),assembly=GRCh38>\n"
        }
        text += columns + profile.id + "\n"
        for region in regions { write(region, isMale: profile.gender == "male", &text, &random) }
        return Array(text.utf8)
    }

    private static var orderedChromosomes: [String] {
        regions.map(\.chromosome).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    private static func write(
        _ region: Region, isMale: Bool, _ text: inout String, _ random: inout SeededGenerator
    ) {
        let copies = isMale && region.chromosome == "chrX" ? 1 : 2
        let drawn = (0..<copies).map { _ in draw(region.haplotypes, &random) }
        let sites = region.haplotypes.flatMap(\.variants).reduce(into: [Variant]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        var next = region.first
        for site in sites.sorted(by: { $0.position < $1.position }) {
            let alleles = drawn.map { $0.contains(site) ? "1" : "0" }
            guard alleles.contains("1") else { continue }
            block(region.chromosome, next, site.position - 1, copies, &text)
            text += "\(region.chromosome)\t\(site.position)\t\(site.identifier)\t\(site.reference)\t"
            text += "\(site.alternate),<NON_REF>\t.\tPASS\t.\tGT:DP:GQ\t"
            text += "\(alleles.sorted().joined(separator: "/")):\(30 + random.index(below: 20)):99\n"
            next = site.position + 1
        }
        block(region.chromosome, next, region.last, copies, &text)
    }

    /// A block of reference; nobody knows here which base it begins with.
    private static func block(_ chromosome: String, _ first: Int, _ last: Int, _ copies: Int, _ text: inout String) {
        guard first <= last else { return }
        let genotype = copies == 1 ? "0" : "0/0"
        text += "\(chromosome)\t\(first)\t.\tN\t<NON_REF>\t.\tPASS\tEND=\(last)\tGT:DP:GQ\t\(genotype):34:99\n"
    }

    /// One haplotype by the shares; what they leave is the reference.
    private static func draw(_ haplotypes: [Haplotype], _ random: inout SeededGenerator) -> [Variant] {
        var point = random.uniform(0...1)
        for haplotype in haplotypes {
            point -= haplotype.share
            if point < 0 { return haplotype.variants }
        }
        return []
    }
}
