import JSONDocument

/// Which facts a schema's body tells: the member that holds a unit-value, and the code it is known by.
struct OpenMHealthMeasure: Sendable {
    let member: String
    let concept: CodedConcept
    /// Whether the member is a plain number without a unit.
    var isPlainNumber = false

    /// Codes of Open mHealth itself, for measures without a LOINC code that surely means the same.
    static let ownSystem = "https://w3id.org/openmhealth"

    private static func own(_ name: String, _ display: String) -> CodedConcept {
        CodedConcept(code: name, system: ownSystem, display: display)
    }

    /// The measures of each supported schema, whatever its version.
    static let bySchema: [String: [OpenMHealthMeasure]] = [
        "heart-rate": [.init(member: "heart_rate", concept: .loinc("8867-4", "Heart rate"))],
        "blood-pressure": [
            .init(member: "systolic_blood_pressure", concept: .loinc("8480-6", "Systolic blood pressure")),
            .init(member: "diastolic_blood_pressure", concept: .loinc("8462-4", "Diastolic blood pressure")),
        ],
        "oxygen-saturation": [
            .init(
                member: "oxygen_saturation",
                concept: .loinc("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"))
        ],
        "respiratory-rate": [.init(member: "respiratory_rate", concept: .loinc("9279-1", "Respiratory rate"))],
        "body-temperature": [.init(member: "body_temperature", concept: .loinc("8310-5", "Body temperature"))],
        "body-weight": [.init(member: "body_weight", concept: .loinc("29463-7", "Body weight"))],
        "body-height": [.init(member: "body_height", concept: .loinc("8302-2", "Body height"))],
        "body-mass-index": [
            .init(member: "body_mass_index", concept: .loinc("39156-5", "Body mass index (BMI) [Ratio]"))
        ],
        "body-fat-percentage": [
            .init(member: "body_fat_percentage", concept: .loinc("41982-0", "Percentage of body fat Measured"))
        ],
        "blood-glucose": [
            .init(member: "blood_glucose", concept: .loinc("2339-0", "Glucose [Mass/volume] in Blood"))
        ],
        "step-count": [
            .init(member: "step_count", concept: .loinc("55423-8", "Number of steps in unspecified time Pedometer"))
        ],
        "sleep-duration": [.init(member: "sleep_duration", concept: .loinc("93832-4", "Sleep duration"))],
        "total-sleep-time": [.init(member: "total_sleep_time", concept: .loinc("93832-4", "Sleep duration"))],
        "sleep-episode": [
            .init(member: "total_sleep_time", concept: .loinc("93832-4", "Sleep duration")),
            .init(member: "latency_to_sleep_onset", concept: own("latency-to-sleep-onset", "Latency to sleep onset")),
            .init(member: "latency_to_arising", concept: own("latency-to-arising", "Latency to arising")),
            .init(member: "wake_after_sleep_onset", concept: own("wake-after-sleep-onset", "Wake after sleep onset")),
            .init(
                member: "number_of_awakenings", concept: own("number-of-awakenings", "Number of awakenings"),
                isPlainNumber: true),
            .init(
                member: "sleep_maintenance_efficiency_percentage",
                concept: own("sleep-maintenance-efficiency", "Sleep maintenance efficiency")),
            // IEEE 1752.1; a measure's place in the list is part of its facts' identity, so new ones come last.
            .init(member: "light_sleep_duration", concept: .lightSleep),
            .init(member: "deep_sleep_duration", concept: .deepSleep),
            .init(member: "rem_sleep_duration", concept: .remSleep),
            .init(member: "sleep_efficiency_percentage", concept: .sleepEfficiency),
        ],
        "physical-activity": [
            .init(
                member: "distance",
                concept: own("physical-activity-distance", "Distance covered in a physical activity")),
            .init(member: "kcal_burned", concept: .loinc("41981-2", "Calories burned")),
            .init(member: "duration", concept: .exerciseDuration),
            .init(member: "duration_light_activity", concept: .lightMinutes),
            .init(member: "duration_moderate_activity", concept: .moderateMinutes),
            .init(member: "duration_vigorous_activity", concept: .vigorousMinutes),
            .init(member: "average_speed", concept: .speed),
            .init(member: "cumulative_elevation_gain", concept: .elevationGain),
        ],
        "calories-burned": [.init(member: "kcal_burned", concept: .loinc("41981-2", "Calories burned"))],
        "minutes-moderate-activity": [
            .init(
                member: "minutes_moderate_activity",
                concept: own("minutes-moderate-activity", "Minutes of moderate activity"))
        ],
        "rr-interval": [.init(member: "rr_interval", concept: own("rr-interval", "R-R interval"))],
        "speed": [.init(member: "speed", concept: own("speed", "Speed"))],
        "ambient-temperature": [.init(member: "ambient_temperature", concept: .ambientTemperature)],
        "ambient-sound": [.init(member: "ambient_sound", concept: own("ambient-sound", "Sound of the surroundings"))],
        "ambient-light": [.init(member: "ambient_light", concept: own("ambient-light", "Light of the surroundings"))],
        "time-in-bed": [.init(member: "time_in_bed", concept: .timeInBed)],
        "sleep-onset-latency": [.init(member: "sleep_onset_latency", concept: .sleepLatency)],
        "wake-after-sleep-onset": [.init(member: "wake_after_sleep_onset", concept: .wakeAfterOnset)],
        "light-sleep": [
            .init(member: "light_sleep_duration", concept: .lightSleep),
            .init(member: "total_sleep_time", concept: .sleepDuration),
        ],
        "deep-sleep": [
            .init(member: "deep_sleep_duration", concept: .deepSleep),
            .init(member: "total_sleep_time", concept: .sleepDuration),
        ],
        "apnea-hypopnea-index": [
            .init(member: "apnea_hypopnea_index", concept: own("apnea-hypopnea-index", "Apnea hypopnea index"))
        ],
        "arousal-index": [.init(member: "arousal_index", concept: own("arousal-index", "Arousal index"))],
        "snore-index": [.init(member: "snore_index", concept: own("snore-index", "Snore index"))],
    ]

