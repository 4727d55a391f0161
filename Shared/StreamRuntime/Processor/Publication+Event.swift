public import Contracts
import Domain

extension Publication {
    /// An event of the contracts, encoded.
    public init(_ event: some HealthEvent) {
        self.init(
            topic: event.topic, key: event.key, id: event.eventID, type: event.ceType, time: event.producedAt,
            payload: event.encoded())
    }
}
