/// The vital signs of one person at one time.
struct VitalSigns: Equatable, Sendable {
    /// Beats per minute.
    var heartRate: Double
    /// Percent.
    var oxygenSaturation: Double
    /// Breaths per minute.
    var respiratoryRate: Double
    /// Degrees Celsius.
    var bodyTemperature: Double
    /// Millimetres of mercury.
    var systolicPressure: Double
    /// Millimetres of mercury.
    var diastolicPressure: Double
}

/// Makes a person's vital signs step by step: baseline, circadian rhythm, activity, AR(1) noise, and the drift of a planted deterioration.
///
/// A plausible shape for testing software, not a physiological model.
struct VitalSignsModel: Sendable {
    /// First-order autoregressive noise with a given standard deviation and lag-one correlation.
    private struct Noise: Sendable {
        let deviation: Double
        let correlation: Double
        var value = 0.0

        mutating func step(_ random: inout SeededGenerator) -> Double {
            let innovation = deviation * (1 - correlation * correlation).squareRoot()
            value = correlation * value + innovation * random.gaussian().clamped(to: -3...3)
            return value
        }
    }

    private let profile: PersonProfile
    private var heartRate = Noise(deviation: 3, correlation: 0.7)
    private var oxygenSaturation = Noise(deviation: 0.4, correlation: 0.6)
    private var respiratoryRate = Noise(deviation: 0.7, correlation: 0.6)
    private var bodyTemperature = Noise(deviation: 0.08, correlation: 0.9)
    private var systolicPressure = Noise(deviation: 4, correlation: 0.8)
    private var diastolicPressure = Noise(deviation: 3, correlation: 0.8)

    init(profile: PersonProfile) {
        self.profile = profile
    }

    /// The vital signs one step later, at `hour` of the day, with `activity` from 0 (rest) to 1 (exercise) and `severity` of illness from 0 to 1.
    mutating func step(
        hour: Double, activity: Double, severity: Double, random: inout SeededGenerator
    ) -> VitalSigns {
        let day = circadian(hour: hour, peak: 16)
        return VitalSigns(
            heartRate: (profile.restingHeartRate + 5 * day + 38 * activity + 46 * severity
                + heartRate.step(&random)).clamped(to: 38...190),
            oxygenSaturation: (profile.oxygenSaturation - 7.5 * severity + oxygenSaturation.step(&random))
                .clamped(to: 70...100),
            respiratoryRate: (profile.respiratoryRate + 0.8 * day + 12.5 * severity + respiratoryRate.step(&random))
                .clamped(to: 8...45),
            bodyTemperature: (profile.bodyTemperature + 0.25 * circadian(hour: hour, peak: 17.5) + 2.4 * severity
                + bodyTemperature.step(&random)).clamped(to: 34...42),
            systolicPressure: (profile.systolicPressure + 5 * day - 40 * severity
                + systolicPressure.step(&random)).clamped(to: 60...230),
            diastolicPressure: (profile.diastolicPressure + 4 * day - 18 * severity
                + diastolicPressure.step(&random)).clamped(to: 35...130))
    }
}
