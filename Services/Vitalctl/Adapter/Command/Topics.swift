import ArgumentParser
import Foundation
import KafkaClient
import VitalctlCore

/// `vitalctl topics`
struct Topics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the topics, their partitions and what they hold.")

    @OptionGroup var endpoints: EndpointOptions
    @OptionGroup var output: OutputOptions

    private struct Row: Encodable {
        let topic: String
        let partitions: Int
        let held: Int64
        let written: Int64
    }

    func run() async throws {
        let console = Console()
        let endpoints = try endpoints.resolve(logger: output.logger)
        let metadata = try KafkaMetadata(endpoints.kafka, logger: endpoints.logger)
        let result = await Result {
            let topics = try await metadata.topics()
            let partitions = topics.flatMap { name, count in
                (0..<Int32(clamping: count)).map { TopicPartition(topic: name, partition: $0) }
            }
            let marks = try await metadata.watermarks(of: partitions)
            return topics.sorted { $0.key < $1.key }.map { name, count in
                let own = marks.filter { $0.key.topic == name }.values
                return Row(
                    topic: name, partitions: count, held: own.reduce(0) { $0 + $1.high - $1.low },
                    written: own.reduce(0) { $0 + $1.high })
            }
        }
        await metadata.close()
        let rows = try result.get()
        guard !output.json else { return try rows.forEach { try console.json($0) } }
        let cells = rows.map {
            [$0.topic, "\($0.partitions)", HumanText.count($0.held), HumanText.count($0.written)]
        }
        for line in HumanText.table(["topic", "partitions", "held", "written"], cells) { console.out(line) }
    }
}
