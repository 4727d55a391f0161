import ArgumentParser
import Foundation
import KafkaClient
import StreamRuntime
import VitalctlCore

/// `vitalctl deadletters`
struct DeadLetters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadletters", abstract: "List, show and replay what services could not take.",
        subcommands: [List.self, Show.self, Replay.self])

    /// `vitalctl deadletters list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List dead letters, the newest first. Shows no payload.")

        @OptionGroup var endpoints: EndpointOptions
        @OptionGroup var output: OutputOptions

        @Option(help: "The most to list.")
        var limit = 50

        @Flag(help: "List the replayed ones too.")
        var all = false

        func run() async throws {
            let console = Console()
            let shelf = try DeadLetterShelf(endpoints.resolve(logger: output.logger))
            let result = await Result { [limit, all] in try await shelf.list(limit: limit, replayed: all) }
            await shelf.close()
            let letters = try result.get()
            guard !output.json else { return try letters.forEach { try console.json($0) } }
            let rows = letters.map {
                [
                    $0.id, $0.service, $0.disposition, $0.reason, $0.source, "\($0.attempts)", $0.createdAt,
                    $0.replayedAt == nil ? "" : "replayed",
                ]
            }
            let head = ["id", "service", "disposition", "reason", "source", "attempts", "since", ""]
            for line in HumanText.table(head, rows) { console.out(line) }
            if letters.isEmpty { console.note("no dead letters") }
        }
    }

    /// `vitalctl deadletters show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one dead letter; its payload only with --reveal.")

        @Argument(help: ArgumentHelp("The dead letter's id.", valueName: "id"))
        var id: String

        @Flag(help: "Open and print the payload. It carries people's data.")
        var reveal = false

        @OptionGroup var key: PayloadKeyOptions
        @OptionGroup var endpoints: EndpointOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let console = Console()
            let endpoints = try endpoints.resolve(logger: output.logger)
            let shelf = try DeadLetterShelf(endpoints)
            let (id, reveal, key) = (id, reveal, key)
            let result = await Result {
                let letter = try await shelf.letter(id)
                return (letter, reveal ? try await shelf.open(letter, key: key.load(endpoints.directory)) : nil)
            }
            await shelf.close()
            let (letter, record) = try result.get()
            if output.json { try console.json(letter) } else { letter.lines.forEach(console.out) }
            guard let record else { return }
            console.out(String(decoding: record.value ?? [], as: UTF8.self))
        }
    }

    /// `vitalctl deadletters replay`
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish dead letters to their source topic again, with the same key and headers, and mark them.",
            discussion: "What was accepted of the record before is recognised and changes nothing.")

        @Argument(help: ArgumentHelp("Ids of dead letters.", valueName: "id"))
        var ids: [String] = []

        @Flag(help: "Replay every one that has not been replayed.")
        var all = false

        @Option(help: ArgumentHelp("Only those with this reason (with --all).", valueName: "code"))
        var reason: String?

        @Flag(help: "You have looked at them: take what was held back as not believable.")
        var release = false

        @OptionGroup var key: PayloadKeyOptions
        @OptionGroup var endpoints: EndpointOptions
        @OptionGroup var output: OutputOptions

        private struct Row: Encodable {
            let id: String
            let topic: String
            let partition: Int32
            let offset: Int64
        }

        func validate() throws {
            guard all != !ids.isEmpty else { throw ValidationError("give ids, or --all") }
        }

        func run() async throws {
            let console = Console()
            let endpoints = try endpoints.resolve(logger: output.logger)
            let shelf = try DeadLetterShelf(endpoints)
            let (ids, all, reason, key, release) = (ids, all, reason, key, release)
            let (output, began) = (output, ContinuousClock.now)
            let result = await Result {
                let keyring = try key.load(endpoints.directory)
                let chosen = all ? try await shelf.waiting(reason: reason) : ids
                for (index, id) in chosen.enumerated() {
                    let place = try await shelf.replay(id, key: keyring, releasing: release)
                    if output.json {
                        try console.json(
                            Row(
                                id: id, topic: place.topicPartition.topic, partition: place.topicPartition.partition,
                                offset: place.offset))
                    } else {
                        console.out("\(id) -> \(place.topicPartition) @ \(place.offset)")
                    }
                    let bar = ProgressBar.line(
                        label: "replay", part: Double(index + 1) / Double(chosen.count),
                        note: "\(index + 1) of \(chosen.count)", elapsed: began.duration(to: .now), width: console.width
                    )
                    console.live([bar], plain: bar)
                }
                return chosen.count
            }
            await shelf.close()
            console.clear()
            let count = try result.get()
            if !output.json { console.out("replayed \(count)") }
        }
    }
}
