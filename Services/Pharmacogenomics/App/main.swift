import ArgumentParser
import Foundation
import PharmacogenomicsAdapter
import ServiceKit

struct Pharmacogenomics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pharmacogenomics",
        abstract: "From genotypes and medications to diplotypes, phenotypes and advice, each with its reasons.",
        discussion: "Not medical advice: a clinician confirms every recommendation before it is acted on.",
        subcommands: [Serve.self, Call.self, Recommend.self, Explain.self, Knowledge.self, Migrate.self, Measure.self])
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the service.", discussion: PharmacogenomicsKeys.table.help)
    @OptionGroup var options: ServeOptions

    func run() async throws {
        try await ServiceHost.serve(
            PharmacogenomicsService.name, options: options, table: PharmacogenomicsKeys.table,
            components: PharmacogenomicsService.components)
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema forward.", discussion: PharmacogenomicsKeys.table.help)
    @OptionGroup var options: ServeOptions

    func run() async throws {
        let versions = try await PharmacogenomicsService.schema.migrate(
            try options.configuration(table: PharmacogenomicsKeys.table))
        print(versions.isEmpty ? "nothing to do" : "applied \(versions.map(String.init).joined(separator: ", "))")
    }
}

/// In an asynchronous function `main()` is the one that waits; at the top level it would be ParsableCommand's.
func start() async { await Pharmacogenomics.main() }
await start()
