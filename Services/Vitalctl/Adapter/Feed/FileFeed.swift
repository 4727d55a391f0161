import Foundation
import Synchronization
import VitalctlCore

/// The records of many files, one file at a time in memory.
final class FileFeed: Sendable {
    /// A file that could not be read.
    struct Failure: Sendable {
        let file: String
        let error: any Error
    }

    private struct State {
        var done = 0
        var failures: [Failure] = []
    }

    private let findings: FeedFiles.Findings
    private let state = Mutex(State())

    init(_ findings: FeedFiles.Findings) {
        self.findings = findings
    }

    var total: Int { findings.files.count + findings.participants.count }
    var skipped: Int { findings.skipped.count }
    var failures: [Failure] { state.withLock { $0.failures } }
    /// The part of the files that has been read.
    var part: Double { total == 0 ? 1 : Double(state.withLock { $0.done }) / Double(total) }

    /// The records in the order of the files. A file that cannot be read is told to `onFailure` and passed over.
    func records(onFailure: @escaping @Sendable (Failure) -> Void) -> Records {
        Records(feed: self, onFailure: onFailure)
    }

    /// The records, read when they are asked for.
    struct Records: AsyncSequence, AsyncIteratorProtocol {
        let feed: FileFeed
        let onFailure: @Sendable (Failure) -> Void
        private var next = 0
        private var ready: ArraySlice<FeedRecord> = []

        init(feed: FileFeed, onFailure: @escaping @Sendable (Failure) -> Void) {
            self.feed = feed
            self.onFailure = onFailure
        }

        func makeAsyncIterator() -> Records { self }

        mutating func next() async throws -> FeedRecord? {
            while ready.isEmpty {
                guard next < feed.total else { return nil }
                let index = next
                next += 1
                do {
                    let feed = feed
                    ready = try await OffPool.run { try feed.read(index) }[...]
                } catch {
                    let failure = FileFeed.Failure(file: feed.name(index), error: error)
                    feed.state.withLock { $0.failures.append(failure) }
                    onFailure(failure)
                }
                feed.state.withLock { $0.done = index + 1 }
            }
            return ready.popFirst()
        }
    }

    private func name(_ index: Int) -> String {
        index < findings.files.count
            ? findings.files[index].path : findings.participants[index - findings.files.count]
    }

    private func read(_ index: Int) throws -> [FeedRecord] {
        if index < findings.files.count { return try findings.files[index].records() }
        return try ParticipantFeed.records(of: findings.participants[index - findings.files.count])
    }
}
