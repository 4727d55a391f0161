import Contracts
import Domain
import PharmacogenomicsAdapter
import PharmacogenomicsCore
import TestSupport
import Testing

@Suite("Events on the log become results on the log, in the tables and in the reports, once each", .serialized)
struct PharmacogenomicsStreamTests {
    /// Persons with 0, 1 or 2 copies of CYP2C19*2 in turn, who take clopidogrel, codeine or nothing in turn.
    private func events(persons: Int) throws -> [any HealthEvent] {
        let catalog = try StreamSample.shelf.get().builtIn.base.genes
        var events: [any HealthEvent] = []
        for number in 0..<persons {
            let patient = Self.patient(number)
            let calls = StreamSample.cyp2c19(catalog, copiesOf2: number % 3)
            events.append(
                try StreamSample.genotypes(Array(calls[..<20]), patient: patient, chunk: 0, isLast: false))
            events.append(try StreamSample.genotypes(Array(calls[20...]), patient: patient, chunk: 1))
            switch number / 3 % 3 {
            case 0: events.append(try StreamSample.medication("clopidogrel", patient: patient))
            case 1: events.append(try StreamSample.medication("codeine", patient: patient))
            default: break
            }
        }
        return events
    }

    private static func patient(_ number: Int) -> String { "p1.person-\(number < 10 ? "0" : "")\(number)" }

