import Contracts
import Domain
import Testing

@testable import IngestionCore

@Suite("What cannot be true of a living person, or of a clock that goes right, is held back")
struct PlausibilityTests {
    /// 2024-05-01T06:30:00Z.
    static let receipt = Timestamp(microseconds: 1_714_545_000_000_000)

    private static func hours(_ hours: Int64) -> Timestamp { receipt.advanced(by: .seconds(hours * 3_600)) }

    static func fact(
        _ code: String = "8867-4", _ value: Double = 72, _ unit: String = "/min", at time: Timestamp? = nil,
        until end: Timestamp? = nil, device: String = "", source: String = Topic.ehrFeed,
        status: ObservationRecorded.Status = .final
    ) throws -> Fact {
        .observation(
            ObservationRecorded(
                eventID: EventID.hashing("plausibility", code), patient: try #require(PatientPseudonym("p1.somebody")),
                code: code, codeSystem: LOINC.system, display: "", value: .quantity(value), unit: unit, status: status,
                effectiveAt: time ?? hours(-1), effectiveEndAt: end, receivedAt: receipt, source: source,
                deviceID: device, modelVersion: "test", producedAt: receipt))
    }

    private func code(_ fact: Fact) -> String? { Plausibility.check(fact, receivedAt: Self.receipt)?.code }

    @Test(
        "Hard limits hold at their edges and break just beyond",
        arguments: [
            ("8867-4", 10, 500, "/min"), ("8889-8", 10, 500, "/min"), ("9279-1", 0, 150, "/min"),
            ("59408-5", 10, 100, "%"), ("2708-6", 10, 100, "%"), ("8310-5", 10, 47, "Cel"), ("8331-1", 10, 47, "Cel"),
            ("8480-6", 10, 500, "mm[Hg]"), ("8462-4", 0, 400, "mm[Hg]"), ("29463-7", 0.2, 650, "kg"),
            ("8302-2", 20, 275, "cm"), ("39156-5", 5, 260, "kg/m2"), ("2345-7", 1, 3_000, "mg/dL"),
            ("14749-6", 0.05, 170, "mmol/L"), ("2951-2", 70, 250, "mmol/L"), ("718-7", 0.4, 30, "g/dL"),
            ("55423-8", 0, 500_000, "{steps}"), ("4548-4", 2, 30, "%"),
        ])
    func limits(loinc: String, low: Double, high: Double, unit: String) throws {
        #expect(code(try Self.fact(loinc, low, unit)) == nil)
        #expect(code(try Self.fact(loinc, high, unit)) == nil)
        #expect(code(try Self.fact(loinc, low.nextDown, unit)) == "value-implausible")
        #expect(code(try Self.fact(loinc, high.nextUp, unit)) == "value-implausible")
    }

    @Test("The reason names the window and never the value")
    func detail() throws {
        let doubt = try #require(Plausibility.check(try Self.fact("8310-5", 98.6, "Cel"), receivedAt: Self.receipt))
        #expect(doubt.detail == "outside of 10 to 47 Cel, where a living person's lies")
        #expect(doubt.place == "value")
        #expect(!doubt.description.contains("98.6"))
    }

    @Test("Every window's unit is the canonical unit of its code, so that no value escapes by its unit")
    func units() throws {
        for sign in VitalSign.allCases {
            for loinc in sign.family {
                guard let window = ValueWindow.of(loinc: loinc) else { continue }
                #expect(UCUM.canonical("1", unit: window.unit, code: loinc)?.unit == window.unit, "\(loinc)")
                #expect(window.hard.lowerBound <= window.usual.lowerBound, "\(loinc)")
                #expect(window.hard.upperBound >= window.usual.upperBound, "\(loinc)")
            }
        }
    }

    @Test(
        "A unit of another quantity is a mismatch; a unit that is unknown or missing is not judged",
        arguments: [
            ("8867-4", "kg", "unit-mismatch"), ("8310-5", "mm[Hg]", "unit-mismatch"),
            ("29463-7", "cm", "unit-mismatch"),
            ("8867-4", "", nil), ("8867-4", "bpm", nil), ("1234-5", "kg", nil),
        ])
    func mismatch(loinc: String, unit: String, expected: String?) throws {
        #expect(code(try Self.fact(loinc, 5, unit)) == expected)
    }

    @Test("What the sender has withdrawn is not judged by its value")
    func withdrawn() throws {
        #expect(code(try Self.fact("8867-4", -1, "/min", status: .enteredInError)) == nil)
    }

