import Domain

/// When something was so: a point (no end) or a period, its last microsecond included.
struct FHIRTimeSpan: Equatable {
    var start: Timestamp
    var end: Timestamp?

    init(start: Timestamp, end: Timestamp?) {
        self.start = start
        self.end = end
    }

    /// The span of one dateTime: a partial date is the period that it names.
    init(_ time: FHIRDateTime) {
        self.init(start: time.start, end: time.endOfPeriod)
    }

    /// Whether this is what a partial date names: a whole day, month or year in UTC. Something happened in it; nothing says that it lasted, and a part
    /// of it may lie ahead.
    var isPartialDate: Bool {
        guard let end else { return false }
        let text = start.iso8601
        return [4, 7, 10].contains { length in
            FHIRDateTime(String(text.prefix(length))).map { $0.start == start && $0.end == end } ?? false
        }
    }
}
