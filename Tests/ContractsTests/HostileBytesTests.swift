import Contracts
import Testing

@Suite("No bytes crash a decoder")
struct HostileBytesTests {
    @Test("Flipped, cut, doubled and spliced messages decode or fail with a typed error", arguments: Samples.kinds)
    func corruption(kind: Samples.Kind) throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var refused = 0
        var decoded: [any HealthEvent] = []
        for _ in 0..<3_000 {
            var bytes = kind.random(&generator).encoded()
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch UInt8.random(in: 0...5, using: &generator) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
                case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                case 2: bytes.removeLast(bytes.count - place)
                case 3: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
                case 4: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes.prefix(place), at: place)
                }
            }
            do throws(ContractError) {
                decoded.append(try kind.decode(bytes))
            } catch {
                #expect(error.message == kind.name, "seed \(seed)")
                refused += 1
            }
        }
        // What was accepted must be forwardable.
        for event in decoded { #expect(try kind.survives(event), "seed \(seed)") }
        #expect(refused > 300, "the corruption reaches the checks; seed \(seed)")
    }

    @Test("Random bytes are refused or decoded", arguments: Samples.kinds)
    func noise(kind: Samples.Kind) {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                UInt8(truncatingIfNeeded: generator.next())
            }
            #expect(throws: ContractError.self, "seed \(seed)") { try kind.decode(bytes) }
        }
    }

    @Test(
        "More than a megabyte is refused unread; a megabyte of tiny fields is refused before it costs memory",
        arguments: Samples.kinds)
    func oversize(kind: Samples.Kind) {
        let expected = ContractError(code: .oversize, message: kind.name, field: "")
        let large = WireMessage([
            .init(number: 200, payload: .bytes([UInt8](repeating: 0, count: ContractLimits.messageBytes)))
        ])
        #expect(throws: expected) { try kind.decode(kind.sample.encoded() + large.encoded) }
        let swarm = (0..<500_000).flatMap { _ in [0x78, 0x01] as [UInt8] }
        #expect(throws: ContractError.self) { try kind.decode(swarm) }
        let unknownSwarm = (0..<300_000).flatMap { _ in [0xA0, 0x06, 0x01] as [UInt8] }
        #expect(throws: expected) { try kind.decode(unknownSwarm) }
    }

    // Found by fuzzing: protobuf-c takes these tags, and no decoder takes the minimal form that forwarding would write.
    @Test(
        "Field numbers outside of protobuf's range are refused, however their tag is written", arguments: Samples.kinds)
    func fieldNumbers(kind: Samples.Kind) {
        let tags: [[UInt8]] = [[0x00], [0x80, 0x00], [0x80, 0x80, 0x80, 0x80, 0x00], [0x80, 0x80, 0x80, 0x80, 0x10]]
        for tag in tags {
            #expect(throws: ContractError(code: .malformed, message: kind.name, field: "")) {
                try kind.decode(kind.sample.encoded() + tag + [0x01])
            }
        }
    }

    // Found by fuzzing: a bound in proportion to the message's length refused what had come in with overlong tags.
    @Test("Many unknown fields with overlong tags survive forwarding", arguments: Samples.kinds)
    func forwardingOverlongTags(kind: Samples.Kind) throws {
        for count in stride(from: 100, through: 2_000, by: 100) {
            let fields = (0..<count).flatMap { _ in [0xA0, 0x86, 0x80, 0x80, 0x00, 0x01] as [UInt8] }
            let event = try kind.decode(kind.sample.encoded() + fields)
            #expect(try kind.survives(event), "\(count) fields")
        }
    }

    @Test(
        "Lengths that point past the end are refused",
        arguments: [0x7F, 0xFF_FFFF, 0xFFFF_FFFF, UInt64.max, UInt64(Int64.max)])
    func lengths(length: UInt64) {
        var bytes: [UInt8] = [0x0A]
        var rest = length
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes += [UInt8(rest), 65, 66]
        for kind in Samples.kinds {
            #expect(throws: ContractError(code: .malformed, message: kind.name, field: "")) { try kind.decode(bytes) }
        }
    }
}
