/// What a type of HealthKit is known by in facts.
struct AppleType: Sendable {
    /// How the value of a record of this type is read.
    enum Kind: Sendable {
        /// A number with a unit; `count` stands for the UCUM unit.
        case quantity(count: String)
        /// A name of an enumeration over a period.
        case category
        /// Stages of sleep.
        case sleep
        /// A period of which the length is the value.
        case period
    }

    let concept: CodedConcept
    let kind: Kind

    /// The names of HealthKit's types and enumerations.
    static let system = "http://developer.apple.com/documentation/healthkit"

    private static let quantityPrefix = "HKQuantityTypeIdentifier"
    private static let categoryPrefix = "HKCategoryTypeIdentifier"

    /// The type with this identifier; nil when it is not in the tables.
    init?(identifier: String) {
        if identifier.hasPrefix(Self.quantityPrefix) {
            let name = String(identifier.dropFirst(Self.quantityPrefix.count))
            if let known = Self.quantities[name] {
                (concept, kind) = (known.concept, .quantity(count: known.count))
            } else if let count = Self.ownQuantities[name] {
                concept = Self.own(identifier, name)
                kind = .quantity(count: count)
            } else {
                return nil
            }
        } else if identifier.hasPrefix(Self.categoryPrefix) {
            let name = String(identifier.dropFirst(Self.categoryPrefix.count))
            guard Self.categories.contains(name) else { return nil }
            concept = Self.own(identifier, name)
            kind = name == "SleepAnalysis" ? .sleep : name == "MindfulSession" ? .period : .category
        } else {
            return nil
        }
    }

    /// HealthKit's own code; the display is the name with its words apart.
    static func own(_ identifier: String, _ name: String) -> CodedConcept {
        var display = ""
        var last: Character = " "
        for letter in name {
            if letter.isUppercase, last.isLowercase { display.append(" ") }
            display.append(letter)
            last = letter
        }
        return CodedConcept(code: identifier, system: system, display: display)
    }

    /// Types with a LOINC code that surely means the same (as StanfordBDHG/HealthKitOnFHIR also has them), and Open mHealth's few.
    private static let quantities: [String: (concept: CodedConcept, count: String)] = [
        "HeartRate": (.heartRate, "1"), "RestingHeartRate": (.restingHeartRate, "1"),
        "HeartRateVariabilitySDNN": (.heartRateVariability, "1"), "OxygenSaturation": (.oxygenSaturation, "1"),
        "PeripheralPerfusionIndex": (.perfusionIndex, "1"), "RespiratoryRate": (.respiratoryRate, "1"),
        "BodyTemperature": (.bodyTemperature, "1"), "BloodPressureSystolic": (.systolicPressure, "1"),
        "BloodPressureDiastolic": (.diastolicPressure, "1"), "BodyMass": (.bodyWeight, "1"),
        "LeanBodyMass": (.leanBodyWeight, "1"), "Height": (.bodyHeight, "1"),
        "BodyMassIndex": (.bodyMassIndex, "kg/m2"),
        "BodyFatPercentage": (.bodyFat, "1"), "WaistCircumference": (.waist, "1"), "BloodGlucose": (.glucose, "1"),
        "StepCount": (.steps, "{steps}"), "DistanceWalkingRunning": (.walkingDistance, "1"),
        "DistanceSwimming": (.swimmingDistance, "1"), "ActiveEnergyBurned": (.energy, "1"),
        "BasalEnergyBurned": (.basalEnergy, "1"), "DietaryEnergyConsumed": (.energyIntake, "1"),
        "FlightsClimbed": (.flights, "{flights}"), "PushCount": (.wheelchairPushes, "{pushes}"),
        "ForcedVitalCapacity": (.vitalCapacity, "1"), "ForcedExpiratoryVolume1": (.forcedVolume, "1"),
        "PeakExpiratoryFlowRate": (.peakFlow, "1"), "VO2Max": (.vo2Max, "1"),
    ]

