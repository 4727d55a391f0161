import Contracts

/// The chromosome, and the assembly when it is told, that positions count on.
struct GenomicPlace {
    let chromosome: String
    let assembly: String

    /// The place of a MolecularSequence.referenceSeq; nil when it is no chromosome.
    init?(ofSequence sequence: FHIRElement) throws(FeedRejection) {
        let build = try sequence.string("genomeBuild").map(Self.assembly(named:)) ?? ""
        let chromosome = try sequence.firstCoding("chromosome").code
        if let name = Self.chromosome(named: chromosome) {
            self.init(chromosome: name, assembly: build)
            return
        }
        guard let place = try Self(accession: sequence.firstCoding("referenceSeqId").code) else { return nil }
        self = place
    }

    /// The place of a variant Observation's components, by their LOINC codes.
    init?(ofComponents parts: [String: FHIRElement]) throws(FeedRejection) {
        let assembly = try parts[GenomicCode.assembly]?.firstCoding("valueCodeableConcept")
        let build = assembly.map { GenomicCode.assemblies[$0.code] ?? Self.assembly(named: $0.display) } ?? ""
        if let concept = try parts[GenomicCode.chromosome]?.firstCoding("valueCodeableConcept"),
            let name = Self.chromosome(named: concept.display) ?? Self.chromosome(named: concept.code)
        {
            self.init(chromosome: name, assembly: build)
            return
        }
        let reference = try parts[GenomicCode.referenceSequence]?.firstCoding("valueCodeableConcept").code
        let change = try parts[GenomicCode.genomicChange]?.firstCoding("valueCodeableConcept").code
        // An HGVS expression begins with the accession: NC_000010.11:g.94781859G>A.
        guard let accession = reference ?? change.map({ String($0.prefix { $0 != ":" }) }),
            let place = Self(accession: accession)
        else { return nil }
        self = place
    }

    private init(chromosome: String, assembly: String) {
        self.chromosome = chromosome
        self.assembly = assembly
    }

    /// The chromosome of an NCBI RefSeq accession `NC_0000nn.v`, with the assembly whose version it is.
    init?(accession: String) {
        let parts = accession.split(separator: ".")
        guard parts.count == 2, parts[0].hasPrefix("NC_"), let number = Int(parts[0].dropFirst(3)),
            let version = Int(parts[1])
        else { return nil }
        // The mitochondrion of both assemblies.
        if number == 12_920 {
            self.init(chromosome: "MT", assembly: "")
            return
        }
        guard (1...24).contains(number) else { return nil }
        let name = number == 23 ? "X" : number == 24 ? "Y" : String(number)
        let first = Self.versionsInGRCh37[number - 1]
        self.init(
            chromosome: name,
            assembly: version == first ? GenomeAssembly.grch37 : version == first + 1 ? GenomeAssembly.grch38 : "")
    }

    /// The accession versions of chromosomes 1 to 22, X and Y in GRCh37 (NCBI assembly report GCF_000001405.13); those in GRCh38
    /// (GCF_000001405.26) are one higher each.
    private static let versionsInGRCh37 = [
        10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11, 10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9,
    ]

    private static func assembly(named text: String) -> String {
        let name = text.filter { $0 != " " }.uppercased()
        if name.hasPrefix("GRCH38") || name == "HG38" { return GenomeAssembly.grch38 }
        if name.hasPrefix("GRCH37") || name == "HG19" { return GenomeAssembly.grch37 }
        return name.hasPrefix("NCBI36") || name == "HG18" ? GenomeAssembly.ncbi36 : ""
    }

    private static func chromosome(named text: String) -> String? {
        var name = text.uppercased()
        for prefix in ["CHROMOSOME ", "CHR"] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
        if name == "M" { name = "MT" }
        if ["X", "Y", "MT"].contains(name) { return name }
        guard let number = Int(name), (1...22).contains(number) else { return nil }
        return String(number)
    }
}

/// The substitution of an HGVS expression over a chromosome, e.g. `NC_000010.11:g.94781859G>A`: positions count from 1.
struct GenomicSubstitution {
    let position: Int64
    let reference: String
    let alternate: String

    /// The substitution that `expression` writes; nil when it writes another kind of change.
    init?(hgvs expression: String) {
        guard let mark = expression.firstRange(of: ":g.") else { return nil }
        let change = expression[mark.upperBound...]
        let digits = change.prefix { $0.isASCII && $0.isNumber }
        let alleles = change[digits.endIndex...].split(separator: ">", omittingEmptySubsequences: false)
        guard let position = Int64(digits), position >= 1, alleles.count == 2,
            alleles.allSatisfy({ $0.utf8.count == 1 && "ACGT".contains($0) })
        else { return nil }
        self.position = position
        reference = String(alleles[0])
        alternate = String(alleles[1])
    }
}

/// LOINC's codes of the HL7 Genomics Reporting guide (https://hl7.org/fhir/uv/genomics-reporting, profile Variant) and their answers.
enum GenomicCode {
    /// Genetic variant assessment.
    static let variant = "69548-6"
    /// Answer "Present".
    static let present = "LA9633-4"
    static let referenceAllele = "69547-8"
    static let alternateAllele = "69551-0"
    /// Genomic allele start-end.
    static let alleleRange = "81254-5"
    /// Genomic coordinate system.
    static let coordinateSystem = "92822-6"
    /// Human reference sequence assembly version.
    static let assembly = "62374-4"
    static let chromosome = "48000-4"
    /// Genomic reference sequence ID.
    static let referenceSequence = "48013-7"
    /// Genomic DNA change (gHGVS).
    static let genomicChange = "81290-9"
    static let allelicState = "53034-5"
    static let readDepth = "82121-5"
    static let dbSNP = "81255-2"

    /// Answers of ``assembly``.
    static let assemblies = [
        "LA14029-5": GenomeAssembly.grch37, "LA26806-2": GenomeAssembly.grch38, "LA14030-3": GenomeAssembly.ncbi36,
    ]

    /// Answers of ``allelicState``: heterozygous, homozygous, hemizygous.
    static let alleles: [String: [Int32]] = ["LA6706-1": [0, 1], "LA6705-3": [1, 1], "LA6707-9": [1]]

    /// The 1-based position of `start` in a coordinate system: 0-based interval counting, 0-based and 1-based character counting.
    static func position(_ start: Int64, in system: String) -> Int64? {
        switch system {
        case "LA30100-4", "LA30101-2": start + 1
        case "LA30102-0": start
        default: nil
        }
    }
}
