import Testing

@testable import PharmacogenomicsCore

/// A text of a table, what is put in its place, and how the loader must answer.
struct TableFault: Sendable, CustomTestStringConvertible {
    let file: String
    let old: String
    let new: String
    let code: KnowledgeError.Code
    let says: String
    var testDescription: String { "\(file): \(new)" }

    init(_ file: String, _ old: String, _ new: String, _ code: KnowledgeError.Code, _ says: String) {
        self.file = file
        self.old = old
        self.new = new
        self.code = code
        self.says = says
    }

    /// One fault of every kind that a table can have.
    static let all: [TableFault] = [
        TableFault("genes.tsv", "ABCG2\t4\tnamed", "ABCG2\t4\tguessed", .malformedField, "column calling"),
        TableFault("genes.tsv", "ABCG2\t4\t", "ABCG2\t40\t", .malformedField, "column chromosome"),
        TableFault("genes.tsv", "\nCACNA1S\t", "\nABCG2\t", .duplicate, "column gene"),
        TableFault("genes.tsv", "phenotype_method", "method", .missingColumn, "phenotype_method"),
        TableFault("positions.tsv", "\nABCG2\t0\t", "\nABCG3\t0\t", .unknownReference, "ABCG3"),
        TableFault("positions.tsv", "\nABCG2\t0\t", "\nABCG2\t1\t", .malformedField, "column index"),
        TableFault("positions.tsv", "ABCG2\t0\t4\t", "ABCG2\t0\t5\t", .malformedField, "column chromosome"),
        TableFault("positions.tsv", "\t88131171\t", "\t8813117l\t", .malformedField, "column grch38"),
        TableFault("positions.tsv", "rs2231142\tG\tT\t", "rs2231142\tG\tG\t", .malformedField, "column alternates"),
        TableFault("positions.tsv", "rs2231142\tG\tT\t", "rs2231142\tG\t\t", .malformedField, "column alternates"),
        TableFault("positions.tsv", "rs2231142\tG\tT\t", "rs2231142\tR\tT\t", .malformedField, "no bases"),
        TableFault("positions.tsv", "\tdefining\t0\t1\n", "\tdefining\t0\tyes\n", .malformedField, "alters_function"),
        TableFault("alleles.tsv", "Decreased function\t\t0=T\n", "Decreased function\t\t0=C\n", .malformedField, "0=C"),
        TableFault("alleles.tsv", "Decreased function\t\t0=T\n", "Decreased function\t\t1=T\n", .malformedField, "1=T"),
        TableFault(
            "alleles.tsv", "Decreased function\t\t0=T\n", "Decreased function\t\t\n", .malformedField, "definition"),
        TableFault("alleles.tsv", "Decreased function\t\t0=T\n", "Decreased function\t\t0=T;0=G\n", .duplicate, "rise"),
        TableFault(
            "alleles.tsv", "Decreased function\t\t0=T\n", "Decreased function\tlow\t0=T\n", .malformedField, "low"),
        TableFault(
            "alleles.tsv", "\nABCG2\trs2231142 variant (T)", "\nABCG2\trs2231142 reference (G)", .duplicate, "allele"),
        TableFault("alleles.tsv", "PA166287824\tallele", "PA166287824\treference", .duplicate, "column kind"),
        TableFault(
            "alleles.tsv", "\treported\t\t\t\t\n", "\treported\t\t\t\t0=A\n", .malformedField, "column definition"),
        TableFault("unphased-priorities.tsv", "*1/*6;*4/*34", "*1/*6;*4/*999", .unknownReference, "*999"),
        TableFault(
            "unphased-priorities.tsv", "*1/*6;*4/*34\t*1/*6", "*1/*6;*4/*34\t*1/*7", .malformedField, "column pick"),
        TableFault("unphased-priorities.tsv", "*1/*6;*4/*34", "*1*6;*4/*34", .malformedField, "no diplotype"),
        TableFault(
            "phenotype-functions.tsv", "ABCG2\tDecreased function\tNormal function\tDecreased",
            "ABCG2\tDecreased function\tDecreased function\tDecreased", .duplicate, "second time"),
        TableFault(
            "phenotype-functions.tsv", "ABCG2\tDecreased function\tNormal function\tDecreased Function\t",
            "ABCG2\tDecreased function\tNormal function\t\t", .malformedField, "column phenotype"),
        TableFault(
            "phenotype-scores.tsv", "CYP2C9\tCPIC\t2\t1\t2\t1", "CYP2C9\tCPIC\t1.5\t1\t2\t1", .duplicate, "overlaps"),
        TableFault(
            "phenotype-scores.tsv", "CYP2C9\tCPIC\t1\t1\t2\t0", "CYP2C9\tCPIC\t1\t\t2\t0", .malformedField, "closed"),
        TableFault(
            "phenotype-scores.tsv", "CYP2C9\tCPIC\t1\t1\t2\t0", "CYP2C9\tCPIC\t\t1\t2\t0", .malformedField, "lower"),
        TableFault(
            "phenotype-exceptions.tsv", "\tactivity_score\n", "\tactivity_score\nCYP2C9\t*1\t*0\tX\t\n",
            .unknownReference, "*0"),
    ]
}

