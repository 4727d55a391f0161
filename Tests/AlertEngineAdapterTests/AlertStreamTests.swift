import AlertEngineAdapter
import AlertEngineCore
import Contracts
import Domain
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("Observations on the log become alerts on the log, in the tables and in the documents, once each", .serialized)
struct AlertStreamTests {
    /// What the pure evaluator makes of the observations, told without the stream.
    static func expected(_ observations: [ObservationRecorded]) -> [String: [AlertChange]] {
        let evaluator = AlertEvaluator()
        var states: [PatientPseudonym: PatientState] = [:]
        var changes: [String: [AlertChange]] = [:]
        var seen: Set<EventID> = []
        for observation in observations where seen.insert(observation.eventID).inserted {
            let evaluation = evaluator.evaluate(
                observation, state: &states[observation.patient, default: PatientState()])
            for change in evaluation.changes { changes[change.alertID.description, default: []].append(change) }
        }
        return changes
    }

    @Test("the stream agrees with the pure evaluation, through a restart and with repeats")
    func stream() async throws {
        var generator = SeededGenerator.announced()
        let observations = try Sample.wandering(3_000, patients: 9, &generator)
        let expected = Self.expected(observations)
        let transitions = expected.values.flatMap { $0 }
        #expect(transitions.count > 100)
        let stage = try await AlertStage()
        try await stage.publish(Array(observations[..<1_500]))
        try await stage.running {
            try await eventually("the first half") { try await stage.count("SELECT count(*) FROM inbox") == 1_500 }
        }
        try await stage.publish(Array(observations[1_000...]))
        try await stage.running {
            try await eventually("the second half") { try await stage.count("SELECT count(*) FROM inbox") == 3_000 }
            try await eventually("every position") {
                try await stage.count("SELECT sum(next_offset)::int8 FROM stream_position") == 3_500
            }
        }
        let alerts = try await stage.alerts(count: transitions.count)
        #expect(alerts.count == transitions.count)
        #expect(Set(alerts.map(\.eventID)).count == alerts.count)
        for (id, changes) in expected {
            let published = alerts.filter { $0.alertID.description == id }.sorted { $0.version < $1.version }
            #expect(published.map(\.version) == changes.map(\.version))
            #expect(published.map(\.summary) == changes.map(\.summary))
            #expect(published.map(\.evidence) == changes.map(\.evidence))
            #expect(published.map(\.severity.rawValue) == changes.map(\.severity.name))
        }
        let rows = try await stage.pool.withConnection { connection in
            let result = try connection.execute(
                "SELECT alert_id::text || ' ' || version || ' ' || status || ' ' || summary FROM bi.alert_v1")
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
        let wanted = expected.map { id, changes in
            let last = changes.last
            return "\(id) \(last?.version ?? 0) \(last?.transition == .resolved ? "resolved" : "open")"
                + " \(last?.summary ?? "")"
        }
        #expect(Set(rows) == Set(wanted) && rows.count == wanted.count)
        #expect(try await stage.count("SELECT count(*) FROM alert_transition") == Int64(transitions.count))
        let gaps = try await stage.count(
            """
            SELECT count(*) FROM (SELECT max(version) - count(*) AS gap FROM alert_transition GROUP BY alert_id) AS g
            WHERE gap <> 0
            """)
        #expect(gaps == 0)
        let twice = try await stage.count(
            """
            SELECT count(*) FROM (SELECT 1 FROM alert WHERE status = 'open'
                GROUP BY tenant, patient, rule HAVING count(*) > 1) AS t
            """)
        #expect(twice == 0)
        #expect(Set(stage.shelf.documents.keys) == Set(expected.keys))
        for (id, document) in stage.shelf.documents { #expect(document.version == expected[id]?.last?.version) }
        await stage.close()
    }

    @Test("a poisonous record is a dead letter, an unwatched one is nothing, and the neighbours go on")
    func poison() async throws {
        let stage = try await AlertStage()
        var height = try Sample.observation(1, .heartRate, 180, minute: 0)
        height.code = "8302-2"
        var broken = try Sample.observation(2, .heartRate, 70, minute: 1)
        broken.source = ""
        let fever = try Sample.observation(3, .bodyTemperature, 40, minute: 2)
        try await stage.publish([height, broken, fever])
        try await stage.running {
            try await eventually("the fever") { try await stage.count("SELECT count(*) FROM bi.alert_v1") == 1 }
            try await eventually("every position") {
                try await stage.count("SELECT sum(next_offset)::int8 FROM stream_position") == 3
            }
        }
        #expect(try await stage.count("SELECT count(*) FROM dead_letter") == 1)
        #expect(try await stage.count("SELECT count(*) FROM inbox") == 1)
        let alerts = try await stage.alerts(count: 1)
        #expect(alerts.map(\.rule) == ["temperature-high"])
        #expect(alerts.first?.raisedAt == Sample.minute(2))
        await stage.close()
    }
}