    /// The other quantity types of HealthKit's documentation, known by their own names; each with the unit of its `count`.
    private static let ownQuantities: [String: String] = {
        let names = """
            AppleExerciseTime AppleMoveTime AppleStandTime AppleSleepingBreathingDisturbances AppleSleepingWristTemperature \
            AppleWalkingSteadiness AtrialFibrillationBurden BasalBodyTemperature BloodAlcoholContent CrossCountrySkiingSpeed \
            CyclingCadence CyclingFunctionalThresholdPower CyclingPower CyclingSpeed DietaryBiotin DietaryCaffeine DietaryCalcium \
            DietaryCarbohydrates DietaryChloride DietaryCholesterol DietaryChromium DietaryCopper DietaryFatMonounsaturated \
            DietaryFatPolyunsaturated DietaryFatSaturated DietaryFatTotal DietaryFiber DietaryFolate DietaryIodine DietaryIron \
            DietaryMagnesium DietaryManganese DietaryMolybdenum DietaryNiacin DietaryPantothenicAcid DietaryPhosphorus \
            DietaryPotassium DietaryProtein DietaryRiboflavin DietarySelenium DietarySodium DietarySugar DietaryThiamin \
            DietaryVitaminA DietaryVitaminB12 DietaryVitaminB6 DietaryVitaminC DietaryVitaminD DietaryVitaminE DietaryVitaminK \
            DietaryWater DietaryZinc DistanceCrossCountrySkiing DistanceCycling DistanceDownhillSnowSports DistancePaddleSports \
            DistanceRowing DistanceSkatingSports DistanceWheelchair ElectrodermalActivity EnvironmentalAudioExposure \
            EnvironmentalSoundReduction EstimatedWorkoutEffortScore HeadphoneAudioExposure HeartRateRecoveryOneMinute \
            InhalerUsage InsulinDelivery NikeFuel NumberOfAlcoholicBeverages NumberOfTimesFallen PaddleSportsSpeed PhysicalEffort \
            RowingSpeed RunningGroundContactTime RunningPower RunningSpeed RunningStrideLength RunningVerticalOscillation \
            SixMinuteWalkTestDistance StairAscentSpeed StairDescentSpeed SwimmingStrokeCount TimeInDaylight UnderwaterDepth \
            UVExposure WalkingAsymmetryPercentage WalkingDoubleSupportPercentage WalkingHeartRateAverage WalkingSpeed \
            WalkingStepLength WaterTemperature WorkoutEffortScore
            """
        return Dictionary(uniqueKeysWithValues: names.split(separator: " ").map { (String($0), "1") })
    }()

    private static let categories = Set(
        """
        AbdominalCramps Acne AppetiteChanges AppleStandHour AppleWalkingSteadinessEvent AudioExposureEvent BladderIncontinence \
        BleedingAfterPregnancy BleedingDuringPregnancy Bloating BreastPain CervicalMucusQuality ChestTightnessOrPain Chills \
        Constipation Contraceptive Coughing Diarrhea Dizziness DrySkin EnvironmentalAudioExposureEvent Fainting Fatigue Fever \
        GeneralizedBodyAche HairLoss HandwashingEvent Headache HeadphoneAudioExposureEvent Heartburn HighHeartRateEvent HotFlashes \
        HypertensionEvent InfrequentMenstrualCycles IntermenstrualBleeding IrregularHeartRhythmEvent IrregularMenstrualCycles \
        Lactation LossOfSmell LossOfTaste LowCardioFitnessEvent LowHeartRateEvent LowerBackPain MemoryLapse MenstrualFlow \
        MindfulSession MoodChanges Nausea NightSweats OvulationTestResult PelvicPain PersistentIntermenstrualBleeding Pregnancy \
        PregnancyTestResult ProgesteroneTestResult ProlongedMenstrualPeriods RapidPoundingOrFlutteringHeartbeat RunnyNose \
        SexualActivity ShortnessOfBreath SinusCongestion SkippedHeartbeat SleepAnalysis SleepApneaEvent SleepChanges SoreThroat \
        ToothbrushingEvent VaginalDryness Vomiting Wheezing
        """.split(separator: " ").map(String.init))
}
