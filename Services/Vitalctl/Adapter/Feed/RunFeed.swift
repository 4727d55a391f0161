import Foundation
import Synchronization
import VitalctlCore

/// What a run publishes: files, or the generated feed.
enum RunFeed: Sendable {
    case files(FileFeed)
    case generated(FeedPlan)

    /// Publishes everything; `part` is told how far it has come, `failure` what cannot be read.
    func publish(
        to publisher: FeedPublisher, part: @Sendable (Double) -> Void,
        failure: @escaping @Sendable (FileFeed.Failure) -> Void
    ) async throws {
        switch self {
        case .files(let feed):
            for try await record in feed.records(onFailure: failure) {
                try await publisher.publish(record)
                part(feed.part)
            }
        case .generated(let plan):
            var generator = FeedGenerator(plan: plan)
            while let record = generator.next() {
                try await publisher.publish(record)
                part(generator.progress)
            }
        }
        part(1)
    }

    /// The ground truth, when there is one.
    var planted: [PlantedDeterioration] {
        switch self {
        case .files: []
        case .generated(let plan): FeedGenerator(plan: plan).deteriorations
        }
    }
}
