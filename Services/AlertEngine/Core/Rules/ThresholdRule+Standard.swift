extension ThresholdRule {
    /// The rules of the first form. Where a source is named, the raise threshold is its; every clear threshold, every count and what is marked
    /// "default" is this project's choice. All of it is to be confirmed locally by a clinician.
    public static let standard: [ThresholdRule] = [
        ThresholdRule(
            number: 1, id: "heart-rate-high", parameter: .pulse, .atOrAbove, raise: Level(131, .medium),
            escalate: Level(150, .high), clear: 110, lifecycle: AlertLifecycle(raiseAfter: 3, clearAfter: 3),
            isForAdults: true, source: "RCP NEWS2 2017, score 3; 150: default"),
        ThresholdRule(
            number: 2, id: "heart-rate-low", parameter: .pulse, .atOrBelow, raise: Level(40, .medium),
            escalate: Level(30, .high), clear: 51, lifecycle: AlertLifecycle(raiseAfter: 3, clearAfter: 3),
            isForAdults: true, source: "RCP NEWS2 2017, score 3; 30: default"),
        ThresholdRule(
            number: 3, id: "oxygen-saturation-low", parameter: .oxygenSaturation, .atOrBelow,
            raise: Level(91, .medium), escalate: Level(85, .high), clear: 94,
            lifecycle: AlertLifecycle(raiseAfter: 2, clearAfter: 2),
            source: "RCP NEWS2 2017, scale 1, score 3; 85: default"),
        ThresholdRule(
            number: 4, id: "temperature-high", parameter: .temperature, .atOrAbove, raise: Level(39.1, .medium),
            escalate: Level(41, .high), clear: 38.0, lifecycle: AlertLifecycle(raiseAfter: 1, clearAfter: 2),
            source: "RCP NEWS2 2017, score 2; 41: default"),
        ThresholdRule(
            number: 5, id: "temperature-low", parameter: .temperature, .atOrBelow, raise: Level(35.0, .medium),
            escalate: Level(32.0, .high), clear: 36.1, lifecycle: AlertLifecycle(raiseAfter: 1, clearAfter: 2),
            source: "RCP NEWS2 2017, score 3; 32: moderate hypothermia, default"),
        ThresholdRule(
            number: 6, id: "systolic-pressure-high", parameter: .systolicPressure, .above, raise: Level(180, .medium),
            escalate: Level(219, .high), clear: 160, lifecycle: AlertLifecycle(raiseAfter: 2, clearAfter: 2),
            isForAdults: true, source: "ACC/AHA 2017, hypertensive crisis; above 219: RCP NEWS2 2017, score 3"),
        ThresholdRule(
            number: 7, id: "systolic-pressure-low", parameter: .systolicPressure, .atOrBelow,
            raise: Level(90, .medium), escalate: Level(70, .high), clear: 101,
            lifecycle: AlertLifecycle(raiseAfter: 2, clearAfter: 2), isForAdults: true,
            source: "RCP NEWS2 2017, score 3; 70: default"),
        ThresholdRule(
            number: 8, id: "respiratory-rate-high", parameter: .respirationRate, .atOrAbove, raise: Level(25, .medium),
            escalate: Level(35, .high), clear: 20, lifecycle: AlertLifecycle(raiseAfter: 2, clearAfter: 2),
            isForAdults: true, source: "RCP NEWS2 2017, score 3; 35: default"),
        ThresholdRule(
            number: 9, id: "respiratory-rate-low", parameter: .respirationRate, .atOrBelow, raise: Level(8, .medium),
            escalate: Level(5, .high), clear: 12, lifecycle: AlertLifecycle(raiseAfter: 2, clearAfter: 2),
            isForAdults: true, source: "RCP NEWS2 2017, score 3; 5: default"),
        ThresholdRule(
            number: 10, id: "glucose-low", parameter: .glucose, .below, raise: Level(3.9, .lowMedium),
            escalate: Level(3.0, .high), clear: 4.5, lifecycle: AlertLifecycle(raiseAfter: 1, clearAfter: 2),
            source: "ADA Standards of Care 2024, hypoglycaemia levels 1 and 2"),
        ThresholdRule(
            number: 11, id: "glucose-high", parameter: .glucose, .above, raise: Level(13.9, .medium),
            escalate: Level(20.0, .high), clear: 10.0, lifecycle: AlertLifecycle(raiseAfter: 2, clearAfter: 2),
            source: "ADA Standards of Care 2024, hyperglycaemia level 2; 20: default"),
    ]
}
