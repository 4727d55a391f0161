/// What stays the same about a generated person: age, habits, baselines, illnesses.
struct PersonProfile: Sendable {
    /// From 0.
    let number: Int
    let id: String
    let key: String
    let gender: String
    let birthYear: Int
    /// Local habits as hours of the UTC day.
    let wakes: Double
    let sleeps: Double
    let restingHeartRate: Double
    let oxygenSaturation: Double
    let respiratoryRate: Double
    let bodyTemperature: Double
    let systolicPressure: Double
    let diastolicPressure: Double
    let exercisesPerDay: Double
    let conditions: [ChronicCondition]
    /// The slot of the day at which each schedule starts, so that people do not measure in step.
    let phase: Int
    /// Days between two routine laboratory panels, and the day of the first.
    let labIntervalDays: Int
    let firstLabDay: Int

    init(index: Int, seed: UInt64, birthYearOfTwenty: Int) {
        var random = SeededGenerator(seed: seed, stream: UInt64(index) << 1)
        number = index
        id = FeedPlan.personID(index)
        key = FeedKey.key(for: id)
        gender = random.chance(0.5) ? "female" : "male"
        let age = random.uniform(20...88)
        birthYear = birthYearOfTwenty - Int(age) + 20
        wakes = random.uniform(5.5...8)
        sleeps = random.uniform(21.5...23.5)
        restingHeartRate = 66 + random.gaussian().clamped(to: -2...2) * 6
        oxygenSaturation = 97.4 + random.gaussian().clamped(to: -2...1.5) * 0.4
        respiratoryRate = 15 + random.gaussian().clamped(to: -1.5...1.5) * 1.2
        bodyTemperature = 36.75 + random.gaussian().clamped(to: -2...2) * 0.1
        systolicPressure = 124 + (age - 50) * 0.25 + random.gaussian().clamped(to: -1.5...2) * 6
        diastolicPressure = 78 + random.gaussian().clamped(to: -2...2) * 5
        exercisesPerDay = random.uniform(0...0.9)
        conditions = ChronicCondition.all.filter { random.chance($0.prevalence * (age > 50 ? 1.5 : 0.5)) }
        phase = random.index(below: 72)
        labIntervalDays = conditions.isEmpty ? 14 : 7
        firstLabDay = random.index(below: labIntervalDays)
    }

    func isAwake(hour: Double) -> Bool { hour >= wakes && hour < sleeps }
}

extension Double {
    /// The nearest value within `range`.
    func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
