import Contracts
import Domain
import JSONDocument

@testable import PharmacogenomicsCore

/// A small knowledge release for the tests of reports and cards: two genes, seven drugs. The rules for codeine and clopidogrel
/// are CPIC's (PMID 33387367 and 35034351), the inhibitor is FDA's.
enum ReportingRelease {
    static let tables: [String: String] = [
        "knowledge.tsv": """
        key\tvalue
        version\ttest.1
        """,
        "genes.tsv": """
        gene\tchromosome\tcalling\themizygous_in_males\tmonoallelic\tundocumented_as_reference\tphenotype_method\tphenotype_source
        CYP2C19\t10\tnamed\t0\t0\t0\tfunction-pair\tCPIC
        CYP2D6\t22\toutside\t0\t0\t0\tactivity-score\tCPIC
        """,
        "positions.tsv": """
        gene\tindex\tchromosome\tgrch38\tgrch37\tidentifier\treference\talternates\tgrch37_reference\trole\trequired\talters_function
        CYP2C19\t0\t10\t94761900\t96521657\trs12248560\tC\tT\t\tdefining\t0\t1
        CYP2C19\t1\t10\t94781859\t96541616\trs4244285\tG\tA\t\tdefining\t0\t1
        """,
        "alleles.tsv": """
        gene\tallele\tidentifier\tkind\tcore\tfunction\tactivity_value\tdefinition
        CYP2C19\t*1\tPA165980634\treference\t\tNormal function\t\t*
        CYP2C19\t*2\tPA165980635\tallele\t\tNo function\t\t1=A
        CYP2C19\t*17\tPA165816533\tallele\t\tIncreased function\t\t0=T
        CYP2D6\t*1\tPA165816576\treference\t\tNormal function\t1\t*
        CYP2D6\t*4\tPA165816579\tstructural\t\tNo function\t0\t
        """,
        "phenotype-functions.tsv": """
        gene\tfunction1\tfunction2\tphenotype\tgene_result
        CYP2C19\tNo function\tNo function\tPoor Metabolizer\tPoor Metabolizer
        CYP2C19\tNo function\tNormal function\tIntermediate Metabolizer\tIntermediate Metabolizer
        CYP2C19\tNormal function\tNormal function\tNormal Metabolizer\tNormal Metabolizer
        CYP2C19\tIncreased function\tNo function\tIntermediate Metabolizer\tIntermediate Metabolizer
        CYP2C19\tIncreased function\tNormal function\tRapid Metabolizer\tRapid Metabolizer
        CYP2C19\tIncreased function\tIncreased function\tUltrarapid Metabolizer\tUltrarapid Metabolizer
        """,
        "phenotype-scores.tsv": """
        gene\tsource\tlower\tlower_closed\tupper\tupper_closed\tphenotype
        CYP2D6\tCPIC\t0\t1\t0.25\t0\tPoor Metabolizer
        CYP2D6\tCPIC\t0.25\t1\t1.25\t0\tIntermediate Metabolizer
        CYP2D6\tCPIC\t1.25\t1\t2.5\t0\tNormal Metabolizer
        CYP2D6\tCPIC\t2.5\t1\t\t0\tUltrarapid Metabolizer
        """,
        "phenotype-exceptions.tsv": "gene\tallele1\tallele2\tphenotype\tactivity_score\n",
        "unphased-priorities.tsv": "gene\tdiplotypes\tpick\n",
        "frequencies.tsv": "gene\tallele\tpopulation\tfrequency\tsource\n",
        "drugs.tsv": """
        drug\tkind\trxnorm\tatc\tsynonyms\tclass\tingredients\tcpic_level\tclinpgx_level\tfda_label\tcoverage\tflags
        atenolol\tingredient\t1202\tC07AB03\t\t\t\t\t\t\t\t
        clopidogrel\tingredient\t32968\tB01AC04\t\tantiplatelet\t\tCYP2C19:A\t\t\tcpic\t
        codeine\tingredient\t2670\tR05DA04;N02AA59\t\topioid\t\tCYP2D6:A\t\t\tcpic\t
        morphine\tingredient\t7052\tN02AA01\t\topioid\t\t\t\t\t\t
        paroxetine\tingredient\t32937\tN06AB05\t\tssri\t\t\t\t\t\t
        prasugrel\tingredient\t613391\tB01AC22\t\tantiplatelet\t\t\t\t\t\t
        ticagrelor\tingredient\t1116632\tB01AC24\t\tantiplatelet\t\t\t\t\t\t
        """,
        "interactions.tsv": """
        drug\tgene\teffect\tstrength\tonset_days\twashout_days\tsource
        paroxetine\tCYP2D6\tinhibitor\tstrong\t1\t14.5\tFDA
        """,
        "phenoconversion.tsv": """
        gene\teffect\tstrength\trule\tsource
        CYP2D6\tinhibitor\tstrong\tscore-factor:0\tCPIC PMID 37032427
        CYP2D6\tinhibitor\tmoderate\tscore-factor:0.5\tCPIC PMID 37032427
        CYP2D6\tinhibitor\tweak\tunchanged\tCPIC PMID 37032427
        """,
        "indications.tsv": """
        indication\tname\tsnomed\tdrug\tline\tnote\tefficacy_measure\tefficacy\tefficacy_lower\tefficacy_upper\ttolerability_measure\ttolerability\ttolerability_lower\ttolerability_upper\tsource
        acute-coronary-syndrome\tAcute coronary syndrome\t394659003\tclopidogrel\t1\t\t\t\t\t\t\t\t\t\tguideline
        acute-coronary-syndrome\tAcute coronary syndrome\t394659003\tprasugrel\t1\t\t\t\t\t\t\t\t\t\tguideline
        acute-coronary-syndrome\tAcute coronary syndrome\t394659003\tticagrelor\t1\t\t\t\t\t\t\t\t\t\tguideline
        """,
        "contraindications.tsv": "drug\tversus\tseverity\trisk\twashout_days\tsource\n",
        "guidelines-cpic.tsv": """
        source\tguideline\tversion\tdrug\tpopulation\tcondition\tactions\tstrength\trisk\timplication\tcitation
        CPIC\tcodeine-and-cyp2d6\t2021\tcodeine\tgeneral\tCYP2D6=Poor Metabolizer\tavoid+alternative:opioid independent of CYP2D6\tstrong\tefficacy-lost\thardly any active metabolite\tPMID:33387367
        CPIC\tcodeine-and-cyp2d6\t2021\tcodeine\tgeneral\tCYP2D6=Intermediate Metabolizer\tstandard+monitor:pain\tmoderate\tefficacy-reduced\tless active metabolite\tPMID:33387367
        CPIC\tcodeine-and-cyp2d6\t2021\tcodeine\tgeneral\tCYP2D6=Normal Metabolizer\tstandard\tstrong\tnone\tactive metabolite forms\tPMID:33387367
        CPIC\tcodeine-and-cyp2d6\t2021\tcodeine\tgeneral\tCYP2D6=Ultrarapid Metabolizer\tavoid+alternative:opioid independent of CYP2D6\tstrong\ttoxicity-high\tmuch active metabolite\tPMID:33387367
        CPIC\tclopidogrel-and-cyp2c19\t2022\tclopidogrel\tacute coronary syndrome or PCI\tCYP2C19=Poor Metabolizer\tavoid+alternative:prasugrel or ticagrelor\tstrong\tefficacy-lost\thardly any active metabolite\tPMID:35034351
        CPIC\tclopidogrel-and-cyp2c19\t2022\tclopidogrel\tacute coronary syndrome or PCI\tCYP2C19=Intermediate Metabolizer\tavoid+alternative:prasugrel or ticagrelor\tstrong\tefficacy-reduced\tless active metabolite\tPMID:35034351
        CPIC\tclopidogrel-and-cyp2c19\t2022\tclopidogrel\tacute coronary syndrome or PCI\tCYP2C19=Ultrarapid Metabolizer|Rapid Metabolizer|Normal Metabolizer\tstandard\tstrong\tnone\tactive metabolite forms\tPMID:35034351
        """,
        "guidelines-fda.tsv": """
        source\tguideline\tversion\tdrug\tpopulation\tcondition\tactions\tstrength\trisk\timplication\tcitation
        FDA\tTable of Pharmacogenetic Associations\t2021-03-22\tcodeine\tgeneral\tCYP2D6=Poor Metabolizer\tlabel:efficacy may be reduced\tmoderate:section 2\tefficacy-reduced\tless morphine\tfda.gov/medical-devices/precision-medicine/table-pharmacogenetic-associations
        """,
    ]

