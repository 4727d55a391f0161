import ArgumentParser
import Domain
import Foundation
import PharmacogenomicsAdapter
import ServiceKit

/// `pharmacogenomics knowledge`
struct Knowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at a release of the knowledge tables, compare two, or publish one to the fleet.",
        subcommands: [Show.self, Compare.self, Publish.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check a release and print what it holds.")
        @Option(help: ArgumentHelp("The folder of the tables; without it those built in.", valueName: "folder"))
        var tables: String?

        func run() throws {
            try Command.reporting {
                try KnowledgeAnnouncement(directory: tables).summary.forEach { print($0) }
                return true
            }
        }
    }

    struct Compare: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff", abstract: "Print whose results a release can change.")
        @Option(help: ArgumentHelp("The folder of the older tables; without it those built in.", valueName: "folder"))
        var from: String?
        @Option(help: ArgumentHelp("The folder of the newer tables; without it those built in.", valueName: "folder"))
        var to: String?

        func run() throws {
            try Command.reporting {
                let older = try KnowledgeAnnouncement(directory: from)
                try KnowledgeAnnouncement(directory: to).changes(since: older).forEach { print($0) }
                return true
            }
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish a release: whoever it touches is evaluated again, and only what changes is published.",
            discussion: PharmacogenomicsKeys.table.help)
        @Option(help: ArgumentHelp("The folder of the tables.", valueName: "folder"))
        var tables: String
        @OptionGroup var options: ServeOptions

        func run() async throws {
            do {
                let release = try KnowledgeAnnouncement(directory: tables)
                let settings = try options.configuration(table: PharmacogenomicsKeys.table)
                try await release.publish(settings, now: SystemClock().now())
                print("published \(release.base.version) \(release.base.digest)")
            } catch {
                FileHandle.standardError.write(Data("pharmacogenomics: \(error)\n".utf8))
                throw ExitCode(2)
            }
        }
    }
}
