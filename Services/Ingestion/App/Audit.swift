import ArgumentParser
import IngestionAdapter
import ServiceKit

/// `ingestion audit`
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look after the audit log.", subcommands: [Verify.self])

    /// `ingestion audit verify`
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every chain of the audit log; fails when a record was changed, removed or put in.",
            discussion: "Keep the heads that it prints elsewhere: they show a tail that was cut off.")
        @OptionGroup var options: ServeOptions

        func run() async throws {
            let found = try await IngestionService.verifyAudit(try options.configuration(table: IngestionKeys.table))
            found.lines.forEach { print($0) }
            if !found.isWhole { throw ExitCode(1) }
        }
    }
}
