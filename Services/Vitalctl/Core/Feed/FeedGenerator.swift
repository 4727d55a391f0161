import Domain

/// A seeded feed of many people over many days: wearable vital signs as Open mHealth data points, and the record system's FHIR Bundles.
///
/// It is a sequence in order of delivery, made lazily: it holds one 20-minute step and what devices have not yet handed over, whatever the
/// length of the feed. Equal plans give equal bytes. Each person's data depend on the seed and the person's number only, so adding people
/// changes nobody's measurements (only who deteriorates). What is in it:
/// heart rate each 40 minutes, oxygen saturation and respiration each 2 hours, temperature each 4, blood pressure each 8, steps of each
/// waking hour; gaps while the device is off; batches that come up to twelve hours late; admission data at the start; laboratory panels each
/// week or two, and in the middle and at the height of each of ``deteriorations``; a pharmacogenomic panel of each person at the start.
public struct FeedGenerator: Sequence, IteratorProtocol, Sendable {
    /// What it was made from.
    public let plan: FeedPlan
    /// The ground truth: who deteriorates, and when.
    public let deteriorations: [PlantedDeterioration]

    private var people: [GeneratedPerson]
    private var laboratoryRandom: SeededGenerator
    private var slot = 0
    /// The records of the present step, the next one last.
    private var ready: [FeedRecord] = []

    /// The feed of `plan`, at its first record.
    public init(plan: FeedPlan) {
        self.plan = plan
        let planted = PlantedDeterioration.planted(in: plan)
        deteriorations = planted
        let year = Int(plan.start.iso8601.prefix(4)) ?? 2000
        people = (0..<plan.people).map { index in
            GeneratedPerson(
                index: index, plan: plan, birthYearOfTwenty: year - 20,
                deterioration: planted.first { $0.person == FeedPlan.personID(index) })
        }
        laboratoryRandom = SeededGenerator(seed: plan.seed, stream: .max - 1)
    }

    /// The part of the feed that has been made, from 0 to 1; the number of records is known only at the end.
    public var progress: Double { Double(slot) / Double(plan.slotCount) }

    /// The next record in order of delivery, or nil at the end.
    public mutating func next() -> FeedRecord? {
        while ready.isEmpty {
            guard slot < plan.slotCount else { return nil }
            makeSlot()
        }
        return ready.popLast()
    }

    private mutating func makeSlot() {
        let start = plan.start.advanced(by: .microseconds(Int64(slot) * FeedPlan.slot))
        let isLast = slot == plan.slotCount - 1
        var records: [FeedRecord] = []
        for index in people.indices {
            for delivery in people[index].step(slot: slot, start: start, isLast: isLast) {
                records.append(Self.record(of: delivery, person: people[index].profile))
            }
            addHealthRecords(of: people[index], start: start, to: &records)
        }
        slot += 1
        // Later first, because the next one is taken from the end; ties keep the order in which they were made.
        ready = records.enumerated().sorted { left, right in
            let (earlier, later) = (left.element.deliveredAt ?? start, right.element.deliveredAt ?? start)
            return earlier == later ? left.offset > right.offset : earlier > later
        }.map(\.element)
    }

    private static func record(of delivery: GeneratedPerson.Delivery, person: PersonProfile) -> FeedRecord {
        var json = JSONBytes()
        json.reset(reserving: delivery.points.count * 480 + 2)
        if delivery.points.count > 1 { json.raw("[") }
        for (index, point) in delivery.points.enumerated() {
            if index > 0 { json.raw(",") }
            point.write(person: person.id, into: &json)
        }
        if delivery.points.count > 1 { json.raw("]") }
        return FeedRecord(
            topic: .wearable, key: person.key, value: json.bytes, itemCount: delivery.points.count,
            eventTime: delivery.points.map(\.time).max(), deliveredAt: delivery.time)
    }

    private mutating func addHealthRecords(
        of person: GeneratedPerson, start: Timestamp, to records: inout [FeedRecord]
    ) {
        let profile = person.profile
        let end = start.advanced(by: .microseconds(FeedPlan.slot))
        if slot == 0 {
            var writer = HealthRecordWriter()
            let bundle = writer.admission(of: profile, at: start)
            records.append(Self.record(of: bundle, person: profile, at: start))
            records.append(Self.panel(of: profile, plan: plan))
        }
        let day = slot / 72
        var draws: [Timestamp] = []
        if slot % 72 == profile.phase, day >= profile.firstLabDay,
            (day - profile.firstLabDay) % profile.labIntervalDays == 0
        {
            draws.append(start)
        }
        if let course = person.deterioration {
            let middle = course.onset.advanced(by: course.peak.since(course.onset) / 2)
            draws += [middle, course.peak].filter { $0 >= start && $0 < end }
        }
        for draw in draws {
            var writer = HealthRecordWriter()
            let bundle = writer.laboratory(
                of: profile, at: draw, severity: person.severity(at: draw), random: &laboratoryRandom)
            records.append(Self.record(of: bundle, person: profile, at: draw))
        }
    }

    /// A person's panel, sent as a file that names nobody: the header does.
    private static func panel(of profile: PersonProfile, plan: FeedPlan) -> FeedRecord {
        var random = SeededGenerator(seed: plan.seed ^ panelSalt, stream: UInt64(profile.number))
        return FeedRecord(
            topic: .genomics, key: profile.key, value: PharmacogenomicPanel.gVCF(of: profile, random: &random),
            itemCount: 1, eventTime: plan.start, deliveredAt: plan.start, headers: ["vitalstream-subject": profile.id])
    }

    /// What sets the streams of the panels apart from those of the measurements.
    private static let panelSalt: UInt64 = 0x7067_7870_616e_656c

    private static func record(
        of bundle: (bytes: [UInt8], items: Int), person: PersonProfile, at time: Timestamp
    ) -> FeedRecord {
        FeedRecord(
            topic: .ehr, key: person.key, value: bundle.bytes, itemCount: bundle.items, eventTime: time,
            deliveredAt: time)
    }
}
