import AlertEngineAdapter
import AlertEngineCore
import ArgumentParser
import Foundation

/// `alert-engine score`
struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score a table of observations, one JSON line for each row.",
        discussion: """
            Columns: \(NEWS2Table.columns.joined(separator: ", ")), in any order; others are ignored. A row that cannot be \
            scored is named on standard error, and the exit code is 1 at the end.
            """)

    enum Rule: String, CaseIterable, ExpressibleByArgument {
        case news2
    }

    @Option(help: "What to score with.")
    var rule = Rule.news2

    @Option(help: ArgumentHelp("The CSV file, or - for standard input.", valueName: "file"))
    var input: String

    func run() throws {
        var output = LineBuffer(.standardOutput)
        do {
            let counts = try NEWS2File.score(input) { line in
                output.append(line)
            } complaint: { complaint in
                output.flush()
                Self.complain(complaint)
            }
            output.flush()
            guard counts.malformed == 0 else {
                Self.complain("\(counts.malformed) of \(counts.scored + counts.malformed) rows were not scored")
                throw ExitCode(1)
            }
        } catch let error as AlertEngineError {
            output.flush()
            Self.complain("\(error)")
            throw ExitCode(1)
        }
    }

    private static func complain(_ line: String) {
        FileHandle.standardError.write(Data("alert-engine: \(line)\n".utf8))
    }
}

/// Gathers lines, so that a large table does not cost a system call for each row.
private struct LineBuffer {
    private static let capacity = 1 << 16
    private let file: FileHandle
    private var bytes = Data()

    init(_ file: FileHandle) { self.file = file }

    mutating func append(_ line: String) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count >= Self.capacity { flush() }
    }

    mutating func flush() {
        file.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
