/// What the head of a consumer's genotype export says.
public struct ConsumerExportHead: Equatable, Sendable {
    /// Who made the file.
    public enum Vendor: String, CaseIterable, Sendable {
        /// 23andMe.
        case twentyThreeAndMe = "23andMe"
        /// AncestryDNA.
        case ancestryDNA = "AncestryDNA"
        /// FamilyTreeDNA.
        case familyTreeDNA = "FTDNA"
        /// MyHeritage.
        case myHeritage = "MyHeritage"
        /// Living DNA.
        case livingDNA = "LivingDNA"
        /// Mapmygenome.
        case mapmygenome = "Mapmygenome"
        /// tellmeGen.
        case tellmeGen = "tellmeGen"
        /// Genes for Good.
        case genesForGood = "GenesForGood"
        /// DNA.Land.
        case dnaLand = "DNA.Land"
        /// 23Mofang.
        case mofang = "23Mofang"
        /// CircleDNA.
        case circleDNA = "CircleDNA"
        /// CODIGO46.
        case codigo46 = "CODIGO46"
        /// Sano Genetics.
        case sano = "Sano"
        /// SelfDecode.
        case selfDecode = "SelfDecode"
        /// A table printed by PLINK.
        case plink = "PLINK"
        /// A table with the usual columns that names no vendor.
        case generic
    }

    /// Who made the file, as its head says.
    public let vendor: Vendor
    /// The build that the positions refer to; nil when the head does not say: it is never guessed.
    public let build: GenomeBuild?

    /// The words of a head that name a vendor.
    private static let marks: [(Vendor, String)] = [
        (.mofang, "23mofang"), (.twentyThreeAndMe, "23andme"), (.ancestryDNA, "ancestrydna"),
        (.familyTreeDNA, "famfinder"), (.familyTreeDNA, "familytreedna"), (.myHeritage, "myheritage"),
        (.livingDNA, "living dna"), (.livingDNA, "livingdna"), (.mapmygenome, "mapmygenome"), (.tellmeGen, "tellmegen"),
        (.genesForGood, "genes for good"), (.dnaLand, "dna.land"), (.circleDNA, "# circle"), (.codigo46, "codigo46"),
        (.selfDecode, "selfdecode"), (.sano, "sano"),
        (.sano, "this file was derived from the corresponding vcf file"),
        (.plink, "below is a text version of your data"),
    ]

    init(comments: String, columns: String) {
        let text = comments.lowercased()
        build = GenomeBuild(mentionedIn: text)
        if let mark = Self.marks.first(where: { text.contains($0.1) }) {
            vendor = mark.0
        } else if columns == "RSID,CHROMOSOME,POSITION,RESULT" {
            vendor = .familyTreeDNA
        } else if columns.contains("Allele1...Plus") {
            vendor = .mapmygenome
        } else if columns == "rsid\tChromosome\tposition\tgenotype" {
            vendor = .tellmeGen
        } else {
            vendor = .generic
        }
    }
}
