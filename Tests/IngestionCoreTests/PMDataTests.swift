import Contracts
import Domain
import Foundation
import IngestionCore
import JSONDocument
import Testing

@Suite("PMData's exports become data points that are accepted")
struct PMDataTests {
    private let decoder = FeedDecoder(
        context: FeedContext(source: "pmdata", receivedAt: Fixture.receivedAt), names: PlainNames())

    @Test("A resting heart rate of 0 is no measurement; local days follow Oslo's summer time")
    func resting() throws {
        let yield = try PMDataReader(participant: "p03").dataPoints(
            of: .restingHeartRate,
            json: """
                [{"dateTime":"2020-03-28 00:00:00","value":{"date":"03/28/20","value":60.5,"error":7}},
                 {"dateTime":"2020-03-29 00:00:00","value":{"date":null,"value":0.0,"error":0}},
                 {"dateTime":"2020-03-30 00:00:00","value":{"date":"03/30/20","value":61,"error":7}}]
                """.utf8)
        #expect(yield.skipped == 1)
        let facts = decoder.openMHealth(.array(yield.dataPoints)).flatMap(\.facts)
        #expect(
            facts.map(\.eventTime) == [
                Timestamp(iso8601: "2020-03-27T23:00:00Z"), Timestamp(iso8601: "2020-03-29T22:00:00Z"),
            ])
        guard case .observation(let first)? = facts.first else { return #expect(Bool(false)) }
        #expect(first.code == "40443-4")
        #expect(first.value == .quantity(60.5))
    }

    @Test(
        "Sleep is local, steps and exercise are UTC",
        arguments: [
            (
                PMDataReader.Kind.sleep,
                #"[{"logId":1,"startTime":"2019-11-05 23:21:00","endTime":"2019-11-06T06:54:00.000","minutesAsleep":387,"minutesToFallAsleep":0,"minutesAwake":66,"efficiency":93,"mainSleep":true}]"#,
                "2019-11-05T22:21:00Z", 4
            ),
            (.steps, #"[{"dateTime":"2019-11-01 00:48:00","value":"17"}]"#, "2019-11-01T00:48:00Z", 1),
            (
                .exercise,
                #"[{"logId":2,"activityName":"Run","startTime":"2019-11-01 11:45:06","duration":2355000,"calories":311,"averageHeartRate":107,"distance":5.1,"distanceUnit":"Kilometer"}]"#,
                "2019-11-01T11:45:06Z", 3
            ),
        ])
    func clocks(kind: PMDataReader.Kind, json: String, start: String, facts: Int) throws {
        let yield = try PMDataReader(participant: "p03").dataPoints(of: kind, json: json.utf8)
        let outcomes = decoder.openMHealth(.array(yield.dataPoints))
        #expect(outcomes.compactMap(\.reason).isEmpty)
        let told = outcomes.flatMap(\.facts)
        #expect(told.count == facts)
        #expect(told.allSatisfy { $0.eventTime == Timestamp(iso8601: start) })
    }

    @Test("Every data point made from the real exports is accepted, and only repeats share an id")
    func realExports() throws {
        var counts: [String: Int] = [:]
        guard let root = SharedData.folder?.appending(path: "pmdata") else { return }
        for participant in ["p02", "p03"] {
            var facts: [EventID: Fact] = [:]
            for file in SharedData.files(in: "pmdata/\(participant)/fitbit", suffix: ".json.gz") {
                guard let kind = PMDataReader.kind(ofFile: file.lastPathComponent) else { continue }
                let yield = try PMDataReader(participant: participant).dataPoints(
                    of: kind, json: SharedData.bytes(of: file))
                let outcomes = decoder.openMHealth(.array(yield.dataPoints))
                #expect(outcomes.compactMap(\.reason).isEmpty)
                counts[kind.rawValue, default: 0] += yield.dataPoints.count
                counts["\(kind.rawValue) skipped", default: 0] += yield.skipped
                for fact in outcomes.flatMap(\.facts) {
                    // The export repeats some sleeps (5 of p02, 3 of p03); a repeat is the same fact with the same id.
                    if let known = facts.updateValue(fact, forKey: fact.eventID) { #expect(known == fact) }
                }
            }
            counts["facts", default: 0] += facts.count
        }
        print("pmdata at \(root.lastPathComponent): \(counts.sorted { $0.key < $1.key })")
    }
}
