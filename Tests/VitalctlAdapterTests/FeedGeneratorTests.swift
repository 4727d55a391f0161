import Domain
import Foundation
import Testing
import VitalctlCore

@Suite("The generated feed is reproducible, ordered and carries its ground truth")
struct FeedGeneratorTests {
    private static let end = Timestamp(microseconds: 1_780_000_000_000_000)
    private static let small = FeedPlan(people: 12, days: 4, seed: 7, end: end, deteriorations: 3)

    @Test("Equal plans give equal bytes, and another seed gives others")
    func determinism() {
        let first = Array(FeedGenerator(plan: Self.small))
        let second = Array(FeedGenerator(plan: Self.small))
        #expect(first == second)
        var other = Self.small
        other.seed = 8
        #expect(Array(FeedGenerator(plan: other)) != first)
    }

    @Test("Records come in order of delivery, within the span of the plan")
    func order() throws {
        var previous = Self.small.start
        for record in FeedGenerator(plan: Self.small) {
            let delivered = try #require(record.deliveredAt)
            #expect(delivered >= previous)
            #expect(try #require(record.eventTime) <= delivered)
            previous = delivered
        }
        #expect(previous <= Self.end)
        #expect(Self.end.since(previous) < .seconds(2 * 1200))
    }

    @Test("Every record is JSON, and the items in it are as many as it says")
    func json() throws {
        var schemas: Set<String> = []
        var resources: Set<String> = []
        var lateBatches = 0
        for record in FeedGenerator(plan: FeedPlan(people: 30, days: 6, seed: 3, end: Self.end)) {
            if record.topic == .genomics { continue }
            let value = try JSONSerialization.jsonObject(with: Data(record.value))
            switch record.topic {
            case .wearable:
                let points = try #require((value as? [[String: Any]]) ?? (value as? [String: Any]).map { [$0] })
                #expect(points.count == record.itemCount)
                if points.count > 1 { lateBatches += 1 }
                for point in points {
                    let header = try #require(point["header"] as? [String: Any])
                    let schema = try #require(header["schema_id"] as? [String: String])
                    let name = try #require(schema["name"])
                    let user = try #require(header["user_id"] as? String)
                    schemas.insert(name)
                    #expect(record.key == FeedKey.key(for: user))
                }
            case .ehr:
                let entries = try #require((value as? [String: Any])?["entry"] as? [[String: Any]])
                #expect(entries.count == record.itemCount)
                for entry in entries {
                    let resource = try #require(entry["resource"] as? [String: Any])
                    resources.insert(try #require(resource["resourceType"] as? String))
                    #expect(resource["name"] == nil)
                }
            case .hl7v2, .genomics: Issue.record("the generator writes no \(record.topic)")
            }
        }
        #expect(
            schemas == [
                "heart-rate", "oxygen-saturation", "respiratory-rate", "body-temperature", "blood-pressure",
                "step-count",
            ])
        #expect(resources == ["Patient", "Condition", "MedicationRequest", "Observation"])
        #expect(lateBatches > 0)
    }

