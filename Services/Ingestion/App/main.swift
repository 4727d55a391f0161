import ArgumentParser
import IngestionAdapter
import ServiceKit

struct Ingestion: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingestion",
        abstract: "Takes the feeds of hospitals, wearables and laboratories and publishes their facts.",
        subcommands: [Serve.self, Validate.self, Convert.self, Audit.self, Migrate.self])
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the service.", discussion: IngestionKeys.table.help)
    @OptionGroup var options: ServeOptions

    func run() async throws {
        try await ServiceHost.serve(
            IngestionService.name, options: options, table: IngestionKeys.table, components: IngestionService.components
        )
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema forward.", discussion: IngestionKeys.table.help)
    @OptionGroup var options: ServeOptions

    func run() async throws {
        let versions = try await IngestionService.schema.migrate(
            try options.configuration(table: IngestionKeys.table))
        print(versions.isEmpty ? "nothing to do" : "applied \(versions.map(String.init).joined(separator: ", "))")
    }
}

/// In an asynchronous function `main()` is the one that waits; at the top level it would be ParsableCommand's.
func start() async { await Ingestion.main() }
await start()
