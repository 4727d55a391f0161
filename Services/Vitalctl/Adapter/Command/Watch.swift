import ArgumentParser
import Foundation
import KafkaClient
import Synchronization
import VitalctlCore

/// `vitalctl watch`
struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the records of a topic as lines of JSON, decoded.",
        discussion: "Reads as a group of its own, which takes some three seconds to form; nobody else is disturbed.")

    /// Where to begin.
    enum Start: String, ExpressibleByArgument, CaseIterable {
        case beginning
        case end
    }

    @Argument(help: ArgumentHelp("The topic; vitalctl topics lists them.", valueName: "topic"))
    var topic: String

    @Option(help: "Where to begin.")
    var from = Start.end

    @Option(help: ArgumentHelp("Stop after this many records.", valueName: "count"))
    var limit: Int?

    @Flag(help: "Show the values of feed topics, which carry what senders sent, people's names included.")
    var reveal = false

    @OptionGroup var endpoints: EndpointOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = Console()
        let endpoints = try endpoints.resolve(logger: output.logger)
        let metadata = try KafkaMetadata(endpoints.kafka, logger: endpoints.logger)
        let topics = await Result { try await metadata.topics() }
        await metadata.close()
        guard try topics.get()[topic] != nil else {
            throw VitalctlError(
                .wrongArgument, operation: "watch", detail: "there is no topic \(topic); vitalctl topics lists them")
        }
        let interrupt = Interrupt()
        let left = Mutex(limit ?? .max)
        let reader = try TopicReader.start(
            [topic], fromBeginning: from == .beginning, endpoints.kafka, logger: endpoints.logger,
            failure: { console.note(console.paint(.yellow, "\($0)")) }
        ) { [reveal] record in
            let (shows, isLast) = left.withLock { left in
                guard left > 0 else { return (false, true) }
                left -= 1
                return (true, left == 0)
            }
            if shows { console.out(EventLine.line(of: record, reveal: reveal)) }
            if isLast { interrupt.raise() }
        }
        await interrupt.wait()
        await reader.close()
    }
}
