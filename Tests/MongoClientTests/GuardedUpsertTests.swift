import MongoClient
import TestSupport
import Testing

@Suite("A document only ever moves to a newer version", .enabled(if: TemporaryMongo.isAvailable, "needs nx-27017"))
struct GuardedUpsertTests {
    @Test("new is inserted, newer updates, equal and older leave it alone, and there is one document")
    func versions() async throws {
        try await withMongo { pool async throws in
            func write(_ version: Int64, _ x: Int) async throws -> MongoUpsertOutcome {
                try await pool.upsert(
                    MongoUpsert(id: "a", version: version, set: "{\"x\": \(x)}", setOnInsert: "{\"first\": \(x)}"),
                    into: "d")
            }
            #expect(try await write(5, 50) == .inserted)
            #expect(try await write(4, 40) == .superseded)
            #expect(try await write(5, 51) == .superseded)
            #expect(try await write(6, 60) == .updated)
            #expect(try await write(1 << 40, 70) == .updated)
            #expect(try await write((1 << 40) - 1, 80) == .superseded)
            let all = try await pool.find(in: "d", limit: 10)
            #expect(all.count == 1 && all.first?.id == "a" && all.first?.int64("version") == 1 << 40)
            #expect(all.first?.int64("x") == 70 && all.first?.int64("first") == 50)
            #expect(all.first?.json?.contains(#""version" : 1099511627776"#) == true)
        }
    }