    /// The measure's code for this very body.
    ///
    /// A heart rate at rest and glucose of a named specimen have codes of their own. A value that stands for many (`maximum`, `standard
    /// deviation`, ...) is no measurement and must not be read as one: it gets the measure's name with the statistic, in Open mHealth's system.
    /// `average` and `median` are taken as the measurement over their time frame.
    func concept(schema: String, body: JSONValue) -> CodedConcept {
        if let statistic = body["descriptive_statistic"]?.string, statistic != "average", statistic != "median",
            !(statistic == "sum" && Self.sums.contains(schema))
        {
            return Self.own(
                "\(member.replacing("_", with: "-")):\(statistic.replacing(" ", with: "-"))",
                "\(concept.display), \(statistic)")
        }
        switch schema {
        case "heart-rate":
            if body["temporal_relationship_to_physical_activity"]?.string == "at rest" {
                return .loinc("40443-4", "Heart rate --resting")
            }
        case "blood-glucose":
            let specimen = body["specimen_source"]?.string ?? body["blood_specimen_type"]?.string
            switch specimen {
            case "plasma", "serum": return .loinc("2345-7", "Glucose [Mass/volume] in Serum or Plasma")
            case "capillary blood": return .loinc("32016-8", "Glucose [Mass/volume] in Capillary blood")
            case "interstitial fluid": return .loinc("99504-3", "Glucose [Mass/volume] in Interstitial fluid")
            case "whole blood", nil: break
            case let other?: return Self.own("glucose:\(other.replacing(" ", with: "-"))", "Glucose in \(other)")
            }
        default: break
        }
        return concept
    }

    /// Measures of which a sum over the time frame is the measurement itself.
    private static let sums: Set<String> = [
        "step-count", "sleep-duration", "total-sleep-time", "calories-burned", "minutes-moderate-activity",
    ]
}
