import Contracts
import Domain
import Foundation
import IngestionCore
import Testing

@Suite("Apple Health's export gives an outcome for each record, with its line")
struct AppleHealthTests {
    private static let times = #"startDate="2016-07-02 12:31:22 -0700" endDate="2016-07-02 12:31:22 -0700""#

    private func record(_ type: String, _ unit: String, _ value: String) -> FactOutcome? {
        Wearable.apple(
            #"<HealthData><Record type="\#(type)" sourceName="W" unit="\#(unit)" value="\#(value)" \#(Self.times)/></HealthData>"#
                .utf8
        ).first
    }

    @Test(
        "Types become LOINC codes and HealthKit's units UCUM's, 97 % written as 0.97 among them",
        arguments: [
            ("HeartRate", "count/min", "72", "8867-4 72.0 /min"),
            ("RestingHeartRate", "count/min", "55", "40443-4 55.0 /min"),
            ("HeartRateVariabilitySDNN", "ms", "42.5", "80404-7 42.5 ms"),
            ("OxygenSaturation", "%", "0.97", "59408-5 97.0 %"), ("BodyFatPercentage", "%", "0.218", "41982-0 21.8 %"),
            ("BodyMass", "lb", "165", "29463-7 74.84274105 kg"), ("Height", "ft", "6", "8302-2 182.88 cm"),
            ("BodyMassIndex", "count", "22.5", "39156-5 22.5 kg/m2"),
            ("BodyTemperature", "degF", "98.6", "8310-5 37.0 Cel"),
            ("BloodGlucose", "mg/dL", "99", "2339-0 99.0 mg/dL"),
            ("BloodGlucose", "mmol&lt;180.1558800000541&gt;/L", "5.5", "2339-0 99.0858 mg/dL"),
            ("StepCount", "count", "10", "55423-8 10.0 {steps}"),
            ("DistanceWalkingRunning", "km", "1.5", "55430-3 1500.0 m"),
            ("ActiveEnergyBurned", "Cal", "12", "41981-2 12.0 kcal"),
            ("BloodPressureSystolic", "mmHg", "120", "8480-6 120.0 mm[Hg]"),
            ("RespiratoryRate", "count/min", "14", "9279-1 14.0 /min"),
        ])
    func types(type: String, unit: String, value: String, told: String) {
        #expect(record("HKQuantityTypeIdentifier\(type)", unit, value)?.told == ["\(told) @ 2016-07-02T19:31:22"])
    }

    @Test("The number and unit as written stay beside the converted")
    func original() throws {
        let event = try #require(record("HKQuantityTypeIdentifierOxygenSaturation", "%", "0.97")?.observations.first)
        #expect(event.originalValue == "0.97")
        #expect(event.originalUnit == "%")
    }

    @Test("An unknown type is archived, a record without a value too; a bad number and a bad time are refused")
    func refusals() {
        #expect(record("HKQuantityTypeIdentifierOfTomorrow", "count", "1")?.reason?.code == "unsupported-type")
        #expect(record("HKQuantityTypeIdentifierHeartRate", "count/min", "")?.reason?.code == "no-value")
        #expect(record("HKQuantityTypeIdentifierHeartRate", "count/min", "high")?.reason?.code == "invalid-number")
        let early = Wearable.apple(
            #"<HealthData><Record type="HKQuantityTypeIdentifierHeartRate" unit="count/min" value="7" startDate="2016-02-30 00:00:00 +0000"/></HealthData>"#
                .utf8)
        #expect(early.map { $0.reason?.code } == ["invalid-time"])
        #expect(early.first?.place == "line[1]")
        let nobody = Wearable.apple(
            #"<HealthData><Record type="HKQuantityTypeIdentifierHeartRate" unit="count/min" value="7" \#(Self.times)/></HealthData>"#
                .utf8, subject: nil)
        #expect(nobody.map { $0.reason?.code } == ["subject-missing"])
    }

