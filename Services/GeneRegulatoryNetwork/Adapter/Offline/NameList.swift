/// A list of names: the first column of a file. Lines that begin with `#` are passed over, and so is a first line that is the column's title.
struct NameList {
    /// The names, in the order of the file, each once.
    let names: [String]

    private static let titles: Set<String> = [
        "tf", "tfs", "gene", "genes", "regulator", "regulators", "name", "symbol", "gene_id", "seed", "seeds", "target",
        "targets", "id",
    ]

    /// Reads a list.
    /// - Parameter known: a first line that is one of these is a name, whatever it says.
    init(path: String, known: (String) -> Bool = { _ in false }) throws(OfflineError) {
        let table = TextTable(file: path, bytes: try OfflineInput(path: path).contents())
        var names: [String] = []
        var seen: Set<String> = []
        var isFirst = true
        try table.rows { (row) throws(OfflineError) in
            guard let field = row.fields.first else { return }
            let name = try table.text(field, row, column: 1)
            guard !name.isEmpty else {
                throw OfflineError(.malformed, path, line: row.line, column: 1, "the name is empty")
            }
            guard !name.hasPrefix("#") else { return }
            defer { isFirst = false }
            if isFirst, Self.titles.contains(name.lowercased()), !known(name) { return }
            if seen.insert(name).inserted { names.append(name) }
        }
        guard !names.isEmpty else { throw OfflineError(.malformed, path, "there is no name in it") }
        self.names = names
    }
}
