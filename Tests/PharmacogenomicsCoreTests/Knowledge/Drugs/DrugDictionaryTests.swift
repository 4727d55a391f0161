import Foundation
import PharmacogenomicsCore
import Testing

@Suite("Every drug of the sources is found by name, code and display")
struct DrugDictionaryTests {
    @Test(
        "every drug of the two source tables is in the dictionary, with its levels", .enabled(if: SharedPGx.isPresent))
    func sources() throws {
        let dictionary = try DrugTables.dictionary()
        var names = 0
        for row in try SharedPGx.table("facts/drugs.tsv") {
            let drug = try #require(dictionary.drug(named: row["drug"] ?? ""), "\(row["drug"] ?? "")")
            #expect(drug.coverage.contains(.fdaAssociation) == (row["fda_pgx_assoc"] == "1"), "\(drug.name)")
            #expect(drug.coverage.contains(.dpwg) == (row["dpwg"] == "1"), "\(drug.name)")
            names += 1
        }
        var pairs = 0
        for row in try SharedPGx.table("facts/cpic_gene_drug_pairs.tsv") {
            let drug = try #require(dictionary.drug(named: row["drug"] ?? ""), "\(row["drug"] ?? "")")
            #expect(drug.cpicLevels[GeneSymbol(rawValue: row["gene"] ?? "")] == row["cpiclevel"], "\(drug.name)")
            if let code = row["rxnorm"], !code.isEmpty, code != "NA" {
                #expect(dictionary.drug(code: code, system: "http://www.nlm.nih.gov/research/umls/rxnorm") == drug)
            }
            pairs += 1
        }
        #expect(names == 193)
        #expect(pairs == 518)
    }

    @Test(
        "codes of both systems find the ingredient",
        arguments: [
            ("http://www.nlm.nih.gov/research/umls/rxnorm", "32937", "paroxetine"),
            ("urn:oid:2.16.840.1.113883.6.88", "36567", "simvastatin"),
            ("RxNorm", "9384", "rifampin"),
            ("http://www.whocc.no/atc", "N06AB10", "escitalopram"),
            ("urn:oid:2.16.840.1.113883.6.73", "j04ab02", "rifampin"),
            ("http://www.whocc.no/atc", "N05AX12", "aripiprazole"),
        ])
    func codes(system: String, code: String, name: String) throws {
        #expect(try DrugTables.dictionary().drug(code: code, system: system)?.name == name)
    }