    private static let export = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE HealthData [
        <!-- A type of document that is no XML, as iOS 16 wrote one. -->
        <!ELEMENT HealthData (ExportDate,Me,(Record|Correlation)*)>
        <!ATTLIST Workout
          device CDATA #IMPLIED
        >
          startDate CDATA #REQUIRED
        ]>
        <HealthData locale="en_US">
         <ExportDate value="2024-01-01 10:00:00 +0100"/>
         <Me HKCharacteristicTypeIdentifierDateOfBirth="1990-02-02" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale" HKCharacteristicTypeIdentifierBloodType="HKBloodTypeAPositive"/>
         <Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="B" startDate="2024-01-01 08:00:00 +0100" endDate="2024-01-01 08:00:00 +0100">
          <Record type="HKQuantityTypeIdentifierBloodPressureSystolic" sourceName="B" unit="mmHg" value="121" startDate="2024-01-01 08:00:00 +0100" endDate="2024-01-01 08:00:00 +0100"/>
          <Record type="HKQuantityTypeIdentifierBloodPressureDiastolic" sourceName="B" unit="mmHg" value="79" startDate="2024-01-01 08:00:00 +0100" endDate="2024-01-01 08:00:00 +0100"/>
         </Correlation>
         <Record type="HKQuantityTypeIdentifierBloodPressureSystolic" sourceName="B" unit="mmHg" value="121" startDate="2024-01-01 08:00:00 +0100" endDate="2024-01-01 08:00:00 +0100"/>
         <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="W" value="HKCategoryValueSleepAnalysisAsleepDeep" startDate="2023-12-31 23:30:00 +0100" endDate="2024-01-01 00:15:00 +0100"/>
         <Record type="HKCategoryTypeIdentifierMindfulSession" sourceName="W" startDate="2023-12-31 20:00:00 +0100" endDate="2023-12-31 20:10:00 +0100"/>
         <Record type="HKQuantityTypeIdentifierHeartRateVariabilitySDNN" sourceName="W" unit="ms" value="40" startDate="2023-12-31 20:00:00 +0100" endDate="2023-12-31 20:01:00 +0100">
          <HeartRateVariabilityMetadataList>
           <InstantaneousBeatsPerMinute bpm="69" time="8:00:01.86 PM"/>
           <InstantaneousBeatsPerMinute bpm="70" time="8:00:02.71 PM"/>
          </HeartRateVariabilityMetadataList>
         </Record>
         <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min" sourceName="W" startDate="2023-12-31 18:00:00 +0100" endDate="2023-12-31 18:30:00 +0100">
          <WorkoutEvent type="HKWorkoutEventTypePause" date="2023-12-31 18:10:00 +0100"/>
          <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="140.5" minimum="100" maximum="171" unit="count/min"/>
          <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="5.2" unit="km"/>
         </Workout>
         <ActivitySummary dateComponents="2023-12-31" activeEnergyBurned="590.252" activeEnergyBurnedUnit="kcal" appleExerciseTime="68" appleStandHours="13"/>
         <ClinicalRecord type="Observation" identifier="x"/>
         <Audiogram type="HKDataTypeIdentifierAudiogram"><SensitivityPoint frequencyValue="500"/></Audiogram>
        </HealthData>
        """

    @Test("Every kind of element has its outcome, also behind a document type that is no XML")
    func kinds() throws {
        let outcomes = Wearable.apple(Self.export.utf8, zone: "Europe/Oslo")
        let codes = outcomes.map { "\($0.type) \($0.reason?.code ?? "accepted")" }
        #expect(
            codes == [
                "Me accepted", "HKQuantityTypeIdentifierBloodPressureSystolic accepted",
                "HKQuantityTypeIdentifierBloodPressureDiastolic accepted", "Correlation members-stand-alone",
                "HKQuantityTypeIdentifierBloodPressureSystolic accepted",
                "HKCategoryTypeIdentifierSleepAnalysis accepted",
                "HKCategoryTypeIdentifierMindfulSession accepted",
                "HKQuantityTypeIdentifierHeartRateVariabilitySDNN accepted", "Workout accepted",
                "ActivitySummary accepted", "ClinicalRecord clinical-record", "Audiogram unsupported-element",
            ])
        #expect(outcomes.map(\.index) == Array(0..<12))
        // A record within a correlation also stands by itself: it is one fact.
        #expect(outcomes[1].facts.map(\.eventID) == outcomes[4].facts.map(\.eventID))
        #expect(outcomes[4].place == "line[17]")
        guard case .patient(let person)? = outcomes[0].facts.first else { return #expect(Bool(false)) }
        #expect(person.birthYear == 1990)
        #expect(person.administrativeGender == .female)
        #expect(outcomes[0].told == ["882-1 =HKBloodTypeAPositive @ 2024-01-01T09:00:00"])
        #expect(
            outcomes[5].told == [
                "HKCategoryTypeIdentifierSleepAnalysis =HKCategoryValueSleepAnalysisAsleepDeep @ 2023-12-31T22:30:00",
                "93831-6 45.0 min @ 2023-12-31T22:30:00",
            ])
        #expect(outcomes[6].told == ["HKCategoryTypeIdentifierMindfulSession 10.0 min @ 2023-12-31T19:00:00"])
        #expect(outcomes[7].notes.map(\.code) == ["beats-not-mapped"])
        #expect(
            outcomes[8].told == [
                "73985-4 =HKWorkoutActivityTypeRunning @ 2023-12-31T17:00:00", "55411-3 30.0 min @ 2023-12-31T17:00:00",
                "8867-4 140.5 /min @ 2023-12-31T17:00:00",
                "HKQuantityTypeIdentifierHeartRate:minimum 100.0 /min @ 2023-12-31T17:00:00",
                "HKQuantityTypeIdentifierHeartRate:maximum 171.0 /min @ 2023-12-31T17:00:00",
                "physical-activity-distance 5200.0 m @ 2023-12-31T17:00:00",
            ])
        #expect(outcomes[8].notes.map(\.code) == ["events-not-mapped"])
        #expect(outcomes[9].told.first == "41981-2 590.252 kcal @ 2023-12-30T23:00:00")
        #expect(outcomes[9].notes.isEmpty)
    }

    @Test("Any split of the bytes gives the same outcomes; a zone that is not declared is noted")
    func splits() {
        let whole = Wearable.apple(Self.export.utf8)
        #expect(whole[9].notes.map(\.code) == ["zone-assumed"])
        for piece in [1, 7, 1_000] { #expect(Wearable.apple(Self.export.utf8, piece: piece) == whole) }
    }

    @Test("What is no XML ends the reading with a refusal, and what came before stands")
    func cut() {
        let cut = Wearable.apple(Self.export.utf8.prefix(Self.export.utf8.count - 700))
        #expect(cut.count > 6)
        #expect(cut.last?.reason?.code == "xml-unexpected-end" || cut.last?.reason?.code == "xml-no-element")
        #expect(cut.dropLast().allSatisfy { !$0.isRejected })
        #expect(Wearable.apple("<gpx/>".utf8).map { $0.reason?.code } == ["not-apple-health"])
        let entity = "<!DOCTYPE HealthData [<!ENTITY a 'b'>]><HealthData>&a;</HealthData>"
        #expect(Wearable.apple(entity.utf8).map { $0.reason?.code } == ["xml-entity-declared"])
    }

    @Test("The address in memory that begins a device's description does not change the fact's identity")
    func device() {
        func outcome(_ address: String) -> FactOutcome? {
            Wearable.apple(
                #"<HealthData><Record type="HKQuantityTypeIdentifierHeartRate" sourceName="W" device="&lt;&lt;HKDevice: \#(address)&gt;, name:Apple Watch, model:Watch&gt;" unit="count/min" value="72" \#(Self.times)/></HealthData>"#
                    .utf8
            ).first
        }
        #expect(outcome("0x282a45810")?.facts.map(\.eventID) == outcome("0x99")?.facts.map(\.eventID))
    }

    @Test("The real export: counts by type equal those of a regular expression")
    func real() throws {
        guard let folder = SharedData.folder else { return }
        let bytes = try SharedData.bytes(of: folder.appending(path: "wearable-samples/apple-health/export.xml"))
        let text = String(decoding: bytes, as: UTF8.self)
        var expected: [String: Int] = [:]
        for match in text.matches(of: /<Record [^>]*?type="([A-Za-z0-9]+)"/) {
            expected[String(match.1), default: 0] += 1
        }
        for match in text.matches(of: /<(Workout|ActivitySummary|Correlation|Me|ClinicalRecord|Audiogram)[ >]/) {
            expected[String(match.1), default: 0] += 1
        }
        let outcomes = Wearable.apple(bytes)
        #expect(Dictionary(outcomes.map { ($0.type, 1) }, uniquingKeysWith: +) == expected)
        #expect(outcomes.allSatisfy { !$0.facts.isEmpty })
        #expect(outcomes.flatMap(\.told).contains("8867-4 72.0 /min @ 2018-09-10T09:28:55"))
    }
}
