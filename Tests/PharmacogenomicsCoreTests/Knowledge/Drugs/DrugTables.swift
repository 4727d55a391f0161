import Foundation
import PharmacogenomicsCore

/// The tables of drugs as they are compiled in, and variants of them.
enum DrugTables {
    static let directory = SharedPGx.repository.appending(path: "Services/Pharmacogenomics/Resources/knowledge")

    /// The tables of the repository that this room reads.
    static func tables() throws -> KnowledgeTables {
        var files: [String: [UInt8]] = [:]
        for name in [
            "drugs.tsv", "interactions.tsv", "phenoconversion.tsv", "indications.tsv", "contraindications.tsv",
            "guidelines-fda.tsv", "guidelines-dpwg.tsv",
        ] {
            files[name] = [UInt8](try Data(contentsOf: directory.appending(path: name)))
        }
        return KnowledgeTables(files: files)
    }

    /// The dictionary of the repository.
    static func dictionary() throws -> DrugDictionary { try DrugDictionary(tables: tables()) }

    /// The tables with one file replaced.
    static func tables(with text: String, as name: String) throws -> KnowledgeTables {
        var files = try tables().files
        files[name] = [UInt8](text.utf8)
        return KnowledgeTables(files: files)
    }

    /// A `drugs.tsv` of these rows; a row is name, kind, rxnorm, atc, synonyms, class, flags, ingredients.
    static func drugs(_ rows: [[String]]) -> KnowledgeTables {
        let columns =
            "drug kind rxnorm atc synonyms class flags ingredients cpic_level clinpgx_level fda_label coverage"
        let header = columns.split(separator: " ").map(String.init)
        let lines = ([header] + rows.map { $0 + Array(repeating: "", count: header.count - $0.count) })
            .map { $0.joined(separator: "\t") }
        return KnowledgeTables(files: ["drugs.tsv": [UInt8](("# test\n" + lines.joined(separator: "\n") + "\n").utf8)])
    }
}
