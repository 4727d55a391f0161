/// The text of the schemas that the executable carries: one schema a line, its name, a space, its JSON.
enum OpenMHealthSchemaText {
    /// Every schema's name (`omh/heart-rate-1.1`) and JSON.
    static var all: [(name: Substring, json: Substring)] {
        [part1, part2, part3, ieee].flatMap { part in
            part.split(separator: "\n").compactMap { line in
                guard let space = line.firstIndex(of: " ") else { return nil }
                return (line[..<space], line[line.index(after: space)...])
            }
        }
    }
}
