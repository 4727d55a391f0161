import AlertEngineAdapter
import ArgumentParser
import Foundation
import ServiceKit

/// Early-warning scores and thresholds over a patient's latest observations.
struct AlertEngine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alert-engine",
        abstract: "Raises and resolves alerts on patients' observations (NEWS2 and thresholds).",
        discussion: "Not medical advice: a clinician confirms every alert. NEWS2 (c) Royal College of Physicians 2017.",
        subcommands: [Serve.self, Score.self, Migrate.self])

    /// Called from an asynchronous function, `main()` is the one that waits; at the top level it would be the other.
    static func start() async {
        await main()
    }
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the service.", discussion: AlertEngineKeys.table.help)
    @OptionGroup var options: ServeOptions

    func run() async throws {
        let table = AlertEngineKeys.table
        try await ServiceHost.serve(AlertEngineService.name, options: options, table: table) { host, _ in
            try AlertEngineService.components(host: host)
        }
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema forward.", discussion: AlertEngineKeys.table.help)
    @OptionGroup var options: ServeOptions

    func run() async throws {
        do {
            let settings = try options.configuration(table: AlertEngineKeys.table)
            let versions = try await AlertEngineService.schema.migrate(settings)
            print(versions.isEmpty ? "nothing to do" : "applied \(versions.map(String.init).joined(separator: ", "))")
        } catch {
            FileHandle.standardError.write(Data("\(AlertEngineService.name): \(error)\n".utf8))
            throw ExitCode(1)
        }
    }
}

await AlertEngine.start()