    @Test("a code of another system, a product's code and a shared code find no single drug")
    func foreignCodes() throws {
        let dictionary = try DrugTables.dictionary()
        #expect(dictionary.drug(code: "32937", system: "http://snomed.info/sct") == nil)
        #expect(dictionary.drug(code: "312617", system: "http://www.nlm.nih.gov/research/umls/rxnorm") == nil)
        #expect(dictionary.drug(code: "C10BX04", system: "http://www.whocc.no/atc") == nil)
        #expect(
            dictionary.drugs(code: "C10BX04", system: "http://www.whocc.no/atc").map(\.name) == [
                "aspirin", "simvastatin",
            ])
    }

    @Test(
        "display texts as RxNorm writes them name their ingredients",
        arguments: [
            ("Simvastatin 20 MG Oral Tablet", ["simvastatin"]),
            ("24 HR venlafaxine 75 MG Extended Release Oral Capsule [Effexor]", ["venlafaxine"]),
            ("amoxicillin 250 MG / clavulanate 125 MG Oral Tablet", []),
            ("Escitalopram 10 MG Oral Tablet", ["escitalopram"]),
            ("esomeprazole 40 MG Delayed Release Oral Capsule", ["esomeprazole"]),
            ("paroxetine hydrochloride 20 MG Oral Tablet [Paxil]", ["paroxetine"]),
            ("Paracetamol 500 mg tabletten", ["acetaminophen"]),
            ("adrenaline 1mg/ml", ["epinephrine"]),
            ("Rifampicin 300 MG", ["rifampin"]),
            ("predniSONE 5 MG Oral Tablet", []),
            ("aripiprazole lauroxil 662 MG per 2.4 ML Prefilled Syringe", ["aripiprazole lauroxil"]),
            ("peginterferon alfa-2a 0.18 MG/ML Injectable Solution", ["peginterferon alfa-2a"]),
            ("interferon alfa-2b 10 MILLION UNT/ML", ["interferon alfa-2b, recombinant"]),
            ("St. John's Wort Extract 300 MG Oral Capsule", ["st. john's wort"]),
            ("methylene blue 5 MG/ML Injectable Solution", ["methylene blue"]),
            ("aspirin 81 MG / omeprazole 40 MG Oral Tablet", ["aspirin", "omeprazole"]),
            (
                "olanzapine 6 MG / fluoxetine 25 MG Oral Capsule [Symbyax]",
                ["olanzapine", "fluoxetine", "fluoxetine / olanzapine"]
            ),
            (
                "Sulfamethoxazole 800 MG / Trimethoprim 160 MG Oral Tablet",
                ["sulfamethoxazole", "trimethoprim", "sulfamethoxazole / trimethoprim"]
            ),
            ("", []),
            ("hormonal contraceptives for systemic use", []),
        ])
    func displays(text: String, names: [String]) throws {
        #expect(try DrugTables.dictionary().drugs(display: text).map(\.name) == names)
    }

    @Test("forms for local use are told from systemic ones")
    func localForms() {
        #expect(DrugDictionary.isLocal(display: "ketoconazole 20 MG/ML Medicated Shampoo"))
        #expect(DrugDictionary.isLocal(display: "timolol 5 MG/ML Ophthalmic Solution"))
        #expect(DrugDictionary.isLocal(display: "terbinafine 10 MG/ML Topical Cream"))
        #expect(!DrugDictionary.isLocal(display: "terbinafine 250 MG Oral Tablet"))
        #expect(!DrugDictionary.isLocal(display: "selegiline 0.25 MG/HR Transdermal System"))
        #expect(!DrugDictionary.isLocal(display: "buprenorphine 8 MG Sublingual Tablet"))
    }

    @Test("a name or synonym of an ingredient is found in its own display, whatever stands around it")
    func everyName() throws {
        let dictionary = try DrugTables.dictionary()
        var seed: UInt64 = 0x5eed_0004
        print("seed \(seed)")
        for drug in dictionary.drugs where drug.kind == .ingredient {
            for name in [drug.name] + drug.synonyms {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let text = "12 HR \(seed >> 63 == 0 ? name.uppercased() : name) \(seed % 900) MG Oral Tablet [Brand]"
                #expect(dictionary.drugs(display: text).map(\.name) == [drug.name], "\(text)")
            }
        }
    }

    @Test("every drug of the tables has one name only, and levels that CPIC uses")
    func shape() throws {
        let dictionary = try DrugTables.dictionary()
        #expect(dictionary.drugs.count == 480)
        #expect(Set(dictionary.drugs.map(\.name)).count == dictionary.drugs.count)
        let levels: Set = ["A", "A/B", "B", "B/C", "C", "C/D", "D"]
        for drug in dictionary.drugs {
            #expect(dictionary.drugs[drug.index] == drug)
            #expect(levels.isSuperset(of: drug.cpicLevels.values), "\(drug.name)")
        }
    }

    @Test(
        "the medications of Synthea's patients are named or rightly unknown",
        .enabled(if: SyntheaMedications.isPresent))
    func synthea() throws {
        let dictionary = try DrugTables.dictionary()
        let displays = try SyntheaMedications.displays()
        var unknown: Set<String> = []
        for display in displays where dictionary.drugs(display: display).isEmpty { unknown.insert(display) }
        print("Synthea: \(displays.count) displays, \(displays.count - unknown.count) named")
        // Brands, contraceptive packs, insulin and drugs without pharmacogenetics or interactions; nothing else is unknown.
        let expected = [
            "Pack", "medroxyprogesterone", "Etonogestrel", "Penicillin", "Amoxicillin", "Lasix", "insulin",
            "Fexofenadine",
            "predniSONE", "Astemizole", "Intrauterine", "Memantine", "Loratadine",
        ]
        #expect(unknown.filter { display in !expected.contains { display.contains($0) } } == [])
        let known: [(String, [String])] = [
            ("Simvistatin 10 MG", ["simvastatin"]), ("Verapamil Hydrochloride 40 MG", ["verapamil"]),
            ("Warfarin Sodium 5 MG Oral Tablet", ["warfarin"]),
            (
                "24 HR metoprolol succinate 100 MG Extended Release Oral Tablet [Toprol]", ["metoprolol"]
            ),
        ]
        for (display, names) in known where displays.contains(display) {
            #expect(dictionary.drugs(display: display).map(\.name) == names)
        }
    }
}

/// The medication displays of the Synthea bundles that lie beside the repository.
enum SyntheaMedications {
    static let directory = SharedPGx.root.deletingLastPathComponent().appending(path: "fhir-r4")

    static let isPresent: Bool = {
        let exists = FileManager.default.fileExists(atPath: directory.appending(path: "synthea").path)
        if !exists { print("skipped: no Synthea bundles at \(directory.path) (set VITALSTREAM_SHARED)") }
        return exists
    }()

    static func displays() throws -> Set<String> {
        var displays: Set<String> = []
        for folder in ["synthea", "synthea-large"] {
            let path = directory.appending(path: folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
            for name in names where name.hasSuffix(".json.gz") {
                let bytes = try SharedPGx.bytes("../fhir-r4/\(folder)/\(name)")
                let bundle = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
                for entry in bundle?["entry"] as? [[String: Any]] ?? [] {
                    guard let resource = entry["resource"] as? [String: Any],
                        resource["resourceType"] as? String == "MedicationRequest",
                        let concept = resource["medicationCodeableConcept"] as? [String: Any]
                    else { continue }
                    for coding in concept["coding"] as? [[String: Any]] ?? [] {
                        if let display = coding["display"] as? String { displays.insert(display) }
                    }
                }
            }
        }
        return displays
    }
}
