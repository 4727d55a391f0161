import Domain

/// One measurement of a wearable, written as an Open mHealth data point.
struct WearablePoint: Sendable {
    /// What is measured; the raw value is the schema's name.
    enum Measure: String, CaseIterable, Sendable {
        case heartRate = "heart-rate"
        case oxygenSaturation = "oxygen-saturation"
        case respiratoryRate = "respiratory-rate"
        case bodyTemperature = "body-temperature"
        case bloodPressure = "blood-pressure"
        case stepCount = "step-count"

        /// How many 20-minute steps lie between two measurements.
        var interval: Int {
            switch self {
            case .heartRate: 2
            case .stepCount: 3
            case .oxygenSaturation, .respiratoryRate: 6
            case .bodyTemperature: 12
            case .bloodPressure: 24
            }
        }

        /// The version of the Open mHealth schema that the body conforms to.
        var version: String {
            switch self {
            case .heartRate, .oxygenSaturation, .respiratoryRate: "2.0"
            case .bodyTemperature, .bloodPressure, .stepCount: "3.0"
            }
        }
    }

    let measure: Measure
    let time: Timestamp
    let vitals: VitalSigns
    /// Steps of the hour before ``time``.
    let steps: Double
    let id: (high: UInt64, low: UInt64)

    func write(person: String, into json: inout JSONBytes) {
        json.raw("{\"header\":{\"id\":")
        json.uuid(id.high, id.low)
        json.raw(",\"creation_date_time\":")
        json.time(time)
        json.raw(
            ",\"schema_id\":{\"namespace\":\"omh\",\"name\":\"\(measure.rawValue)\",\"version\":\"\(measure.version)\"}"
        )
        json.raw(",\"acquisition_provenance\":{\"source_name\":\"vitalstream-generator\",\"modality\":\"sensed\"}")
        json.raw(",\"user_id\":\"\(person)\"},\"body\":{")
        switch measure {
        case .heartRate: quantity("heart_rate", vitals.heartRate, "beats/min", into: &json)
        case .oxygenSaturation: quantity("oxygen_saturation", vitals.oxygenSaturation, "%", into: &json)
        case .respiratoryRate: quantity("respiratory_rate", vitals.respiratoryRate, "breaths/min", into: &json)
        case .bodyTemperature: quantity("body_temperature", vitals.bodyTemperature, "C", places: 1, into: &json)
        case .bloodPressure:
            quantity("systolic_blood_pressure", vitals.systolicPressure, "mmHg", into: &json)
            json.raw(",")
            quantity("diastolic_blood_pressure", vitals.diastolicPressure, "mmHg", into: &json)
        case .stepCount: quantity("step_count", steps, "steps", into: &json)
        }
        json.raw(",\"effective_time_frame\":{")
        if measure == .stepCount {
            json.raw("\"time_interval\":{\"start_date_time\":")
            json.time(time.advanced(by: .seconds(-3600)))
            json.raw(",\"end_date_time\":")
            json.time(time)
            json.raw("}}}}")
        } else {
            json.raw("\"date_time\":")
            json.time(time)
            json.raw("}}}")
        }
    }

    private func quantity(
        _ name: String, _ value: Double, _ unit: String, places: Int = 0, into json: inout JSONBytes
    ) {
        json.raw("\"\(name)\":{\"value\":")
        json.number(value, places: places)
        json.raw(",\"unit\":\"\(unit)\"}")
    }
}