    @Test("a field that a newer version does not name stays; a nested document is replaced as a whole")
    func fields() async throws {
        try await withMongo { pool async throws in
            let first =
                #"{"keep": "ä", "f": 1.5, "on": true, "#
                + #""nested": {"a": [1, {"b": null}], "when": {"$date": "2020-01-02T03:04:05Z"}}}"#
            try await pool.upsert(MongoUpsert(id: "h", version: 1, set: first), into: "d")
            var stored = try #require(try await pool.document("h", in: "d"))
            // 2020-01-02T03:04:05Z is 1577934245 s (date -u -d 2020-01-02T03:04:05Z +%s).
            #expect(stored.date("nested.when") == 1_577_934_245_000 && stored.int64("nested.a.0") == 1)
            #expect(stored.contains("nested.a.1.b") && !stored.contains("nested.a.2"))
            try await pool.upsert(MongoUpsert(id: "h", version: 2, set: #"{"nested": {"z": 1}}"#), into: "d")
            stored = try #require(try await pool.document("h", in: "d"))
            #expect(stored.string("keep") == "ä" && stored.double("f") == 1.5 && stored.bool("on") == true)
            #expect(stored.int64("nested.z") == 1 && !stored.contains("nested.a"))
            #expect(stored.int64("keep") == nil && stored.string("f") == nil)
        }
    }

    @Test("forty writers racing on three documents end with the newest version, and one of them inserted each")
    func races() async throws {
        try await withMongo({ $0.threads = 8 }) { pool async throws in
            for round in 0..<5 {
                let outcomes = try await withThrowingTaskGroup(of: MongoUpsertOutcome.self) { group in
                    for version in (1...40).shuffled() {
                        group.addTask {
                            try await pool.upsert(
                                MongoUpsert(
                                    id: "r\(round).\(version % 3)", version: Int64(version),
                                    set: "{\"x\": \(version)}"),
                                into: "d")
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count { $0 == .inserted } == 3)
                for (rest, newest) in [(0, 39), (1, 40), (2, 38)] as [(Int, Int64)] {
                    let stored = try await pool.document("r\(round).\(rest)", in: "d")
                    #expect(stored?.int64("version") == newest && stored?.int64("x") == newest)
                }
            }
        }
    }

    @Test(
        "a bulk, ordered or not, reports each document, and goes on behind superseded ones", arguments: [true, false])
    func bulk(ordered: Bool) async throws {
        try await withMongo { pool async throws in
            for id in ["old", "new", "same"] {
                try await pool.upsert(MongoUpsert(id: id, version: 10, set: "{\"x\": 10}"), into: "d")
            }
            let result = try await pool.bulkUpsert(
                [("a", 1), ("new", 9), ("same", 10), ("old", 11), ("b", 1), ("a", 2), ("a", 2), ("c", 1)].map {
                    MongoUpsert(id: $0.0, version: $0.1, set: "{\"x\": \($0.1)}")
                }, into: "d", ordered: ordered)
            let expected: [MongoUpsertOutcome] = [
                .inserted, .superseded, .superseded, .updated, .inserted, .updated, .superseded, .inserted,
            ]
            #expect(result.outcomes == expected && result.isComplete && result.failures.isEmpty)
            #expect(result.count(of: .superseded) == 3)
            let versions = try await pool.find(in: "d", sort: #"{"_id": 1}"#, limit: 100)
                .map { "\($0.id ?? "?")=\($0.int64("version") ?? -1)/\($0.int64("x") ?? -1)" }
            #expect(versions == ["a=2/2", "b=1/1", "c=1/1", "new=10/10", "old=11/11", "same=10/10"])
            // A replay changes nothing.
            let again = try await pool.bulkUpsert(
                ["a", "b", "c"].map { MongoUpsert(id: $0, version: 1, set: "{\"x\": -1}") }, into: "d", ordered: ordered
            )
            #expect(again.count(of: .superseded) == 3)
        }
    }

    @Test("2,000 documents in one bulk arrive")
    func largeBulk() async throws {
        try await withMongo { pool async throws in
            let upserts = (0..<2_000).map { MongoUpsert(id: "d\($0)", version: Int64($0), set: "{\"n\": \($0)}") }
            #expect(try await pool.bulkUpsert(upserts, into: "d").count(of: .inserted) == 2_000)
            let last = try await pool.find(in: "d", filter: #"{"n": {"$gte": 1990}}"#, sort: #"{"n": -1}"#, limit: 3)
            #expect(last.map { $0.int64("n") } == [1999, 1998, 1997])
            #expect(try await pool.bulkUpsert([], into: "d").isComplete)
        }
    }

    @Test(
        "another unique index is a duplicate key, not a newer version: an ordered bulk stops, an unordered one goes on"
    )
    func otherIndex() async throws {
        try await withMongo { pool async throws in
            try await pool.createUniqueIndex(on: ["number"], in: "d")
            try await pool.createUniqueIndex(on: ["number"], in: "d")
            func numbered(_ id: String, _ number: Int) -> MongoUpsert {
                MongoUpsert(id: id, version: 1, set: "{\"number\": \(number)}")
            }
            try await pool.upsert(numbered("a", 1), into: "d")
            let error = await mongoError { try await pool.upsert(numbered("b", 1), into: "d") }
            #expect(error?.code == .duplicateKey && error?.isRetriable == false)
            let batch = [numbered("c", 3), numbered("b", 1), numbered("e", 5)]
            let stopped = try await pool.bulkUpsert(batch, into: "d", ordered: true)
            #expect(
                stopped.outcomes == [.inserted, nil, nil] && stopped.failures.mapValues(\.code) == [1: .duplicateKey])
            let through = try await pool.bulkUpsert(batch, into: "d", ordered: false)
            #expect(
                through.outcomes == [.superseded, nil, .inserted]
                    && through.failures.mapValues(\.code) == [1: .duplicateKey])
        }
    }

    @Test(
        "text that is no object of extended JSON, or names a reserved field, is refused before anything is written",
        arguments: [
            "", "x", "[]", "1", "{", "{}}", "{} {}", "{\"a\": }", "{\"a\": 1,}", "{'a': 1}",
            "{\"a\": {\"$date\": \"soon\"}}",
            "{\"_id\": \"z\"}", "{\"version\": 9}", "{\"$set\": {}}", "{\"a.b\": 1}", "{\"\": 1}",
            "{\"a\": 1, \"a\": 2}", "null",
        ])
    func badDocuments(json: String) async throws {
        try await withMongo { pool async throws in
            let good = MongoUpsert(id: "good", version: 1, set: "{}")
            for bad in [
                MongoUpsert(id: "bad", version: 1, set: json),
                MongoUpsert(id: "bad", version: 1, set: "{}", setOnInsert: json),
            ] {
                #expect(await mongoError { try await pool.upsert(bad, into: "d") }?.code == .invalidDocument)
                #expect(
                    await mongoError { try await pool.bulkUpsert([good, bad], into: "d") }?.code == .invalidDocument)
            }
            #expect(try await pool.find(in: "d", limit: 1).isEmpty)
        }
    }

    @Test("odd but lawful texts pass: braces in strings, escapes, white space, deep nesting")
    func oddDocuments() async throws {
        try await withMongo { pool async throws in
            let deep = String(repeating: "{\"a\":", count: 40) + "1" + String(repeating: "}", count: 40)
            for (index, json) in [
                "{}", " \n{ \"a\" : \"}{\\\"][\" }\t", "{\"a\": \"\\u00e4\\ud83e\\udec0\"}", "{\"a\": [[], {}, [{}]]}",
                deep,
            ].enumerated() {
                let outcome = try await pool.upsert(MongoUpsert(id: "o\(index)", version: 1, set: json), into: "d")
                #expect(outcome == .inserted, "\(json)")
            }
            #expect(try await pool.document("o1", in: "d")?.string("a") == "}{\"][")
            #expect(try await pool.document("o2", in: "d")?.string("a") == "ä🫀")
        }
    }
}