@Suite("A broken release is refused with the place of its fault")
struct BrokenKnowledgeTests {
    @Test("each fault has its code, its file, its line and its column", arguments: TableFault.all)
    func isRefused(_ fault: TableFault) throws {
        let files = ReleaseTables.files(fault.file, replacing: fault.old, by: fault.new)
        let whole = String(decoding: ReleaseTables.files[fault.file] ?? [], as: UTF8.self)
        let broken = String(decoding: files[fault.file] ?? [], as: UTF8.self)
        try #require(!broken.isEmpty, "the text to break is not in the table")
        let error = try #require(throws: KnowledgeError.self) {
            _ = try GeneCatalog(tables: KnowledgeTables(files: files))
        }
        #expect(error.code == fault.code, "\(error)")
        #expect(error.file == fault.file)
        #expect(error.description.contains(fault.says), "\(error)")
        guard fault.code != .missingColumn else { return }
        let lines = (whole.split(separator: "\n"), broken.split(separator: "\n"))
        let same = zip(lines.0, lines.1).prefix { $0 == $1 }.count
        #expect(error.line == same + 1)
    }

    @Test("a release without one of the files is refused", arguments: GeneCatalog.fileNames)
    func missingFile(_ name: String) throws {
        var files = ReleaseTables.files
        files[name] = nil
        let error = try #require(throws: KnowledgeError.self) {
            _ = try GeneCatalog(tables: KnowledgeTables(files: files))
        }
        #expect(error.code == .missingTable)
        #expect(error.file == name)
    }

    @Test("an exception that is given stands before the rule")
    func exceptionIsRead() throws {
        let files = ReleaseTables.files(
            "phenotype-exceptions.tsv", replacing: "\tactivity_score\n",
            by: "\tactivity_score\nCYP2C9\t*2\t*1\tNormal Metabolizer\t1.5\n")
        let gene = try #require(try GeneCatalog(tables: KnowledgeTables(files: files))["CYP2C9"])
        let pair = AllelePair(
            try #require(gene.allele(named: "*1")).index, try #require(gene.allele(named: "*2")).index)
        let exception = try #require(gene.phenotypeRules.exception(pair))
        #expect(gene.phenotypeRules.phenotypes[exception.phenotype] == "Normal Metabolizer")
        #expect(exception.activityScore == 1.5)
        #expect(gene.phenotypeRules.exception(AllelePair(0, 0)) == nil)
    }

    @Test("cut anywhere, the tables are refused or read, never a crash")
    func cutTables() throws {
        for name in GeneCatalog.fileNames {
            var files = ReleaseTables.files
            let whole = files[name] ?? []
            for part in 0..<12 {
                files[name] = Array(whole.prefix(whole.count * part / 12))
                do {
                    _ = try GeneCatalog(tables: KnowledgeTables(files: files))
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}