    @Test(
        "Clocks: a day ahead passes, more does not, and neither does 1899 or 2105",
        arguments: [
            (1_714_545_000 + 86_400, nil), (1_714_545_000 + 86_401, "time-implausible"),
            (4_260_211_200, "time-implausible"), (-2_208_988_800, nil), (-2_208_988_801, "time-implausible"),
            (253_402_300_799, "time-implausible"), (1_714_545_000, nil), (0, "time-implausible"), (1, nil),
            (946_684_800, nil),
        ] as [(Int64, String?)])
    func clocks(seconds: Int64, expected: String?) throws {
        let time = Timestamp(microseconds: seconds * 1_000_000)
        #expect(code(try Self.fact(at: time)) == expected)
    }

    @Test(
        "A device's clock that was never set is known by its zero, to the microsecond",
        arguments: [
            -2_208_988_800, -2_082_844_800, 0, 315_532_800, 315_964_800, 631_065_600, 935_280_000, 946_684_800,
            978_307_200, 1_554_595_200,
        ] as [Int64])
    func epochs(seconds: Int64) throws {
        let time = Timestamp(microseconds: seconds * 1_000_000)
        #expect(code(try Self.fact(at: time, device: "h1.device")) == "time-implausible")
        #expect(code(try Self.fact(at: time, source: Topic.wearableFeed)) == "time-implausible")
        let later = Timestamp(microseconds: seconds * 1_000_000 + 1)
        #expect(code(try Self.fact(at: later, device: "h1.device")) == nil)
    }

    @Test("The epochs in the table are the moments that their names say")
    func epochNames() throws {
        for (text, seconds) in [
            ("1904-01-01T00:00:00Z", -2_082_844_800), ("1980-01-06T00:00:00Z", 315_964_800),
            ("1989-12-31T00:00:00Z", 631_065_600), ("1999-08-22T00:00:00Z", 935_280_000),
            ("2019-04-07T00:00:00Z", 1_554_595_200), ("2001-01-01T00:00:00Z", 978_307_200),
        ] as [(String, Int64)] {
            let time = try #require(Timestamp(iso8601: text))
            #expect(time.microseconds == seconds * 1_000_000)
            let doubt = Plausibility.check(try Self.fact(at: time, device: "d"), receivedAt: Self.receipt)
            #expect(doubt?.detail.contains(text) == true)
        }
    }

    @Test("Periods run forward, and a vital sign does not last for months")
    func periods() throws {
        #expect(code(try Self.fact(at: Self.hours(-2), until: Self.hours(-3))) == "period-reversed")
        #expect(code(try Self.fact(at: Self.hours(-2), until: Self.hours(-2))) == nil)
        #expect(code(try Self.fact(at: Self.hours(-33 * 24), until: Self.hours(-1))) == "duration-implausible")
        #expect(code(try Self.fact(at: Self.hours(-32 * 24), until: Self.hours(0))) == nil)
        #expect(code(try Self.fact(at: Self.hours(-1), until: Self.hours(25))) == "time-implausible")
    }

    @Test("Device readings that are possible and seldom right are marked, not held back")
    func noise() throws {
        let strange = try Self.fact("59408-5", 42, "%", device: "h1.watch")
        #expect(code(strange) == nil)
        #expect(Plausibility.noise(strange)?.code == "value-noisy")
        #expect(Plausibility.noise(strange)?.detail.contains("42") == false)
        #expect(Plausibility.noise(try Self.fact("59408-5", 97, "%", device: "h1.watch")) == nil)
        #expect(Plausibility.noise(try Self.fact("59408-5", 42, "%")) == nil)
        #expect(Plausibility.noise(try Self.fact("59408-5", 4, "%", device: "h1.watch")) == nil)
    }

    @Test("A birth lies within the lifetime of the oldest")
    func births() throws {
        for (year, expected) in [
            (0, nil), (2024, nil), (1894, nil), (2025, "time-implausible"), (1893, "time-implausible"),
            (2105, "time-implausible"),
        ] as [(Int32, String?)] {
            let event = PatientRegistered(
                eventID: EventID.hashing("birth"), patient: try #require(PatientPseudonym("p1.somebody")),
                administrativeGender: .unknown, birthYear: year, source: Topic.ehrFeed, receivedAt: Self.receipt,
                modelVersion: "test", producedAt: Self.receipt)
            #expect(code(.patient(event)) == expected, "\(year)")
        }
    }
}