    @Test("Planted people pass NEWS2's limit of 7 at their height, and others hardly ever do")
    func groundTruth() throws {
        let plan = FeedPlan(people: 40, days: 8, seed: 11, end: Self.end, deteriorations: 5)
        let generator = FeedGenerator(plan: plan)
        #expect(generator.deteriorations.count == 5)
        #expect(Set(generator.deteriorations.map(\.person)).count == 5)
        var latest: [String: LatestVitals] = [:]
        var highest: [String: Int] = [:]
        var firstHigh: [String: Timestamp] = [:]
        for record in generator where record.topic == .wearable {
            let value = try JSONSerialization.jsonObject(with: Data(record.value))
            for point in (value as? [[String: Any]]) ?? (value as? [String: Any]).map({ [$0] }) ?? [] {
                let user = try #require((point["header"] as? [String: Any])?["user_id"] as? String)
                latest[user, default: LatestVitals()].take(try #require(point["body"] as? [String: Any]))
                guard let score = latest[user]?.news2 else { continue }
                highest[user] = max(highest[user] ?? 0, score)
                if score >= 7, firstHigh[user] == nil { firstHigh[user] = record.eventTime }
            }
        }
        for course in generator.deteriorations {
            #expect(plan.start <= course.onset)
            #expect((24.0...36.0).contains(Double(course.peak.since(course.onset).microseconds) / 3.6e9))
            #expect(highest[course.person] ?? 0 >= 7, "\(course.person) reaches \(highest[course.person] ?? 0)")
            let alert = try #require(firstHigh[course.person])
            #expect(alert > course.onset)
            #expect(alert < course.recovery)
        }
        let planted = Set(generator.deteriorations.map(\.person))
        #expect(highest.filter { !planted.contains($0.key) && $0.value >= 7 }.isEmpty)
    }

    @Test("The default plan holds 300,000 to 500,000 measurements, of two hundred people")
    func volume() {
        // A tenth of the days stands for all of them; the schedule repeats daily.
        let items = FeedGenerator(plan: FeedPlan(people: 200, days: 3, seed: 1, end: Self.end)).reduce(0) {
            $0 + $1.itemCount
        }
        #expect((30_000...50_000).contains(items), "\(items)")
    }

    @Test("Numbers out of range are brought into it, and a short feed has no room for a deterioration")
    func limits() {
        let plan = FeedPlan(people: 0, days: -3, seed: 1, end: Self.end, deteriorations: 9)
        #expect(plan.people == 1)
        #expect(plan.days == 1)
        #expect(plan.deteriorations == 0)
        #expect(FeedPlan(people: 2, days: 9, seed: 1, end: Self.end, deteriorations: 9).deteriorations == 2)
    }

    @Test("A severity rises from nothing to one and fades")
    func severity() throws {
        let course = try #require(FeedGenerator(plan: Self.small).deteriorations.first)
        #expect(course.severity(at: course.onset) == 0)
        #expect(course.severity(at: course.peak) == 1)
        #expect(course.severity(at: course.recovery) == 1)
        let later = course.severity(at: course.recovery.advanced(by: .seconds(6 * 3600)))
        #expect(abs(later - 0.367879) < 1e-5)
    }

    @Test("The key is FNV-1a, checked against the vectors of draft-eastlake-fnv")
    func key() {
        #expect(FeedKey.key(for: "") == "cbf29ce484222325")
        #expect(FeedKey.key(for: "a") == "af63dc4c8601ec8c")
        #expect(FeedKey.key(for: "foobar") == "85944171f73967e8")
    }
}

/// NEWS2 on air, alert, by the chart of the Royal College of Physicians (2017), written here anew so that the feed is judged by its own test.
private struct LatestVitals {
    private var values: [String: Double] = [:]

    mutating func take(_ body: [String: Any]) {
        for (name, quantity) in body {
            if let value = (quantity as? [String: Any])?["value"] as? NSNumber { values[name] = value.doubleValue }
        }
    }

    var news2: Int? {
        guard let respiration = values["respiratory_rate"], let saturation = values["oxygen_saturation"],
            let systolic = values["systolic_blood_pressure"], let pulse = values["heart_rate"],
            let temperature = values["body_temperature"]
        else { return nil }
        return band(respiration, [(8, 3), (11, 1), (20, 0), (24, 2)], above: 3)
            + band(saturation, [(91, 3), (93, 2), (95, 1)], above: 0)
            + band(systolic, [(90, 3), (100, 2), (110, 1), (219, 0)], above: 3)
            + band(pulse, [(40, 3), (50, 1), (90, 0), (110, 1), (130, 2)], above: 3)
            + band(temperature, [(35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1)], above: 2)
    }

    private func band(_ value: Double, _ bands: [(upTo: Double, score: Int)], above: Int) -> Int {
        bands.first { value <= $0.upTo }?.score ?? above
    }
}
