import PostgresClient
import Testing

@testable import IngestionAdapter

@Suite("The server reads an array literal as the array that it was made of")
struct ArrayLiteralTests {
    @Test("Texts with quotes, backslashes, braces, commas, white space and the word NULL")
    func texts() async throws {
        let database = try await FactDatabase()
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var generator = SeededBits(state: seed)
        let parts = ["\"", "\\", "{", "}", ",", " ", "NULL", "null", "\n", "\t", "'", "a", "é", "😀", "\u{1}", ";", "|"]
        var lists: [[String]] = [[], [""], ["", ""], ["NULL"], [" "], ["{}"]]
        for _ in 0..<300 {
            lists.append(
                (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                    (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                        parts[Int.random(in: 0..<parts.count, using: &generator)]
                    }.joined()
                })
        }
        let cases = lists
        try await database.pool.withConnection { connection in
            for list in cases {
                let result = try connection.execute("SELECT $1::text::text[]", [.text(ArrayLiteral.of(list))])
                #expect(try result.textArray(0, 0) == list, "seed \(seed)")
            }
        }
        await database.close()
    }

    @Test("Numbers of every size")
    func numbers() async throws {
        let database = try await FactDatabase()
        let doubles = [
            0, -0.0, 1, -1.5, 0.1, 1e22, 1e-300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .pi, 123_456_789.125,
        ]
        let integers: [Int32] = [0, -1, 1, .min, .max]
        try await database.pool.withConnection { connection in
            let result = try connection.execute(
                "SELECT $1::text::float8[] = $2::float8[], $3::text::int4[] = $4::int4[], $5::text::int4[] = '{}'",
                [
                    .text(ArrayLiteral.of(doubles)), .doubleArray(doubles), .text(ArrayLiteral.of(integers)),
                    .int32Array(integers), .text(ArrayLiteral.of([Int32]())),
                ])
            #expect(try result.bool(0, 0) && result.bool(0, 1) && result.bool(0, 2))
        }
        await database.close()
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
private struct SeededBits: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
