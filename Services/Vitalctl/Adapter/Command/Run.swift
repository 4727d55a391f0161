import ArgumentParser
import Domain
import Foundation
import KafkaClient
import Logging
import VitalctlCore

/// `vitalctl run`
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start everything, feed it, and show the alerts as they are raised.",
        discussion: """
            Without --feed it generates the seeded feed, in which a few people deteriorate, and says at the end which of them were alerted, \
            and how soon. Stays up until Ctrl-C; with --once it ends when every record has had its effect and every effect has left.
            """)

    @OptionGroup var options: StackOptions
    @OptionGroup var generated: FeedOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Files of FHIR, Open mHealth or PMData to publish instead of the generated feed.", valueName: "path"))
    var feed: String?

    @Option(help: "Records a second, at most.")
    var rate: Double?

    @Flag(help: "End when the feed is drained, and print a summary.")
    var once = false

    func validate() throws {
        if let rate, !(rate > 0) { throw ValidationError("--rate must be more than 0") }
    }

    func run() async throws {
        let console = Console()
        let source: RunFeed =
            if let feed { .files(FileFeed(try FeedFiles.find(feed))) } else {
                .generated(generated.plan(now: SystemClock().now()))
            }
        let interrupt = Interrupt()
        let (options, output, rate, once, logger) = (options, output, rate, once, output.logger)
        do {
            try await StackHost.run(options, console: console, interrupt: interrupt, logger: logger) { stack, state in
                let endpoints = Endpoints(
                    directory: stack.directory, state: state,
                    kafka: .init(bootstrapServers: state.kafka.bootstrapServers, clientID: "vitalctl"),
                    postgres: try Endpoints.configuration(state.postgres), logger: logger)
                console.clear()
                if !output.json { try Up.show(state, directory: stack.directory, output: output, console: console) }
                let session = try RunSession(
                    endpoints, source: source, rate: rate, console: console, isJSON: output.json, interrupt: interrupt)
                try await session.run(once: once)
                if !output.json {
                    console.out("")
                    for (label, line) in StackHost.directions(state, directory: stack.directory) {
                        console.out("\(Console.outputPaint(.cyan, label)): \(line)")
                    }
                }
                guard !once, !interrupt.isRaised else { return }
                if !output.json { console.note("The stack stays up; Ctrl-C stops it.") }
                await interrupt.wait()
            }
        } catch is CancellationError {
            console.note("stopped")
        }
        if case .files(let feed) = source, !feed.failures.isEmpty { throw ExitCode(1) }
    }
}
