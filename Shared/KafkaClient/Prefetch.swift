import CKafka

/// Keeps the library fetching while we drain its queue.
///
/// When the queue has reached its bound, librdkafka 2.0.2 stops fetching and looks again only when its broker thread
/// wakes up for another reason, or after a second: a consumer slower than its broker then reads 16 MiB and waits up
/// to 0.9 s, again and again. (`fetch.queue.backoff.ms`, which mends this, came with 2.2.0; then this file can go.)
/// Any request to a broker wakes its thread, so after each quarter of the bound we ask the leaders for the end of our
/// partitions and do not wait for the answer.
struct Prefetch {
    static let defaultKilobytes = 16_384
    static let defaultRecords = 100_000

    private let byteStep: Int
    private let recordStep: Int
    private var bytes = 0
    private var records = 0

    /// The bounds of a consumer with these overrides.
    init(_ overrides: [String: String]) {
        let kilobytes = overrides["queued.max.messages.kbytes"].flatMap { Int($0) } ?? Self.defaultKilobytes
        byteStep = max(min(kilobytes, 1 << 30) * 1024 / 4, 1024)
        recordStep = max((overrides["queued.min.messages"].flatMap { Int($0) } ?? Self.defaultRecords) / 4, 1000)
    }

    /// Counts a record that has left the queue; true when it is time to refill.
    mutating func hasTaken(_ byteCount: Int) -> Bool {
        bytes += byteCount
        records += 1
        guard bytes >= byteStep || records >= recordStep else { return false }
        bytes = 0
        records = 0
        return true
    }

    /// Wakes the threads of the brokers that lead `partitions`. Does not wait.
    static func refill(_ partitions: [TopicPartition], _ handle: OpaquePointer) {
        let list = PartitionList(capacity: partitions.count)
        for partition in partitions { list.add(partition, offset: Int64(RD_KAFKA_OFFSET_END)) }
        // With no time to wait the result is always a time-out, and means nothing.
        _ = rd_kafka_offsets_for_times(handle, list.pointer, 0)
    }
}
