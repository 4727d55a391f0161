import Contracts
import Domain
import KafkaClient
import Logging
import Synchronization
import TestSupport

/// Reads the result topics from their beginning, all the time: the embedded broker forgets what is old.
final class PublishedLog: KafkaConsumerDelegate {
    /// What a result is a version of.
    struct Version: Hashable {
        /// Gene, recommendation or alert of a person.
        let subject: String
        let number: Int64
    }

    /// What was read so far.
    struct Content {
        /// By version: each identity that it was published under, with the hash of the bytes.
        var phenotypes: [Version: [EventID: Set<Int>]] = [:]
        var recommendations: [Version: [EventID: Set<Int>]] = [:]
        var alerts: [Version: [EventID: Set<Int>]] = [:]
        /// The last transition of each alert.
        var lastTransitions: [String: (version: Int64, transition: Alert.Transition)] = [:]
        var records = 0
        /// Records that could not be read, or whose predecessor was not seen.
        var faults: [String] = []
        var next: [TopicPartition: Int64] = [:]
    }

    static let topics = [Topic.phenotypeDetermined, Topic.recommendationMade, Topic.alertRaised, Topic.alertResolved]

    private let state = Mutex(Content())

    var content: Content { state.withLock { $0 } }

    func partitionsAssigned(_ partitions: [TopicPartition]) -> [TopicPartition: Int64] {
        let next = state.withLock { $0.next }
        return Dictionary(uniqueKeysWithValues: partitions.map { ($0, next[$0] ?? 0) })
    }
    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {}

    func received(_ record: ConsumedRecord) {
        state.withLock { content in
            let place = record.topicPartition
            if record.offset != content.next[place, default: 0] {
                content.faults.append("\(place.topic) \(place.partition) jumps to \(record.offset)")
            }
            content.next[place] = record.offset + 1
            content.records += 1
            do {
                try Self.take(record, &content)
            } catch {
                content.faults.append("\(place.topic): \(error)")
            }
        }
    }

    private static func take(_ record: ConsumedRecord, _ content: inout Content) throws {
        guard let bytes = record.value.map({ Array($0) }) else {
            content.faults.append("a tombstone in \(record.topicPartition.topic)")
            return
        }
        let hash = bytes.hashValue
        switch record.topicPartition.topic {
        case Topic.phenotypeDetermined:
            let event = try PhenotypeDetermined(decoding: bytes)
            let version = Version(subject: "\(event.patient.rawValue) \(event.gene)", number: event.version)
            content.phenotypes[version, default: [:]][event.eventID, default: []].insert(hash)
        case Topic.recommendationMade:
            let event = try RecommendationMade(decoding: bytes)
            let version = Version(subject: event.recommendationID.description, number: event.version)
            content.recommendations[version, default: [:]][event.eventID, default: []].insert(hash)
        default:
            let event = try Alert(decoding: bytes)
            let subject = event.alertID.description
            content.alerts[Version(subject: subject, number: event.version), default: [:]][event.eventID, default: []]
                .insert(hash)
            if (content.lastTransitions[subject]?.version ?? 0) < event.version {
                content.lastTransitions[subject] = (event.version, event.transition)
            }
        }
    }

    var acceptsRecords: Bool { true }
    func failed(_ error: KafkaError) {}
}
