/// The partitions that we own, the next offset expected on each, and which of them we have paused.
struct Assignment {
    enum Verdict {
        case deliver(TopicPartition)
        /// A record of a partition that is not ours (any more).
        case notAssigned
        /// An offset that was delivered before, or that lies before the start. `isFirst`: the first such record of this
        /// assignment that no resume of ours explains.
        case below(TopicPartition, expected: Int64, isFirst: Bool)
    }

    private struct Entry {
        let partition: TopicPartition
        /// The lowest offset to deliver.
        var next: Int64
        var isPaused = false
        /// The library may repeat records after we have resumed the partition.
        var mayRewind = false
        var hasReportedRewind = false
    }

    /// A partition as messages name it: by the address of a topic, which holds as long as the assignment does.
    struct Key: Hashable {
        let topic: OpaquePointer?
        let partition: Int32
    }

    private var entries: [Entry] = []
    private var indices: [Key: Int] = [:]
    private var last: (key: Key, index: Int)?

    /// All partitions, sorted.
    var partitions: [TopicPartition] { entries.map(\.partition) }

    func contains(_ partition: TopicPartition) -> Bool { entries.contains { $0.partition == partition } }

    mutating func begin(_ partitions: [TopicPartition], from starts: [TopicPartition: Int64]) {
        removeAll()
        entries = partitions.map { Entry(partition: $0, next: max(starts[$0] ?? 0, 0)) }
    }

    mutating func removeAll() {
        entries = []
        indices = [:]
        last = nil
    }

    mutating func markPaused() {
        for index in entries.indices { entries[index].isPaused = true }
    }

    /// The paused partitions, which count as resumed from now on.
    mutating func takePaused() -> [TopicPartition] {
        var paused: [TopicPartition] = []
        for index in entries.indices where entries[index].isPaused {
            entries[index].isPaused = false
            entries[index].mayRewind = true
            paused.append(entries[index].partition)
        }
        return paused
    }

    /// Decides about a message at `offset`, and moves the expected offset past it. `name` is asked for the name of
    /// the topic once per partition.
    @inline(__always)
    mutating func advance(past offset: Int64, of key: Key, name: (OpaquePointer) -> String?) -> Verdict {
        let index: Int
        if let last, last.key == key {
            index = last.index
        } else {
            guard let found = indices[key] ?? register(key, name) else { return .notAssigned }
            index = found
            last = (key, found)
        }
        if offset < entries[index].next {
            let isFirst = !entries[index].hasReportedRewind && !entries[index].mayRewind
            if isFirst { entries[index].hasReportedRewind = true }
            return .below(entries[index].partition, expected: entries[index].next, isFirst: isFirst)
        }
        entries[index].next = offset + 1
        return .deliver(entries[index].partition)
    }

    private mutating func register(_ key: Key, _ name: (OpaquePointer) -> String?) -> Int? {
        guard let topic = key.topic, let name = name(topic) else { return nil }
        let partition = TopicPartition(topic: name, partition: key.partition)
        guard let index = entries.firstIndex(where: { $0.partition == partition }) else { return nil }
        indices[key] = index
        return index
    }
}
