import JSONDocument
import Testing

@Suite("Writing and reading are inverse, and hostile bytes never crash")
struct RoundTripTests {
    @Test("parse(write(x)) = x for random values, and the canonical form is the same for any member order")
    func inverse() throws {
        let seed: UInt64 = 0x5EED_0001
        print("seed \(seed)")
        var random = SplitMix(state: seed)
        for _ in 0..<2_000 {
            let value = random.value(depth: 4)
            #expect(try JSONValue(parsing: value.serialized()) == value)
            let canonical = value.serialized(.canonical)
            #expect(try JSONValue(parsing: canonical).serialized(.canonical) == canonical)
            #expect(random.shuffled(value).serialized(.canonical) == canonical)
        }
    }

    @Test("Mutated texts are read or refused, never worse; a refusal's offset lies in the text")
    func mutations() {
        let seed: UInt64 = 0x5EED_0002
        print("seed \(seed)")
        var random = SplitMix(state: seed)
        let alphabet = Array("{}[]\",:\\u0Ee+-.truefalsn19 \n\u{E9}".utf8) + [0x80, 0xFF, 0xC3, 0x00]
        var refused = 0
        for _ in 0..<20_000 {
            var bytes = random.value(depth: 3).serialized()
            for _ in 0...random.below(3) where !bytes.isEmpty {
                let place = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes[place] = alphabet[random.below(alphabet.count)]
                case 1: bytes.remove(at: place)
                default: bytes.insert(alphabet[random.below(alphabet.count)], at: place)
                }
            }
            do {
                let value = try JSONValue(parsing: bytes)
                #expect(try JSONValue(parsing: value.serialized()) == value)
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.offset))
            }
        }
        #expect(refused > 5_000)
    }

    @Test("Lines are split at LF and CRLF, blank lines are passed over but counted")
    func lines() {
        let lines = NDJSON.lines(of: Array("{}\r\n\n  \n[1]\n3".utf8))
        #expect(lines.map(\.number) == [1, 4, 5])
        #expect(lines.map { String(decoding: $0.bytes, as: UTF8.self) } == ["{}", "[1]", "3"])
        #expect(NDJSON.lines(of: []).isEmpty)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a seeded generator, the same on every machine.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func text() -> String {
        let scalars: [Unicode.Scalar] = ["a", "Z", "0", "\"", "\\", "\n", "\u{1}", "é", "€", "\u{1F600}", "/", " "]
        var text = ""
        for _ in 0..<below(20) { text.unicodeScalars.append(scalars[below(scalars.count)]) }
        return text
    }

    mutating func value(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .number(JSONNumber(Int64(bitPattern: next())))
        case 3: return .number(JSONNumber("\(below(1000)).\(below(1000))e\(below(40) - 20)") ?? JSONNumber(0))
        case 4: return .string(text())
        case 5: return .array((0..<below(5)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<below(20) { object[text()] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    /// The same value with the members of every object in another order.
    mutating func shuffled(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map { shuffled($0) })
        case .object(let object):
            var members = object.members
            for index in members.indices.reversed() { members.swapAt(index, below(index + 1)) }
            var copy = JSONObject()
            for member in members { copy[member.key] = shuffled(member.value) }
            return .object(copy)
        default: return value
        }
    }
}