    static let knowledge: KnowledgeBase? = try? loaded()

    static func loaded() throws -> KnowledgeBase {
        try KnowledgeBase(
            tables: KnowledgeTables(files: tables.mapValues { Array($0.utf8) }),
            digest: String(repeating: "0a", count: 32))
    }

    static let time = Timestamp(microseconds: 1_763_740_800_000_000)

    /// A person with these laboratory reports, positions and medications.
    static func patient(
        _ knowledge: KnowledgeBase, outside: [OutsideCall] = [], genotypes: SampleGenotypes? = nil,
        medications: [MedicationExposure] = []
    ) -> EvaluatedPatient {
        PatientEvaluation(knowledge: knowledge).evaluate(
            genotypes: genotypes, outside: outside, medications: medications, sex: .female, at: time,
            genotypeEvents: [EventID.hashing("test", "genotype")])
    }

    /// Both positions of CYP2C19 seen.
    static func cyp2c19(_ knowledge: KnowledgeBase, _ first: SiteCall, _ second: SiteCall) -> SampleGenotypes {
        var sample = SampleGenotypes(sampleID: "", siteCount: knowledge.genes.siteCount)
        guard let gene = knowledge.genes["CYP2C19"] else { return sample }
        sample.sites[gene.positions[0].siteIndex] = first
        sample.sites[gene.positions[1].siteIndex] = second
        return sample
    }

    static let reference = SiteCall(first: 0, second: 0)
    static let homozygous = SiteCall(first: 1, second: 1)
    static let heterozygous = SiteCall(first: 0, second: 1)
    static let poorCYP2D6 = OutsideCall(gene: "CYP2D6", diplotype: "*4/*4")
    static let normalCYP2D6 = OutsideCall(gene: "CYP2D6", diplotype: "*1/*1")
    static let subject = PatientPseudonym("p1.abcdefghijklmnopqrstuvwx")
}
