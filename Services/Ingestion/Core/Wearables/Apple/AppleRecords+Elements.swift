import Contracts
import Domain

extension AppleRecords {
    /// Whether elements of this name are mapped to facts.
    static func isMapped(_ type: String) -> Bool { ["Workout", "ActivitySummary", "Me"].contains(type) }

    /// The verdict on an element that is not mapped.
    static func unmapped(_ type: String, place: String) -> FactOutcome.Verdict {
        switch type {
        case "Correlation":
            .archived(
                FeedRejection(
                    code: "members-stand-alone", place: place,
                    detail: "the records of the correlation have outcomes of their own"))
        case "ClinicalRecord":
            .archived(
                FeedRejection(
                    code: "clinical-record", place: place,
                    detail: "the resource lies in a file of its own; send it as FHIR"))
        default:
            .archived(
                FeedRejection(code: "unsupported-element", place: place, detail: "elements of this name are not mapped")
            )
        }
    }

    /// The verdict on a Workout, an ActivitySummary or Me.
    func verdict(on type: String, _ attributes: [String: String], statistics: [[String: String]], place: String)
        -> (FactOutcome.Verdict, [FeedRejection])
    {
        var notes: [FeedRejection] = []
        do throws(FeedRejection) {
            let recorder = try recorder { place }
            let facts: [Fact]
            switch type {
            case "Workout": facts = try workout(attributes, statistics, recorder, place)
            case "ActivitySummary": facts = try summary(attributes, recorder, place, &notes)
            default: facts = try me(attributes, recorder, place, &notes)
            }
            guard !facts.isEmpty else {
                return (
                    .archived(FeedRejection(code: "no-value", place: place, detail: "the element has no value")), notes
                )
            }
            return (.facts(facts), notes)
        } catch {
            return (.rejected(error), notes)
        }
    }

    private func workout(
        _ attributes: [String: String], _ statistics: [[String: String]], _ recorder: ReadingRecorder, _ place: String
    ) throws(FeedRejection) -> [Fact] {
        guard let start = attributes["startDate"].flatMap({ TimePattern.iso8601.wallTime($0) }),
            let end = (attributes["endDate"] ?? attributes["startDate"]).flatMap({ TimePattern.iso8601.wallTime($0) }),
            start.offset != nil, end.offset != nil
        else {
            throw FeedRejection(
                code: "invalid-time", place: place,
                detail: "startDate and endDate must be YYYY-MM-DD hh:mm:ss with an offset")
        }
        let (startAt, endAt) = (LocalZone.utc.time(of: start), LocalZone.utc.time(of: end))
        var readings: [Reading] = []
        func add(_ concept: CodedConcept, _ text: String?, _ unit: String?, count: String = "1") {
            guard let text, !text.isEmpty, !readings.contains(where: { $0.concept == concept }) else { return }
            let sent = unit ?? ""
            let apple = AppleUnit(sent)
            let ucum = apple.ucum == "count" ? count : apple.ucum
            readings.append(
                Reading(
                    concept: concept,
                    value: apple.isPartOfOne
                        ? .quantity(DecimalText.hundredfold(text), unit: "%", sentText: text, sent: sent)
                        : .quantity(text, unit: ucum, sent: sent),
                    start: startAt, end: endAt, place: place))
        }
        if let activity = attributes["workoutActivityType"], (1...128).contains(activity.utf8.count) {
            readings.append(
                Reading(
                    concept: .exercise, value: .coded(activity, system: AppleType.system), start: startAt, end: endAt,
                    place: place))
        }
        add(.exerciseDuration, attributes["duration"], attributes["durationUnit"])
        add(.activityDistance, attributes["totalDistance"], attributes["totalDistanceUnit"])
        add(.energy, attributes["totalEnergyBurned"], attributes["totalEnergyBurnedUnit"])
        add(.flights, attributes["totalFlightsClimbed"], "count", count: "{flights}")
        for statistic in statistics {
            guard let identifier = statistic["type"], let type = AppleType(identifier: identifier) else { continue }
            let unit = statistic["unit"]
            let isDistance = identifier.hasPrefix("HKQuantityTypeIdentifierDistance")
            let concept = isDistance ? CodedConcept.activityDistance : type.concept
            var count = "1"
            if case .quantity(let own) = type.kind { count = own }
            add(concept, statistic["sum"] ?? statistic["average"], unit, count: count)
            for bound in ["minimum", "maximum"] {
                add(
                    CodedConcept(
                        code: "\(identifier):\(bound)", system: AppleType.system,
                        display: "\(concept.display), \(bound)"),
                    statistic[bound], unit, count: count)
            }
        }
        let device = try recorder.opaque("device", attributes["sourceName"].map { $0 + "\u{1F}" } ?? "")
        return try recorder.facts(of: readings, device: device)
    }

