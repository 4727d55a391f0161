/// Brings values to the canonical unit of their parameter. Units are UCUM, with the spellings that feeds use.
enum CanonicalUnit {
    /// `value` in the canonical unit of `parameter`, or nil when `unit` cannot measure it.
    static func convert(_ value: Double, unit: String, to parameter: VitalParameter) -> Double? {
        switch parameter {
        case .respirationRate, .pulse:
            switch unit {
            case "/min", "1/min", "{beats}/min", "{breaths}/min", "{Beats}/min", "{Breaths}/min": value
            case "Hz", "/s": value * 60
            default: nil
            }
        case .oxygenSaturation:
            switch unit {
            case "%": value
            case "1": value * 100
            default: nil
            }
        case .systolicPressure:
            switch unit {
            case "mm[Hg]": value
            case "kPa": value * 7.500_616_827
            default: nil
            }
        case .temperature:
            switch unit {
            case "Cel": value
            case "[degF]": (value - 32) / 1.8
            case "K": value - 273.15
            default: nil
            }
        case .glucose:
            // A molar mass of 180.156 g/mol. Rounded to 0.1 mmol/L, so that 70 mg/dL is 3.9, 54 is 3.0 and 250 is 13.9 as in the guidelines.
            switch unit {
            case "mmol/L": value
            case "mg/dL": (value / 1.801_56).rounded() / 10
            case "g/L": (value * 100 / 1.801_56).rounded() / 10
            default: nil
            }
        case .supplementalOxygen, .consciousness, .pregnancy: nil
        }
    }

    /// 1 when an inhaled oxygen flow means supplemental oxygen, 0 when it means air; nil for another unit or an impossible flow.
    static func supplementalOxygen(flow: Double, unit: String) -> Double? {
        guard unit == "L/min" || unit == "mL/min", flow >= 0, flow <= 100_000 else { return nil }
        return flow > 0 ? 1 : 0
    }

    /// 1 when an inhaled oxygen concentration is above that of air (21 %), 0 when it is air; nil for another unit or an impossible value.
    static func supplementalOxygen(concentration: Double, unit: String) -> Double? {
        let percent: Double
        switch unit {
        case "%": percent = concentration
        case "1": percent = concentration * 100
        default: return nil
        }
        guard percent >= 15, percent <= 100 else { return nil }
        return percent > 21.5 ? 1 : 0
    }
}
