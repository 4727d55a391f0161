import ArgumentParser
import Foundation
import VitalctlCore

/// `vitalctl up`
struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the embedded stack and the services, and keep them running until Ctrl-C.",
        discussion: """
            Hosts a Kafka broker (in memory), PostgreSQL and a document store, migrates, starts the services, and starts them again when they \
            crash. The broker forgets everything when it stops; PostgreSQL and the documents stay in the state directory.
            """)

    @OptionGroup var options: StackOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Return when everything is ready, and leave it running.")
    var detach = false

    func run() async throws {
        let console = Console()
        let directory = options.place.directory
        if detach {
            let state = try await DetachedStack.start(arguments, in: directory)
            try Self.show(state, directory: directory, output: output, console: console)
            return
        }
        let interrupt = Interrupt()
        do {
            try await StackHost.run(options, console: console, interrupt: interrupt, logger: output.logger) {
                _, state in
                console.clear()
                try Self.show(state, directory: directory, output: output, console: console)
                if !output.json { console.note("Ctrl-C stops everything.") }
                await interrupt.wait()
            }
        } catch is CancellationError {
            console.note("stopped")
        }
    }

    /// The arguments that make another process do the same without `--detach`.
    private var arguments: [String] {
        [
            "--state-dir", options.place.directory.folder.path, "--services", options.services, "--brokers",
            "\(options.brokers)", "--partitions", "\(options.partitions)", "--log-level", options.logLevel,
        ] + (output.verbose ? ["--verbose"] : [])
    }

    static func show(
        _ state: StackState, directory: StateDirectory, output: OutputOptions, console: Console
    ) throws {
        guard !output.json else { return try console.json(state) }
        let paint = Console.outputPaint
        let rows =
            [
                ["kafka", state.kafka.bootstrapServers, "\(state.supervisor.pid)"],
                ["postgres", "\(state.postgres.host):\(state.postgres.port)", pid(state.postgres.process)],
                ["documents", state.mongo.uri, pid(state.mongo.process)],
            ] + state.services.map { [$0.name, $0.url, pid($0.process)] }
        for line in HumanText.table(["part", "address", "pid"], rows) { console.out(line) }
        console.out("")
        for (label, line) in StackHost.directions(state, directory: directory) {
            console.out("\(paint(.cyan, label)): \(line)")
        }
    }

    private static func pid(_ process: StackState.ProcessName?) -> String { process.map { "\($0.pid)" } ?? "-" }
}
