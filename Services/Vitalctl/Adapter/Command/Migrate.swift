import ArgumentParser
import Foundation
import VitalctlCore

/// `vitalctl migrate`
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the services' tables to the newest version.",
        discussion: """
            Runs `<service> migrate` for each service, against the running stack or, where none runs, against what VITALSTREAM_POSTGRES_URL \
            names. Forward only; safe to run at any time and more than once.
            """)

    @OptionGroup var place: PlaceOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Services to migrate, separated by commas.", valueName: "names"))
    var services = "ingestion,alert-engine,pharmacogenomics"

    private struct Row: Encodable {
        let service: String
        let seconds: Double
    }

    func run() async throws {
        let console = Console()
        let directory = place.directory
        var environment = ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("VITALSTREAM_") }
        if let state = try directory.running() {
            environment.merge(ServiceEnvironment.variables(state, directory: directory)) { $1 }
        } else if environment["VITALSTREAM_POSTGRES_URL"] == nil, environment["VITALSTREAM_POSTGRES_HOST"] == nil {
            throw VitalctlError(
                .notUp, operation: "migrate",
                detail:
                    "no stack runs in \(directory.folder.path), and VITALSTREAM_POSTGRES_URL names no other database")
        }
        try directory.prepare()
        for name in services.split(separator: ",").map(String.init) {
            let began = ContinuousClock.now
            console.live([console.paint(.dim, "migrating \(name) …")], plain: "migrating \(name)")
            try await Stack.migrate(
                name, executable: ProgramSearch.service(name), environment: environment, in: directory)
            let took = began.duration(to: .now)
            console.clear()
            if output.json {
                try console.json(Row(service: name, seconds: took / .seconds(1)))
            } else {
                console.out("\(name): up to date (\(HumanText.duration(took)))")
            }
        }
    }
}
