import Testing

@testable import PharmacogenomicsCore

@Suite("A knowledge table is read field by field, or refused with its place")
struct KnowledgeTableTests {
    private func table(_ text: String) throws -> KnowledgeTable {
        try KnowledgeTable(name: "t.tsv", bytes: Array(text.utf8))
    }

    private func failure(_ body: () throws -> Void) -> KnowledgeError? {
        do {
            try body()
            return nil
        } catch {
            return error as? KnowledgeError
        }
    }

    @Test("comments and empty lines are skipped, and lines are counted as an editor counts them")
    func linesAreCounted() throws {
        let table = try table("# what\n\na\tb\n1\tx;y\n# more\n\tz\n")
        #expect(table.columnNames == ["a", "b"])
        #expect(table.rowCount == 2)
        #expect([table.line(ofRow: 0), table.line(ofRow: 1)] == [4, 6])
        let a = try table.column("a")
        let b = try table.column("b")
        #expect(table.text(0, a) == "1")
        #expect(table.list(0, b) == ["x", "y"])
        #expect(table.isEmpty(1, a))
        #expect(table.text(1, b) == "z")
        #expect(table.optionalColumn("c") == nil)
    }

    @Test("a last line without a line feed counts")
    func lastLine() throws {
        let table = try table("a\tb\n1\t2")
        #expect(table.text(0, try table.column("b")) == "2")
    }

    @Test("line ends of other systems are read as well")
    func carriageReturns() throws {
        let table = try table("# c\r\n\r\na\tb\r\n1\t2\r\n\tx\r\n")
        let b = try table.column("b")
        #expect(table.rowCount == 2)
        #expect([table.text(0, b), table.text(1, b)] == ["2", "x"])
        #expect(table.line(ofRow: 1) == 5)
    }

    @Test("values are what their columns promise")
    func values() throws {
        let table = try table("n\tf\tw\td\n42\t1\textra\t0.25\n\t0\tignored\t\n")
        let n = try table.column("n")
        let f = try table.column("f")
        let w = try table.column("w")
        let d = try table.column("d")
        #expect(try table.requiredInteger(0, n) == 42)
        #expect(try table.integer(1, n) == nil)
        #expect(try table.flag(0, f))
        #expect(try !table.flag(1, f))
        #expect(try table.word(0, w) == DefinitionPosition.Role.extra)
        #expect(try table.number(0, d) == 0.25)
        #expect(try table.number(1, d) == nil)
    }

    @Test(
        "a field that does not hold what is asked for names file, line and column",
        arguments: ["x", "-1", "1.5", "99999999999999", "1 "])
    func badInteger(_ text: String) throws {
        let table = try table("# c\nn\n\(text)\n")
        let column = try table.column("n")
        let error = try #require(failure { _ = try table.integer(0, column) })
        #expect(error.code == .malformedField)
        #expect(error.file == "t.tsv")
        #expect(error.line == 3)
        #expect(error.detail.contains("column n"))
        #expect(error.detail.contains(text))
        #expect(!error.isRetriable)
    }

    @Test("a word outside its list, a flag that is none and a number that is none are refused")
    func badValues() throws {
        let table = try table("v\nmaybe\ninf\n")
        let column = try table.column("v")
        #expect(failure { _ = try table.flag(0, column) }?.code == .malformedField)
        #expect(failure { _ = try table.number(0, column) }?.code == .malformedField)
        #expect(failure { _ = try table.number(1, column) }?.code == .malformedField)
        let error = failure { _ = try table.word(0, column, as: DefinitionPosition.Role.self) }
        #expect(error?.detail.contains("defining, extra, ignored") == true)
    }

    @Test("a row of another number of fields is refused at its line", arguments: ["1", "1\t2\t3"])
    func wrongFieldCount(_ row: String) {
        let error = failure { _ = try table("a\tb\n1\t2\n\(row)\n") }
        #expect(error?.code == .wrongFieldCount)
        #expect(error?.line == 3)
    }

    @Test("a file without column names, or with one twice, is refused", arguments: ["", "# only\n", "a\ta\n", "a\t\n"])
    func noColumns(_ text: String) {
        #expect(failure { _ = try table(text) }?.code == .missingColumn)
    }

    @Test("a column or a table that is absent is named, with those that are there")
    func absence() throws {
        let table = try table("a\n1\n")
        let column = failure { _ = try table.column("z") }
        #expect(column?.code == .missingColumn)
        #expect(column?.detail.contains("z") == true)
        let absent = failure { _ = try KnowledgeTables(files: ["b.tsv": []]).table("c.tsv") }
        #expect(absent?.code == .missingTable)
        #expect(absent?.detail.contains("b.tsv") == true)
    }
}
