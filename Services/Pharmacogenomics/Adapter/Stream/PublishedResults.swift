import Domain

/// What was last published of one person, so that only changes are.
struct PublishedResults: Sendable, Equatable {
    /// The last event about a gene or a drug.
    struct Entry: Sendable, Equatable {
        /// The number of events so far.
        var version: Int64
        /// A hash of what the last one said.
        var content: UInt64
        /// True when the last one took everything back.
        var isWithdrawn = false
    }

    /// The alert about a drug.
    struct AlertEntry: Sendable, Equatable {
        /// The number of transitions so far.
        var version: Int64
        var isOpen: Bool
        /// The weight of the action that it is about, 0 to 6.
        var severity: UInt8
        var raisedAt: Timestamp
    }

    /// By gene.
    var phenotypes: [String: Entry] = [:]
    /// By drug.
    var recommendations: [String: Entry] = [:]
    /// By drug.
    var alerts: [String: AlertEntry] = [:]
    /// The version of the report document.
    var report: Int64 = 0
    /// A hash of the row in `patient_profile`.
    var profile: UInt64 = 0

    func write(to writer: inout StateWriter) {
        for entries in [phenotypes, recommendations] {
            writer.list(entries.sorted { $0.key < $1.key }) { writer, entry in
                writer.text(entry.key)
                writer.signed(entry.value.version)
                writer.fixed(entry.value.content)
                writer.flag(entry.value.isWithdrawn)
            }
        }
        writer.list(alerts.sorted { $0.key < $1.key }) { writer, entry in
            writer.text(entry.key)
            writer.signed(entry.value.version)
            writer.flag(entry.value.isOpen)
            writer.byte(entry.value.severity)
            writer.time(entry.value.raisedAt)
        }
        writer.signed(report)
        writer.fixed(profile)
    }

    init() {}

    init(_ reader: inout StateReader) throws(PharmacogenomicsError) {
        phenotypes = try Self.entries(&reader)
        recommendations = try Self.entries(&reader)
        let alerts = try reader.list { (reader) throws(PharmacogenomicsError) in
            (
                try reader.text(),
                AlertEntry(
                    version: try reader.signed(), isOpen: try reader.flag(), severity: try reader.byte(),
                    raisedAt: try reader.time())
            )
        }
        self.alerts = Dictionary(alerts) { $1 }
        report = try reader.signed()
        profile = try reader.fixed()
    }

    private static func entries(_ reader: inout StateReader) throws(PharmacogenomicsError) -> [String: Entry] {
        let entries = try reader.list { (reader) throws(PharmacogenomicsError) in
            (
                try reader.text(),
                Entry(version: try reader.signed(), content: try reader.fixed(), isWithdrawn: try reader.flag())
            )
        }
        return Dictionary(entries) { $1 }
    }
}
