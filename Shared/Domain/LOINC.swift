/// The code system LOINC and the few of its codes that the fleet treats by name.
///
/// Codes, names and example UCUM units are those of the LOINC table (Regenstrief Institute, https://loinc.org; used under the LOINC
/// licence, see NOTICE). Vital signs are also required by the FHIR R4 vital signs profile, https://hl7.org/fhir/R4/observation-vitalsigns.html.
public enum LOINC {
    /// The URI of the code system in FHIR and in events.
    public static let system = "http://loinc.org"
}

/// A bodily measurement that the fleet knows by name. The raw value is the LOINC code.
public enum VitalSign: String, CaseIterable, Sendable {
    // FHIR R4 vital signs profile.
    /// Heart rate.
    case heartRate = "8867-4"
    /// Respiratory rate.
    case respiratoryRate = "9279-1"
    /// Oxygen saturation in arterial blood by pulse oximetry.
    case oxygenSaturation = "59408-5"
    /// Oxygen saturation in arterial blood; the code that the FHIR profile demands beside the oximeter's.
    case arterialOxygenSaturation = "2708-6"
    /// Systolic blood pressure.
    case systolicPressure = "8480-6"
    /// Diastolic blood pressure.
    case diastolicPressure = "8462-4"
    /// Mean blood pressure.
    case meanPressure = "8478-0"
    /// Blood pressure panel: the values are its components'.
    case bloodPressurePanel = "85354-9"
    /// Body temperature.
    case bodyTemperature = "8310-5"
    /// Body weight.
    case bodyWeight = "29463-7"
    /// Body height.
    case bodyHeight = "8302-2"
    /// Body mass index.
    case bodyMassIndex = "39156-5"

    // Consciousness: sources disagree on which of the two carries AVPU and ACVPU, so both are read.
    /// Level of consciousness, AVPU.
    case levelOfConsciousness = "80288-4"
    /// Level of responsiveness; NEMSIS uses it for AVPU.
    case levelOfResponsiveness = "67775-7"

    // Supplemental oxygen.
    /// Inhaled oxygen flow rate.
    case inhaledOxygenFlow = "3151-8"
    /// Inhaled oxygen concentration (FiO2).
    case inhaledOxygenConcentration = "3150-0"

    // Glucose, by mass and by substance.
    /// Glucose (mass) in blood.
    case bloodGlucoseMass = "2339-0"
    /// Glucose (mass) in serum or plasma.
    case serumGlucoseMass = "2345-7"
    /// Glucose (moles) in blood.
    case bloodGlucoseMoles = "15074-8"
    /// Glucose (moles) in serum or plasma.
    case serumGlucoseMoles = "14749-6"

    // Wearables.
    /// Number of steps in an unspecified time, by pedometer.
    case stepCount = "55423-8"
    /// Heart rate at rest.
    case restingHeartRate = "40443-4"
    /// Standard deviation of the R-R interval.
    case heartRateVariability = "80404-7"
    /// Sleep duration.
    case sleepDuration = "93832-4"
    /// Calories burned.
    case caloriesBurned = "41981-2"

    /// Its code and the codes of the same quantity by another method or at another site, all in the same unit; its own first.
    public var family: [String] { [rawValue] + CanonicalCode.variants(of: self) }

    /// The UCUM unit in which the fleet states it; nil for codes whose value is no quantity.
    public var canonicalUnit: String? { row.unit }

    /// The name for people.
    public var display: String { row.display }

    /// The table: UCUM unit (https://ucum.org/ucum) and LOINC's display name, one row each.
    private var row: (unit: String?, display: String) {
        switch self {
        case .heartRate: ("/min", "Heart rate")
        case .respiratoryRate: ("/min", "Respiratory rate")
        case .oxygenSaturation: ("%", "Oxygen saturation in Arterial blood by Pulse oximetry")
        case .arterialOxygenSaturation: ("%", "Oxygen saturation in Arterial blood")
        case .systolicPressure: ("mm[Hg]", "Systolic blood pressure")
        case .diastolicPressure: ("mm[Hg]", "Diastolic blood pressure")
        case .meanPressure: ("mm[Hg]", "Mean blood pressure")
        case .bloodPressurePanel: (nil, "Blood pressure panel with all children optional")
        case .bodyTemperature: ("Cel", "Body temperature")
        case .bodyWeight: ("kg", "Body weight")
        case .bodyHeight: ("cm", "Body height")
        case .bodyMassIndex: ("kg/m2", "Body mass index (BMI) [Ratio]")
        case .levelOfConsciousness: (nil, "Level of consciousness AVPU")
        case .levelOfResponsiveness: (nil, "Level of responsiveness")
        case .inhaledOxygenFlow: ("L/min", "Inhaled oxygen flow rate")
        case .inhaledOxygenConcentration: ("%", "Inhaled oxygen concentration")
        case .bloodGlucoseMass: ("mg/dL", "Glucose [Mass/volume] in Blood")
        case .serumGlucoseMass: ("mg/dL", "Glucose [Mass/volume] in Serum or Plasma")
        case .bloodGlucoseMoles: ("mmol/L", "Glucose [Moles/volume] in Blood")
        case .serumGlucoseMoles: ("mmol/L", "Glucose [Moles/volume] in Serum or Plasma")
        case .stepCount: ("{steps}", "Number of steps in unspecified time Pedometer")
        case .restingHeartRate: ("/min", "Heart rate --resting")
        case .heartRateVariability: ("ms", "R-R interval.standard deviation (Heart rate variability)")
        case .sleepDuration: ("min", "Sleep duration")
        case .caloriesBurned: ("kcal", "Calories burned")
        }
    }
}
