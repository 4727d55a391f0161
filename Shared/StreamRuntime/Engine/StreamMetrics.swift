import Metrics

/// What a stream application counts; names are `vitalstream_<service>_stream_…`.
struct StreamMetrics: Sendable {
    let records: Counter
    let accepted: Counter
    let duplicates: Counter
    let ignored: Counter
    let quarantined: Counter
    let rejected: Counter
    let parked: Counter
    let late: Counter
    let batches: Counter
    let batchRecords: Recorder
    let storeFailures: Counter
    let staleStates: Counter
    let fencedLanes: Counter
    let published: Counter
    let documented: Counter
    let relayFailures: Counter
    let recordAge: Recorder
    let bufferedBytes: Gauge
    let ownedPartitions: Gauge
    let unsentBytes: Gauge
    let watermarkAge: Gauge

    init(service: String) {
        let prefix = "vitalstream_\(service.map { $0 == "-" ? "_" : String($0) }.joined())_stream"
        records = Counter(label: "\(prefix)_records_total")
        accepted = Counter(label: "\(prefix)_events_total", dimensions: [("outcome", "accepted")])
        duplicates = Counter(label: "\(prefix)_events_total", dimensions: [("outcome", "duplicate")])
        ignored = Counter(label: "\(prefix)_events_total", dimensions: [("outcome", "ignored")])
        quarantined = Counter(label: "\(prefix)_events_total", dimensions: [("outcome", "quarantined")])
        rejected = Counter(label: "\(prefix)_events_total", dimensions: [("outcome", "rejected")])
        parked = Counter(label: "\(prefix)_events_total", dimensions: [("outcome", "parked")])
        late = Counter(label: "\(prefix)_late_events_total")
        batches = Counter(label: "\(prefix)_batches_total")
        batchRecords = Recorder(label: "\(prefix)_batch_records")
        storeFailures = Counter(label: "\(prefix)_store_failures_total")
        staleStates = Counter(label: "\(prefix)_stale_state_batches_total")
        fencedLanes = Counter(label: "\(prefix)_fenced_partitions_total")
        published = Counter(label: "\(prefix)_published_events_total")
        documented = Counter(label: "\(prefix)_written_documents_total")
        relayFailures = Counter(label: "\(prefix)_relay_failures_total")
        recordAge = Recorder(label: "\(prefix)_record_age_seconds")
        bufferedBytes = Gauge(label: "\(prefix)_buffered_bytes")
        ownedPartitions = Gauge(label: "\(prefix)_owned_partitions")
        unsentBytes = Gauge(label: "\(prefix)_unsent_bytes")
        watermarkAge = Gauge(label: "\(prefix)_watermark_age_seconds")
    }

    func count(_ counts: BatchCounts, records count: Int) {
        records.increment(by: count)
        batches.increment()
        if count > 0 { batchRecords.record(count) }
        accepted.increment(by: counts.accepted)
        if counts.duplicates > 0 { duplicates.increment(by: counts.duplicates) }
        if counts.ignored > 0 { ignored.increment(by: counts.ignored) }
        if counts.quarantined > 0 { quarantined.increment(by: counts.quarantined) }
        if counts.rejected > 0 { rejected.increment(by: counts.rejected) }
        if counts.parked > 0 { parked.increment(by: counts.parked) }
        if counts.late > 0 { late.increment(by: counts.late) }
    }
}
