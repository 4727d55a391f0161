import Domain

/// A sepsis-like course that the generator put into one person's vital signs: the ground truth against which alerts are judged.
///
/// Between `onset` and `peak` (24 to 36 hours) respiration, heart rate and temperature rise, oxygen saturation and blood pressure fall,
/// from nothing to the full effect; it stays until `recovery` (6 hours) and fades after that.
public struct PlantedDeterioration: Equatable, Sendable {
    /// The person's id in the feed.
    public let person: String
    /// When the drift begins.
    public let onset: Timestamp
    /// When it has reached its full effect.
    public let peak: Timestamp
    /// When it begins to fade.
    public let recovery: Timestamp

    static let plateau = Duration.seconds(6 * 3600)

    /// How much of the full effect is there at `time`: 0 before the onset, a smooth rise to 1, and an exponential fall (time constant six
    /// hours) after ``recovery``.
    public func severity(at time: Timestamp) -> Double {
        if time <= onset { return 0 }
        if time < peak {
            let part = Double(time.since(onset).microseconds) / Double(peak.since(onset).microseconds)
            return part * part * (3 - 2 * part)
        }
        if time <= recovery { return 1 }
        let hours = Double(time.since(recovery).microseconds) / 3.6e9
        return exponential(-hours / 6)
    }

    /// Whether the person is in it at `time`, its fading and two hours before it included; the device is worn and connected then.
    func isUnderWay(at time: Timestamp) -> Bool {
        time >= onset.advanced(by: .seconds(-7200)) && time <= recovery.advanced(by: .seconds(24 * 3600))
    }

    /// The courses of `plan`: who and when follow from its seed alone.
    static func planted(in plan: FeedPlan) -> [PlantedDeterioration] {
        var random = SeededGenerator(seed: plan.seed, stream: .max)
        var people = Array(0..<plan.people)
        people.shuffle(using: &random)
        let end = plan.start.advanced(by: .seconds(plan.days * 86_400))
        return people.prefix(plan.deteriorations).sorted().map { person in
            let ramp = random.uniform(24...36) * 3600
            let latest = Double(plan.days) * 86_400 - ramp - 6 * 3600
            let lead = min(12 * 3600, latest)
            let onset = plan.start.advanced(by: .seconds(lead + random.uniform() * max(0, latest - lead)))
            let peak = min(onset.advanced(by: .seconds(ramp)), end)
            return PlantedDeterioration(
                person: FeedPlan.personID(person), onset: onset, peak: peak, recovery: peak.advanced(by: plateau))
        }
    }
}