    @Test func `two instances come to what a person's events come to by themselves`() async throws {
        let stage = try await PharmacogenomicsStage()
        let events = try events(persons: 27)
        try await stage.publish(events.shuffled())
        try await stage.publish(Array(events.prefix(40)))
        try await stage.running(["a", "b"]) {
            try await eventually("every event") {
                try await stage.count("SELECT count(*) FROM inbox") == Int64(events.count)
            }
        }
        // Poor metabolisers on clopidogrel: 2 copies (number % 3 == 2) and number / 3 % 3 == 0.
        #expect(
            try await stage.texts(
                """
                SELECT patient FROM bi.pgx_recommendation_v1 WHERE drug = 'clopidogrel' AND is_active_medication
                    AND 'avoid' = ANY (actions) AND population LIKE 'acute%' AND phenotypes = '{Poor Metabolizer}' ORDER BY patient
                """) == [2, 11, 20].map(Self.patient))
        #expect(try await stage.count("SELECT count(*) FROM gene_phenotype WHERE gene = 'CYP2C19'") == 27)
        #expect(try await stage.count("SELECT count(*) FROM patient_profile") == 27)
        #expect(stage.shelf.documents.count == 27)
        #expect(try await stage.count("SELECT count(*) FROM dead_letter") == 0)
        // Whoever reads the stored state sees what was published.
        let patients = StoredPatients(pool: stage.pool, shelf: try StreamSample.shelf.get())
        let reading = try await patients.read(try StreamSample.pseudonym(Self.patient(2)))
        let person = try #require(reading.patient)
        #expect(person.activeDrugs == ["clopidogrel"] && person.findings.first?.drug == "clopidogrel")
        #expect(person.phenotype(of: "CYP2C19")?.consensus?.phenotype == "Poor Metabolizer")
        #expect(try await patients.read(StreamSample.pseudonym("p1.nobody")).patient == nil)
        // Dense versions, each once.
        #expect(
            try await stage.count(
                """
                SELECT count(*) FROM (SELECT recommendation_id FROM recommendation_history GROUP BY recommendation_id
                    HAVING count(*) <> max(version) OR min(version) <> 1) AS broken
                """) == 0)
        await stage.close()
    }

    @Test func `a release re-publishes what it changes, of whom it touches, and nothing else`() async throws {
        let stage = try await PharmacogenomicsStage()
        let events = try events(persons: 27)
        try await stage.publish(events)
        // The action for poor metabolisers with an acute coronary syndrome changes.
        let release = try StreamSample.release(
            "2026.01",
            replacing:
                "CYP2C19=Likely Poor Metabolizer|Poor Metabolizer\tavoid+alternative:prasugrel or ticagrelor\tstrong",
            with: "CYP2C19=Likely Poor Metabolizer|Poor Metabolizer\tcontraindicated+alternative:prasugrel\tstrong")
        let event = try release.event(
            version: "2026.01", releasedAt: StreamSample.day(100), source: "test", producedAt: StreamSample.day(100))
        try event.validate()
        try await stage.running(pageSize: 4) {
            try await eventually("every event") {
                try await stage.count("SELECT count(*) FROM inbox") == Int64(events.count)
            }
            let before = try await stage.count("SELECT count(*) FROM recommendation_history")
            try await stage.publish([event])
            // 9 poor metabolisers and 9 persons on clopidogrel, 3 of whom are both; pages of 4.
            try await eventually("every request") {
                try await stage.count(
                    "SELECT count(*) FROM outbox WHERE destination = '\(Topic.reevaluationRequested)' AND record_key <> 'pharmacogenomics'"
                ) == 15
            }
            try await eventually("every re-evaluation") {
                // The release, four pages, fifteen persons.
                try await stage.count("SELECT count(*) FROM inbox") == Int64(events.count + 1 + 4 + 15)
            }
            #expect(try await stage.count("SELECT count(*) FROM recommendation_history") == before + 9)
        }
        #expect(
            try await stage.texts(
                """
                SELECT DISTINCT patient FROM recommendation_history WHERE knowledge_version = '2026.01' ORDER BY patient
                """) == stride(from: 2, to: 27, by: 3).map(Self.patient))
        #expect(
            try await stage.texts(
                "SELECT DISTINCT drug FROM recommendation_history WHERE knowledge_version = '2026.01'")
                == ["clopidogrel"])
        #expect(try await stage.texts("SELECT digest FROM knowledge_active") == [release.digest])
        await stage.close()
    }

    @Test func `a release that cannot be read is a dead letter with the place, and the former one stays`() async throws
    {
        let stage = try await PharmacogenomicsStage()
        let broken = try StreamSample.release(
            "2026.02", replacing: "\tavoid+alternative:prasugrel or ticagrelor\tstrong",
            with: "\twhatever-you-like\tstrong")
        let event = try broken.event(
            version: "2026.02", releasedAt: StreamSample.day(100), source: "test", producedAt: StreamSample.day(100))
        var forged = event
        forged.eventID = StreamSample.id("forged")
        forged.digest = String(repeating: "0", count: 64)
        try await stage.publish([event, forged])
        try await stage.running {
            try await eventually("both") { try await stage.count("SELECT count(*) FROM dead_letter") == 2 }
        }
        let places = try await stage.texts("SELECT reason_code || ' ' || place FROM dead_letter ORDER BY place")
        #expect(places.first == "broken-release KnowledgeReleased.files")
        #expect(places.last?.hasPrefix("malformed-field guidelines-cpic.tsv:") == true)
        #expect(try await stage.texts("SELECT digest FROM knowledge_active") == [""])
        #expect(try await stage.count("SELECT count(*) FROM knowledge_release") == 0)
        await stage.close()
    }

    @Test func `releases that overtake each other end with the latest, and states follow its numbers`() async throws {
        let stage = try await PharmacogenomicsStage()
        let events = try events(persons: 9)
        try await stage.publish(events)
        let one = try StreamSample.release(
            "2026.03", replacing: "general\tHLA-B:*57:01=positive\tavoid",
            with: "general\tHLA-B:*57:01=positive\tcontraindicated")
        let two = try StreamSample.release(
            "2026.04", in: "phenotype-functions.tsv", replacing: "CYP2C19\tNo function\tNo function\tPoor Metabolizer",
            with: "CYP2C19\tNo function\tNo function\tIntermediate Metabolizer")
        let later = try two.event(
            version: "2026.04", releasedAt: StreamSample.day(102), source: "test", producedAt: StreamSample.day(102))
        let earlier = try one.event(
            version: "2026.03", releasedAt: StreamSample.day(101), source: "test", producedAt: StreamSample.day(101))
        try await stage.running(["a", "b"]) {
            try await eventually("every event") {
                try await stage.count("SELECT count(*) FROM inbox") == Int64(events.count)
            }
            try await stage.publish([later])
            try await eventually("changed results") {
                try await stage.count("SELECT count(*) FROM gene_phenotype WHERE phenotype = 'Poor Metabolizer'") == 0
            }
            try await stage.publish([earlier])
            try await eventually("both releases") {
                try await stage.count("SELECT count(*) FROM knowledge_release") == 2
            }
        }
        #expect(try await stage.texts("SELECT digest FROM knowledge_active") == [two.digest])
        #expect(
            try await stage.count("SELECT count(*) FROM gene_phenotype WHERE phenotype = 'Intermediate Metabolizer'")
                == 6)
        await stage.close()
    }

    @Test func `an update whose transactions are cut off again and again loses and repeats nothing`() async throws {
        let stage = try await PharmacogenomicsStage()
        let events = try events(persons: 18)
        let release = try StreamSample.release(
            "2026.05",
            replacing:
                "CYP2C19=Likely Poor Metabolizer|Poor Metabolizer\tavoid+alternative:prasugrel or ticagrelor\tstrong",
            with: "CYP2C19=Likely Poor Metabolizer|Poor Metabolizer\tcontraindicated+alternative:prasugrel\tstrong")
        try await stage.publish(events)
        try await stage.running {
            try await eventually("every event") {
                try await stage.count("SELECT count(*) FROM inbox") == Int64(events.count)
            }
        }
        let before = try await stage.count("SELECT count(*) FROM recommendation_history")
        let killer = TransactionKiller(pool: stage.pool, times: 6, generator: .announced())
        try await stage.publish([
            try release.event(
                version: "2026.05", releasedAt: StreamSample.day(100), source: "test", producedAt: StreamSample.day(100)
            )
        ])
        // 6 poor metabolisers, 6 persons on clopidogrel, 2 of whom are both: pages of 3, 3, 3, 1.
        let done = Int64(events.count + 1 + 4 + 10)
        // The first half in one process, the rest in another.
        try await stage.running(pageSize: 3, probe: killer) {
            try await eventually("a part of the update") {
                try await stage.count("SELECT count(*) FROM inbox") > Int64(events.count) + 5
            }
        }
        try await stage.running(pageSize: 3, probe: killer) {
            try await eventually("the whole update") { try await stage.count("SELECT count(*) FROM inbox") == done }
        }
        #expect(killer.killed > 0)
        #expect(try await stage.count("SELECT count(*) FROM recommendation_history") == before + 6)
        #expect(
            try await stage.texts(
                "SELECT DISTINCT patient FROM recommendation_history WHERE knowledge_version = '2026.05' ORDER BY patient"
            )
                == stride(from: 2, to: 18, by: 3).map(Self.patient))
        // What was committed is what left: every event of the outbox once.
        #expect(try await stage.count("SELECT count(*) - count(DISTINCT event_id) FROM outbox WHERE kind = 0") == 0)
        await stage.close()
    }
}