    private func summary(
        _ attributes: [String: String], _ recorder: ReadingRecorder, _ place: String, _ notes: inout [FeedRejection]
    ) throws(FeedRejection) -> [Fact] {
        guard let day = attributes["dateComponents"].flatMap({ TimePattern.iso8601.wallTime($0) }) else {
            throw FeedRejection(code: "invalid-time", place: place, detail: "dateComponents must be YYYY-MM-DD")
        }
        if zone == nil { notes.append(.zoneAssumed(place: place)) }
        let start = (zone ?? .utc).time(of: day)
        let end = (zone ?? .utc).endOfDay(day)
        var readings: [Reading] = []
        func add(_ concept: CodedConcept, _ name: String, _ unit: String) {
            guard let text = attributes[name], !text.isEmpty else { return }
            let sent = attributes["\(name)Unit"] ?? unit
            readings.append(
                .quantity(concept, text, AppleUnit(sent).ucum, sent: sent, start: start, end: end, place: place))
        }
        add(.energy, "activeEnergyBurned", "kcal")
        add(Self.own("HKQuantityTypeIdentifierAppleMoveTime", "Apple move time"), "appleMoveTime", "min")
        add(Self.own("HKQuantityTypeIdentifierAppleExerciseTime", "Apple exercise time"), "appleExerciseTime", "min")
        add(Self.own("HKActivitySummary.appleStandHours", "Hours with standing"), "appleStandHours", "h")
        return try recorder.facts(of: readings)
    }

    private static func own(_ code: String, _ display: String) -> CodedConcept {
        CodedConcept(code: code, system: AppleType.system, display: display)
    }

    /// Sex and year of birth, never the day; and the blood group, as of the export.
    private func me(
        _ attributes: [String: String], _ recorder: ReadingRecorder, _ place: String, _ notes: inout [FeedRejection]
    ) throws(FeedRejection) -> [Fact] {
        let prefix = "HKCharacteristicTypeIdentifier"
        let gender: PatientRegistered.AdministrativeGender =
            switch attributes["\(prefix)BiologicalSex"] {
            case "HKBiologicalSexMale": .male
            case "HKBiologicalSexFemale": .female
            case "HKBiologicalSexOther": .other
            default: .unknown
            }
        let birth = attributes["\(prefix)DateOfBirth"] ?? ""
        var birthYear: Int32 = 0
        if !birth.isEmpty {
            guard let day = TimePattern.iso8601.wallTime(birth), day.year >= 1850,
                day.atGreenwich <= recorder.context.receivedAt.advanced(by: PlausibleTime.tolerance)
            else {
                throw FeedRejection(
                    code: "time-implausible", place: place,
                    detail: "the date of birth must lie between 1850 and the receipt")
            }
            birthYear = Int32(day.year)
        }
        var facts: [Fact] = []
        let context = recorder.context
        if gender != .unknown || birthYear != 0 {
            let content = [gender.rawValue, String(birthYear), "false"]
            facts.append(
                .patient(
                    PatientRegistered(
                        eventID: FactIdentity.fact(
                            "patient", source: context.source, patient: recorder.person, record: "", content),
                        patient: recorder.person, administrativeGender: gender, birthYear: birthYear,
                        source: context.source, receivedAt: context.receivedAt,
                        modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt)))
        }
        if let group = attributes["\(prefix)BloodType"], group.hasPrefix("HKBloodType"), group != "HKBloodTypeNotSet",
            group.utf8.count <= 64
        {
            if let exportedAt {
                facts.append(
                    try recorder.fact(
                        of: Reading(
                            concept: .bloodGroup, value: .coded(group, system: AppleType.system), start: exportedAt,
                            place: place), record: "", device: "", ordinal: 0))
            } else {
                notes.append(
                    FeedRejection(code: "effective-missing", place: place, detail: "the blood group has no time"))
            }
        }
        return facts
    }
}

extension FeedRejection {
    /// A local time without a zone was placed in UTC.
    static func zoneAssumed(place: String) -> FeedRejection {
        FeedRejection(
            code: "zone-assumed", place: place,
            detail: "a local time without a zone was placed in UTC; declare the sender's time zone")
    }
}

extension LocalZone {
    /// The end of the day `day`: the start of the next.
    func endOfDay(_ day: WallTime) -> Timestamp {
        let start = time(of: day)
        guard day.offset == nil else { return start.advanced(by: .seconds(86_400)) }
        // The wall clock one day on, read back at Greenwich, so that days of 23 and 25 hours end at midnight.
        let next = day.atGreenwich.advanced(by: .seconds(86_400))
        return time(atWall: next)
    }
}
