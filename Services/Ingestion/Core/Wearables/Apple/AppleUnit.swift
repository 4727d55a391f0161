/// A unit as HealthKit's `HKUnit` writes it.
struct AppleUnit: Sendable, Equatable {
    /// The UCUM code; the unit as written when the table has none. `count` stays `count`: its meaning is the type's.
    let ucum: String
    /// Whether the number is a part of one where UCUM's unit counts hundredths: HealthKit writes 97 % as `0.97` in `%`.
    let isPartOfOne: Bool

    init(_ text: String) {
        isPartOfOne = text == "%"
        if text.hasPrefix("mmol<"), text.hasSuffix(">/L") {
            ucum = "mmol/L"
        } else if text.hasPrefix("mol<"), text.hasSuffix(">/L") {
            ucum = "mol/L"
        } else {
            ucum = Self.table[text] ?? text
        }
    }

    private static let table: [String: String] = [
        "count/min": "/min", "count/s": "/s", "mmHg": "mm[Hg]", "cmAq": "cm[H2O]", "degC": "Cel", "degF": "[degF]",
        "K": "K",
        "lb": "[lb_av]", "st": "[stone_av]", "oz": "[oz_av]", "in": "[in_i]", "ft": "[ft_i]", "yd": "[yd_i]",
        "mi": "[mi_i]",
        "Cal": "kcal", "hr": "h", "km/hr": "km/h", "mi/hr": "[mi_i]/h", "ft/s": "[ft_i]/s", "mcg": "ug", "IU": "[IU]",
        "mL/min·kg": "mL/min/kg", "mL/kg·min": "mL/kg/min", "ml/kg*min": "mL/kg/min", "mL/min*kg": "mL/min/kg",
        "kcal/hr·kg": "kcal/h/kg", "fl_oz_us": "[foz_us]", "fl_oz_imp": "[foz_br]", "dBASPL": "dB[SPL]", "dBHL": "dB",
        "mcS": "uS",
        "mcV": "uV", "l": "L", "ml": "mL", "deg": "deg", "hPa": "hPa",
    ]
}
