import ArgumentParser
import Foundation
import IngestionAdapter
import IngestionCore

extension FeedFormat: ExpressibleByArgument {}

struct OfflineArguments: ParsableArguments {
    @Option(help: ArgumentHelp("How the files are read.", valueName: "format"))
    var format: FeedFormat

    @Option(help: ArgumentHelp("The person's id, for formats that name none.", valueName: "id"))
    var subject: String?

    @Option(help: ArgumentHelp("The IANA zone of local times that say none, e.g. Europe/Oslo.", valueName: "zone"))
    var timeZone: String?

    @Option(help: ArgumentHelp("The mapping that csv and json are read by.", valueName: "file"))
    var mapping: String?

    @Flag(
        help:
            "fhir: as strict as HL7's validator (known extensions, no example URLs, vital signs by profile); else the specification alone, as served."
    )
    var strict = false

    @Option(
        name: .customLong("declare"),
        help: ArgumentHelp(
            "What the files do not say: cohort, tissue, orientation, unit of an expression matrix.",
            valueName: "name=value"))
    var declarations: [String] = []

    @Argument(
        help: ArgumentHelp("Files, also packed with gzip, BGZF or zstd; - for standard input.", valueName: "file"))
    var files: [String]

    var run: OfflineRun {
        let declared =
            declarations.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            + (strict ? [["strictness", "strict"]] : [])
        return OfflineRun(
            OfflineOptions(
                format: format, subject: subject, timeZone: timeZone,
                declarations: Dictionary(declared.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }) { $1 },
                mappingFile: mapping))
    }
}

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what would become of each record of files, as lines of JSON; fails when one is refused.")

    @OptionGroup var input: OfflineArguments

    @Flag(help: "Print one line on all of it, with the time it took, instead of one for each record.")
    var quiet = false

    @Option(name: .customLong("repeat"), help: ArgumentHelp("With --quiet: read everything so often.", valueName: "n"))
    var rounds = 1

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("--repeat must be 1 or more") }
    }

    func run() throws {
        let tally = try Command.reporting {
            quiet ? try input.run.measure(input.files, rounds: rounds) : try input.run.validate(input.files)
        }
        if tally.rejected > 0 { throw ExitCode(1) }
    }
}

struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the events that files give, as lines of JSON; what gives none is named on standard error.",
        discussion: "People and records carry names without a key, which are not those of the live service.")

    @OptionGroup var input: OfflineArguments

    @Option(help: ArgumentHelp("A dry run: the first n records of each file.", valueName: "n"))
    var limit = Int.max

    func run() throws {
        let tally = try Command.reporting { try input.run.convert(input.files, limit: limit) }
        if tally.rejected > 0 { throw ExitCode(1) }
    }
}

/// What commands have in common.
enum Command {
    /// Runs `body`; an error is one line on standard error.
    static func reporting<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            FileHandle.standardError.write(Data("ingestion: \(error)\n".utf8))
            throw ExitCode(2)
        }
    }
}
