import CKafka

/// The library's list of partitions with offsets; freed when it goes out of scope.
struct PartitionList: ~Copyable {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(capacity: Int) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: capacity))
    }

    /// A list of `partitions` without offsets.
    init(_ partitions: some Collection<TopicPartition>) {
        self.init(capacity: partitions.count)
        for partition in partitions { add(partition) }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    func add(_ partition: TopicPartition, offset: Int64? = nil) {
        let element = rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)
        if let offset { element?.pointee.offset = offset }
    }
}

/// Calls `body` with each entry of a list that the library owns.
func eachPartition(
    of list: UnsafePointer<rd_kafka_topic_partition_list_t>?,
    _ body: (TopicPartition, rd_kafka_topic_partition_t) -> Void
) {
    guard let list, let elements = list.pointee.elems else { return }
    for index in 0..<Int(list.pointee.cnt) {
        let element = elements[index]
        body(TopicPartition(topic: String(cString: element.topic), partition: element.partition), element)
    }
}
