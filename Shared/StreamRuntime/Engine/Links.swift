import KafkaClient
import Synchronization

/// Ties the parts of an application that know each other in a circle; set once, before anything runs.
final class Links<Processor: StreamProcessor>: Sendable {
    private struct Parts {
        weak var engine: StreamEngine<Processor>?
        weak var director: PartitionDirector<Processor>?
        weak var requests: RequestLanes<Processor>?
        weak var consumer: KafkaConsumer?
    }

    private let parts = Mutex(Parts())

    func set(
        engine: StreamEngine<Processor>, director: PartitionDirector<Processor>, requests: RequestLanes<Processor>,
        consumer: KafkaConsumer?
    ) {
        parts.withLock { $0 = Parts(engine: engine, director: director, requests: requests, consumer: consumer) }
    }

    var engine: StreamEngine<Processor>? { parts.withLock { $0.engine } }
    var director: PartitionDirector<Processor>? { parts.withLock { $0.director } }
    var requests: RequestLanes<Processor>? { parts.withLock { $0.requests } }
    var consumer: KafkaConsumer? { parts.withLock { $0.consumer } }
}
