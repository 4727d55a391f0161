import Contracts
import Domain
import Foundation
import PharmacogenomicsAdapter
import PharmacogenomicsCore
import TestSupport
import Testing

@Suite("A killed pharmacogenomics loses nothing and repeats nothing", .serialized, .timeLimit(.minutes(20)))
struct PharmacogenomicsCrashTests {
    /// When a service is killed.
    private enum Moment {
        /// So many further events have had their effect.
        case effects(Int64)
        /// Events are committed and have not left.
        case unsent
        /// A transaction is open that has written something.
        case transaction

        /// Counts what there is at the moment.
        var query: String {
            switch self {
            case .effects: "SELECT count(*) FROM inbox"
            case .unsent:
                """
                SELECT count(*) FROM outbox o JOIN outbox_cursor c USING (lane_id)
                WHERE o.kind = 0 AND o.sequence > c.published_through
                """
            case .transaction:
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
                """
            }
        }
    }

    @Test func `kills in the feed and in the update after a release`() async throws {
        let (persons, feedKills, updateKills) = isLongForm ? (2_000, 12, 8) : (150, 3, 2)
        var random = SeededGenerator.announced()
        let package = try BuiltInKnowledge.package()
        let edition = try KnowledgeEdition(package)
        let people = try (0..<persons).map {
            try GenomePerson("person-\($0)", catalog: edition.base.genes, random: &random)
        }
        let events = feed(of: people, random: &random)
        let distinct = Int64(Set(events.map(\.eventID)).count)
        let stage = try await PharmacogenomicsTortureStage()
        let clock = ContinuousClock()

        // The feed, in portions, so that there is always work.
        let began = clock.now
        var rest = events[...]
        var kills: [String] = []
        for kill in 0..<feedKills {
            let portion = rest.prefix(events.count / (feedKills + 1))
            rest = rest.dropFirst(portion.count)
            try await stage.publish(Array(portion))
            let limit = Int64(portion.count) / Int64(feedKills + 1)
            kills.append(try await killOne(stage, limit: max(2, limit), isLate: kill > 0, random: &random))
        }
        try await stage.publish(Array(rest))
        let first = try stage.serve()
        try await stage.drained("the whole feed", timeout: .seconds(isLongForm ? 600 : 60))
        let fed = clock.now
        // The registration of the built-in release is one event more, and so is each boundary that was passed.
        #expect(try await stage.count("SELECT count(*) FROM inbox") >= distinct + 1)
        let expected = try ExpectedResults(people, under: edition)
        #expect(try await stage.phenotypes() == expected.phenotypes)
        #expect(try await stage.recommendations() == expected.recommendations)
        let before = try await stage.versions()

        // The release, and kills while the persons that it touches are evaluated again.
        let (release, next) = try changed(package, to: "2099.01")
        let expectedNext = try ExpectedResults(people, under: next)
        let changes = expected.changes(to: expectedNext)
        #expect(!changes.isEmpty && changes.count < before.count)
        let recordsBefore = stage.log.content.records
        try await stage.publish([release])
        kills.append(try await kill(first, stage, at: .effects(.random(in: 1...20, using: &random)), random: &random))
        for _ in 1..<updateKills {
            kills.append(try await killOne(stage, limit: 20, isLate: true, random: &random))
        }
        let last = try stage.serve()
        try await stage.drained("the whole update", timeout: .seconds(isLongForm ? 600 : 60))
        let updated = clock.now
        let told = stage.log.content
        print(
            "pharmacogenomics: \(kills.count) kills (\(kills.joined(separator: ", "))), \(persons) persons,",
            "\(events.count) records, \(distinct) events; feed \(fed - began), update \(updated - fed),",
            "\(changes.count) recommendations changed, \(told.records) results published,",
            "\(told.records - recordsBefore) by the update")

        // Every row is as if nothing had happened, and only what differs has a new version.
        #expect(try await stage.phenotypes() == expectedNext.phenotypes)
        #expect(try await stage.recommendations() == expectedNext.recommendations)
        let after = try await stage.versions()
        #expect(after == before.merging(changes.map { ($0, (before[$0] ?? 0) + 1) }) { $1 })
        #expect(try await stage.texts("SELECT digest FROM knowledge_active") == [next.digest])
        try await expectOnce(stage, told)
        let open = told.lastTransitions.filter { $0.value.transition != .resolved }.keys
        #expect(Set(open) == Set(expectedNext.alerts.map(\.description)))

        last.send(SIGTERM)
        try await eventually("the last service's end") { last.ended != nil }
        #expect(last.ended == 0, "\(last.text.suffix(2_000))")
        try await stage.close()
    }

    /// Everything was published under one identity for each version, versions are dense, and they are those of the tables.
    private func expectOnce(_ stage: PharmacogenomicsTortureStage, _ told: PublishedLog.Content) async throws {
        #expect(told.faults.isEmpty, "\(told.faults.prefix(5))")
        for results in [told.phenotypes, told.recommendations, told.alerts] {
            let manifold = results.filter { $0.value.count != 1 || $0.value.values.contains { $0.count != 1 } }
            #expect(manifold.isEmpty, "\(manifold.prefix(5))")
            let numbers = Dictionary(grouping: results.keys, by: \.subject).mapValues { $0.map(\.number).sorted() }
            let broken = numbers.filter { $0.value != Array(1...Int64($0.value.count)) }
            #expect(broken.isEmpty, "\(broken.prefix(5))")
        }
        let history = try await stage.texts(
            "SELECT recommendation_id || ' ' || version || ' ' || event_id FROM recommendation_history")
        let published = told.recommendations.flatMap { version, ids in
            ids.keys.map { "\(version.subject) \(version.number) \($0)" }
        }
        #expect(history.sorted() == published.sorted())
        let genes = try await stage.texts(
            "SELECT patient || ' ' || gene || ' ' || version || ' ' || event_id FROM gene_phenotype")
        let phenotypes = Set(
            told.phenotypes.flatMap { version, ids in ids.keys.map { "\(version.subject) \(version.number) \($0)" } })
        #expect(phenotypes.isSuperset(of: genes))
        #expect(
            Dictionary(grouping: told.phenotypes.keys, by: \.subject).values.compactMap { $0.map(\.number).max() }
                .reduce(0, +) == (try await stage.count("SELECT coalesce(sum(version), 0)::int8 FROM gene_phenotype")))
        #expect(try await stage.count("SELECT count(*) FROM dead_letter") == 0)
        #expect(try await stage.count("SELECT count(*) FROM parked_event") == 0)
    }

    // MARK: - The feed

    /// The events of all persons, each person's in any order, about one in ten of them twice.
    private func feed(of people: [GenomePerson], random: inout SeededGenerator) -> [any HealthEvent] {
        var events = people.flatMap(\.events)
        for event in events where Int.random(in: 0..<10, using: &random) == 0 { events.append(event) }
        return events.shuffled(using: &random)
    }

    /// The tables with another action for poor metabolisers with an acute coronary syndrome.
    private func changed(
        _ package: KnowledgePackage, to version: String
    ) throws -> (event: KnowledgeReleased, edition: KnowledgeEdition) {
        let rule = "CYP2C19=Likely Poor Metabolizer|Poor Metabolizer\tavoid+alternative:prasugrel or ticagrelor\tstrong"
        var files = package.files
        let guidelines = String(decoding: files["guidelines-cpic.tsv"] ?? [], as: UTF8.self)
        guard guidelines.contains(rule) else { throw Missing(what: "the rule on clopidogrel") }
        let other = "CYP2C19=Likely Poor Metabolizer|Poor Metabolizer\tcontraindicated+alternative:prasugrel\tstrong"
        files["guidelines-cpic.tsv"] = Array(guidelines.replacingOccurrences(of: rule, with: other).utf8)
        let knowledge = String(decoding: files["knowledge.tsv"] ?? [], as: UTF8.self)
        files["knowledge.tsv"] = Array(knowledge.replacing(#/version\t[^\n]*/#, with: "version\t\(version)").utf8)
        let release = try KnowledgePackage(files: files)
        let edition = try KnowledgeEdition(release)
        let former = try BuiltInRelease.event(of: package, version: KnowledgeEdition(package).base.version)
        let time = former.releasedAt.advanced(by: .seconds(86_400))
        return (
            try release.event(version: version, releasedAt: time, source: "torture", producedAt: time), edition
        )
    }

    // MARK: - Kills

    /// Starts a service and kills it at a moment of chance.
    private func killOne(
        _ stage: PharmacogenomicsTortureStage, limit: Int64, isLate: Bool, random: inout SeededGenerator
    ) async throws -> String {
        let moment: Moment =
            switch Int.random(in: 0..<3, using: &random) {
            case 0 where isLate: .unsent
            case 1 where isLate: .transaction
            default: .effects(.random(in: 1...limit, using: &random))
            }
        return try await kill(try stage.serve(), stage, at: moment, random: &random)
    }

    /// Kills the service at the moment, or a little later; says when that was.
    private func kill(
        _ service: ServiceProcess, _ stage: PharmacogenomicsTortureStage, at moment: Moment,
        random: inout SeededGenerator
    ) async throws -> String {
        let schema = PharmacogenomicsMigrations.schema
        try await eventually("the schema", timeout: .seconds(30)) {
            try await stage.count("SELECT count(to_regclass('\(schema).cds_access_head'))") == 1
        }
        let begun = try await stage.count("SELECT count(*) FROM inbox")
        try await eventually("\(moment)", timeout: .seconds(60)) {
            if service.ended != nil { throw Missing(what: "a running service: \(service.text.suffix(2_000))") }
            let inbox = try await stage.count("SELECT count(*) FROM inbox")
            if case .effects(let count) = moment { return inbox >= begun + count }
            // Once it works; and when all is done such a moment does not come any more.
            guard inbox > begun else { return false }
            if try await stage.count(moment.query) > 0 { return true }
            return try await stage.isDrained()
        }
        try await Task.sleep(for: .milliseconds(.random(in: 0...40, using: &random) as Int))
        guard service.send(SIGKILL) else { throw Missing(what: "a service to kill: \(service.text.suffix(2_000))") }
        try await eventually("the end of what was killed") { service.ended != nil }
        #expect(service.ended == 128 + SIGKILL)
        let taken = try await stage.count("SELECT count(*) FROM inbox")
        return "\(moment) at \(taken)"
    }
}
