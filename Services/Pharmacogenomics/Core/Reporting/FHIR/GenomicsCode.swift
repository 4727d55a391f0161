import JSONDocument

/// A code of a terminology with its display, as FHIR's Coding.
struct GenomicsCode: Sendable, Hashable {
    let system: String
    let code: String
    let display: String

    /// The code systems that the bundle uses.
    enum System {
        static let loinc = "http://loinc.org"
        static let rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
        static let atc = "http://www.whocc.no/atc"
        static let hgnc = "http://www.genenames.org"
        static let refSeq = "http://www.ncbi.nlm.nih.gov/refseq"
        static let dbSNP = "http://www.ncbi.nlm.nih.gov/projects/SNP"
        static let toBeDetermined = "http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/tbd-codes-cs"
        static let annotationTypes = "http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/coded-annotation-types-cs"
    }

    private init(_ system: String, _ code: String, _ display: String) {
        self.system = system
        self.code = code
        self.display = display
    }

    /// A code of LOINC; the displays of answers are those of the guide's value sets.
    static func loinc(_ code: String, _ display: String) -> Self { Self(System.loinc, code, display) }

    // The codes of observations (guide STU3, CGGeneral.fsh and CGFindings.fsh).
    static let report = loinc("51969-4", "Genetic analysis report")
    static let genotype = loinc("84413-4", "Genotype display name")
    static let haplotype = loinc("84414-2", "Haplotype name")
    static let variant = loinc("69548-6", "Genetic variant assessment")
    static let therapeuticImplication = Self(
        System.toBeDetermined, "therapeutic-implication", "Therapeutic Implication")

    // The codes of components.
    static let conclusion = Self(System.toBeDetermined, "conclusion-string", "Conclusion Text")
    static let geneStudied = loinc("48018-6", "Gene studied [ID]")
    static let assembly = loinc("62374-4", "Human reference sequence assembly version")
    static let chromosome = loinc("48000-4", "Chromosome")
    static let referenceSequence = loinc("48013-7", "Genomic reference sequence [ID]")
    static let referenceAllele = loinc("69547-8", "Genomic ref allele [ID]")
    static let alternateAllele = loinc("69551-0", "Genomic alt allele [ID]")
    static let exactStartEnd = loinc("81254-5", "Genomic allele start-end")
    static let coordinateSystem = loinc("92822-6", "Genomic coordinate system [Type]")
    static let allelicState = loinc("53034-5", "Allelic state")
    static let sourceClass = loinc("48002-0", "Genomic source class [Type]")
    static let variationCode = loinc("81252-9", "Discrete genetic variant")
    static let medicationAssessed = loinc("51963-7", "Medication assessed [ID]")
    static let treatmentContext = loinc("81259-4", "Associated phenotype")
    static let evidenceLevel = loinc("93044-6", "Level of evidence")

    // Answers.
    static let present = loinc("LA9633-4", "Present")
    static let grch38 = loinc("LA26806-2", "GRCh38")
    static let oneBased = loinc("LA30102-0", "1-based character counting")
    static let germline = loinc("LA6683-2", "Germline")
    static let homozygous = loinc("LA6705-3", "Homozygous")
    static let heterozygous = loinc("LA6706-1", "Heterozygous")
    static let hemizygous = loinc("LA6707-9", "Hemizygous")

    // Answers of LL4049-4, to which the code of a medication recommendation is bound.
    static let considerAlternative = loinc("LA26421-0", "Consider alternative medication")
    static let decreaseDose = loinc("LA26422-8", "Decrease dose")
    static let increaseDose = loinc("LA26423-6", "Increase dose")

    /// What every genetic observation is filed under.
    static let laboratory = Self(
        "http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory")
    static let genetics = Self("http://terminology.hl7.org/CodeSystem/v2-0074", "GE", "Genetics")
    /// The kind of note that a disclaimer is.
    static let disclaimer = Self(System.annotationTypes, "test-disclaimer", "Test Disclaimer")

    /// A gene by its HGNC id.
    static func gene(_ gene: GeneSymbol) -> Self? {
        HGNC.identifier(of: gene).map { Self(System.hgnc, "HGNC:\($0)", gene.rawValue) }
    }

    /// An rs number.
    static func dbSNP(_ identifier: String) -> Self { Self(System.dbSNP, identifier, identifier) }

    /// A drug by RxNorm and ATC; by ATC only where it has a single code: the others are those of its combinations.
    static func drug(_ drug: Drug) -> [Self] {
        drug.rxnorm.map { Self(System.rxnorm, $0, drug.name) }
            + (drug.atc.count == 1 ? drug.atc.map { Self(System.atc, $0, drug.name) } : [])
    }

    /// A sequence of RefSeq.
    static func refSeq(_ accession: String) -> Self { Self(System.refSeq, accession, accession) }

    /// A phenotype among the guide's genetic therapeutic implications; nil for a term that they do not have (the value set is
    /// extensible: a text stands for it).
    static func implication(_ phenotype: String) -> Self? {
        switch phenotype {
        case "Ultrarapid Metabolizer": loinc("LA10315-2", "Ultrarapid metabolizer")
        case "Rapid Metabolizer": loinc("LA25390-8", "Rapid metabolizer")
        case "Normal Metabolizer": loinc("LA25391-6", "Normal metabolizer")
        case "Intermediate Metabolizer": loinc("LA10317-8", "Intermediate metabolizer")
        case "Poor Metabolizer": loinc("LA9657-3", "Poor metabolizer")
        case "Increased Function": loinc("LA25392-4", "Increased function")
        case "Normal Function": loinc("LA25393-2", "Normal function")
        case "Decreased Function": loinc("LA25395-7", "Decreased function")
        case "Poor Function": loinc("LA25394-0", "Poor function")
        default: nil
        }
    }

    /// A chromosome (answer list LL2938-0: 1 to 22, X and Y); nil for the mitochondrial one, which the list does not have.
    static func chromosome(_ name: String) -> Self? {
        let codes = [
            "LA21254-0", "LA21255-7", "LA21256-5", "LA21257-3", "LA21258-1", "LA21259-9", "LA21260-7", "LA21261-5",
            "LA21262-3", "LA21263-1", "LA21264-9", "LA21265-6", "LA21266-4", "LA21267-2", "LA21268-0", "LA21269-8",
            "LA21270-6", "LA21271-4", "LA21272-2", "LA21273-0", "LA21274-8", "LA21275-5",
        ]
        switch name {
        case "X": return loinc("LA21276-3", "Chromosome X")
        case "Y": return loinc("LA21277-1", "Chromosome Y")
        default:
            guard let number = Int(name), (1...22).contains(number) else { return nil }
            return loinc(codes[number - 1], "Chromosome \(number)")
        }
    }

    /// The Coding.
    var json: JSONValue { ["system": .string(system), "code": .string(code), "display": .string(display)] }

    /// A CodeableConcept with this coding alone.
    var concept: JSONValue { ["coding": [json]] }
}
