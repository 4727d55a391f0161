import Domain

/// One person of the feed and the state of the person's device, moved forward step by step.
struct GeneratedPerson: Sendable {
    let profile: PersonProfile
    let deterioration: PlantedDeterioration?
    private var random: SeededGenerator
    private var vitals: VitalSignsModel
    /// Steps until the device is put on again; 0 while it is worn.
    private var slotsOff = 0
    /// Steps until the device is connected again; 0 while it is.
    private var slotsOffline = 0
    private var exerciseSlots = 0
    private var stepsOfHour = 0.0
    /// Measurements that wait for a connection.
    private var held: [WearablePoint] = []

    /// A delivery of one or more measurements at one time.
    struct Delivery: Sendable {
        let time: Timestamp
        let points: [WearablePoint]
    }

    init(index: Int, plan: FeedPlan, birthYearOfTwenty: Int, deterioration: PlantedDeterioration?) {
        profile = PersonProfile(index: index, seed: plan.seed, birthYearOfTwenty: birthYearOfTwenty)
        random = SeededGenerator(seed: plan.seed, stream: UInt64(index) << 1 | 1)
        vitals = VitalSignsModel(profile: profile)
        self.deterioration = deterioration
    }

    func severity(at time: Timestamp) -> Double { deterioration?.severity(at: time) ?? 0 }

    /// What the device hands over in the 20 minutes from `start`, the step of number `slot`; `isLast` makes it hand over what it still holds.
    mutating func step(slot: Int, start: Timestamp, isLast: Bool) -> [Delivery] {
        let hour = Double(start.microseconds / 1_000_000 % 86_400) / 3600
        let isIll = deterioration?.isUnderWay(at: start) ?? false
        let severity = severity(at: start)
        moveDevice(isIll: isIll)
        let activity = activity(hour: hour, severity: severity)
        let signs = vitals.step(hour: hour, activity: activity, severity: severity, random: &random)
        stepsOfHour += activity * 1_600 * random.uniform(0.7...1.3)

        var deliveries: [Delivery] = []
        for measure in WearablePoint.Measure.allCases where (slot + profile.phase) % measure.interval == 0 {
            let offset = Duration.milliseconds(random.index(below: 1_200_000))
            let id = (high: random.next(), low: random.next())
            defer { if measure == .stepCount { stepsOfHour = 0 } }
            guard slotsOff == 0, measure != .stepCount || profile.isAwake(hour: hour) else { continue }
            let point = WearablePoint(
                measure: measure, time: start.advanced(by: offset), vitals: signs, steps: stepsOfHour, id: id)
            if slotsOffline > 0 {
                held.append(point)
            } else {
                deliveries.append(Delivery(time: point.time, points: [point]))
            }
        }
        if !held.isEmpty, slotsOffline == 0 || isLast {
            let reconnection = start.advanced(by: .milliseconds(random.index(below: 1_200_000)))
            let latest = held.map(\.time).max() ?? reconnection
            deliveries.append(Delivery(time: max(reconnection, latest), points: held))
            held = []
        }
        return deliveries
    }

    /// Takes the device off (about a tenth of the time, three hours on average) and out of reach (one to twelve hours, once in two weeks or so).
    private mutating func moveDevice(isIll: Bool) {
        slotsOff = max(0, slotsOff - 1)
        slotsOffline = max(0, slotsOffline - 1)
        let comesOff = random.chance(0.0125)
        let hoursOff = random.uniform(0.5...5.5)
        let losesReach = random.chance(0.001)
        let hoursOffline = random.uniform(1...12)
        if isIll {
            slotsOff = 0
            slotsOffline = 0
        } else {
            if comesOff, slotsOff == 0 { slotsOff = Int(hoursOff * 3) }
            if losesReach, slotsOffline == 0 { slotsOffline = Int(hoursOffline * 3) }
        }
    }

    /// From 0 to 1: none asleep or ill, a little by day, much in a bout of exercise (20 to 60 minutes).
    private mutating func activity(hour: Double, severity: Double) -> Double {
        let begins = random.chance(profile.exercisesPerDay / 48)
        let length = 1 + random.index(below: 3)
        let everyday = random.uniform(0...0.25)
        exerciseSlots = max(0, exerciseSlots - 1)
        guard profile.isAwake(hour: hour) else {
            exerciseSlots = 0
            return 0
        }
        if begins, exerciseSlots == 0 { exerciseSlots = length }
        return (exerciseSlots > 0 ? 0.9 : everyday) * max(0, 1 - 2 * severity)
    }
}
