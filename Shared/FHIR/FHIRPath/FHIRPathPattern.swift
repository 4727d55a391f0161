/// A regular expression over bytes: characters, classes, groups, alternatives, anchors and the quantifiers `*`, `+`, `?`, `{m,n}`.
///
/// It backtracks, and each step is paid from a budget, so that no text can make it run for long.
struct FHIRPathPattern {
    private indirect enum Part {
        case set([Bool])
        case start
        case end
        case group([[Part]])
        case repeated(Part, Int, Int)
    }

    private let alternatives: [[Part]]

    /// nil when the pattern has a form that is not known here.
    init?(_ pattern: String) {
        var parser = Parser(bytes: Array(pattern.utf8))
        guard let alternatives = parser.alternatives(depth: 0), parser.position == parser.bytes.count else {
            return nil
        }
        self.alternatives = alternatives
    }

    /// The first place at which the pattern matches.
    func firstMatch(in text: [UInt8], budget: inout Int, from first: Int = 0) throws(FHIRPathError) -> Range<Int>? {
        guard first <= text.count else { return nil }
        for start in first...text.count {
            var matcher = Matcher(text: text, budget: budget)
            let end = matcher.end(of: [.group(alternatives)], 0, at: start, depth: 0)
            budget = matcher.budget
            guard budget > 0 else { throw .evaluation(.stepLimit) }
            if let end { return start..<end }
        }
        return nil
    }

    /// The text with every match replaced.
    func replace(in text: String, with substitute: String, budget: inout Int) throws(FHIRPathError) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        while let match = try firstMatch(in: bytes, budget: &budget, from: position) {
            result += bytes[position..<match.lowerBound] + Array(substitute.utf8)
            position = match.upperBound
            if match.isEmpty {
                guard position < bytes.count else { break }
                result.append(bytes[position])
                position += 1
            }
        }
        if position < bytes.count { result += bytes[position...] }
        return String(decoding: result, as: UTF8.self)
    }

    private struct Matcher {
        let text: [UInt8]
        var budget: Int

        /// Where a match of `parts[index...]` that begins at `position` ends.
        mutating func end(of parts: [Part], _ index: Int, at position: Int, depth: Int) -> Int? {
            budget -= 1
            guard budget > 0, depth < 1_000 else { return nil }
            guard index < parts.count else { return position }
            switch parts[index] {
            case .start: return position == 0 ? end(of: parts, index + 1, at: position, depth: depth + 1) : nil
            case .end: return position == text.count ? end(of: parts, index + 1, at: position, depth: depth + 1) : nil
            case .set(let members):
                guard position < text.count, members[Int(text[position])] else { return nil }
                return end(of: parts, index + 1, at: position + 1, depth: depth + 1)
            case .group(let alternatives):
                for alternative in alternatives {
                    let rest = alternative + parts[(index + 1)...]
                    if let found = end(of: rest, 0, at: position, depth: depth + 1) { return found }
                }
                return nil
            case .repeated(.set(let members), let least, let most):
                var count = 0
                while count < most, position + count < text.count, members[Int(text[position + count])] { count += 1 }
                budget -= count
                while count >= least {
                    if let found = end(of: parts, index + 1, at: position + count, depth: depth + 1) { return found }
                    count -= 1
                }
                return nil
            case .repeated(let part, let least, let most):
                let rest = Array(parts[(index + 1)...])
                if most > 0 {
                    let next = Part.repeated(part, max(0, least - 1), most == .max ? .max : most - 1)
                    let found = end(of: [part, next] + rest, 0, at: position, depth: depth + 1)
                    // A repetition that takes nothing would go on for ever; the depth ends it.
                    if let found { return found }
                }
                return least == 0 ? end(of: rest, 0, at: position, depth: depth + 1) : nil
            }
        }
    }

    private struct Parser {
        let bytes: [UInt8]
        var position = 0

        private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        mutating func alternatives(depth: Int) -> [[Part]]? {
            guard depth < 16 else { return nil }
            var result: [[Part]] = [[]]
            while let byte = next, byte != UInt8(ascii: ")") {
                position += 1
                let part: Part
                switch byte {
                case UInt8(ascii: "|"):
                    result.append([])
                    continue
                case UInt8(ascii: "^"): part = .start
                case UInt8(ascii: "$"): part = .end
                case UInt8(ascii: "("):
                    if next == UInt8(ascii: "?") { return nil }
                    guard let inner = alternatives(depth: depth + 1), next == UInt8(ascii: ")") else { return nil }
                    position += 1
                    part = .group(inner)
                case UInt8(ascii: "["):
                    guard let set = bracket() else { return nil }
                    part = .set(set)
                case UInt8(ascii: "."): part = .set([Bool](repeating: true, count: 256))
                case UInt8(ascii: "\\"):
                    guard let set = escape() else { return nil }
                    part = .set(set)
                default: part = .set(Self.set([byte]))
                }
                guard let whole = quantified(part) else { return nil }
                result[result.count - 1].append(whole)
            }
            return result
        }

        private mutating func quantified(_ part: Part) -> Part? {
            switch next {
            case UInt8(ascii: "*"): return repeated(part, 0, .max)
            case UInt8(ascii: "+"): return repeated(part, 1, .max)
            case UInt8(ascii: "?"): return repeated(part, 0, 1)
            case UInt8(ascii: "{"):
                guard let close = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
                let bounds = String(decoding: bytes[(position + 1)..<close], as: UTF8.self)
                    .split(separator: ",", omittingEmptySubsequences: false)
                guard let least = bounds.first.flatMap({ Int($0) }), (0...1_000).contains(least) else { return nil }
                position = close
                guard bounds.count > 1 else { return repeated(part, least, least) }
                if bounds[1].isEmpty { return repeated(part, least, .max) }
                guard let most = Int(bounds[1]), (least...1_000).contains(most) else { return nil }
                return repeated(part, least, most)
            default: return part
            }
        }

        private mutating func repeated(_ part: Part, _ least: Int, _ most: Int) -> Part {
            position += 1
            return .repeated(part, least, most)
        }

        private static func set(_ bytes: some Sequence<UInt8>) -> [Bool] {
            var members = [Bool](repeating: false, count: 256)
            for byte in bytes { members[Int(byte)] = true }
            return members
        }

        private mutating func escape() -> [Bool]? {
            guard let byte = next else { return nil }
            position += 1
            switch byte {
            case UInt8(ascii: "s"): return Self.set([0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D])
            case UInt8(ascii: "d"): return Self.set(48...57)
            case UInt8(ascii: "S"), UInt8(ascii: "D"), UInt8(ascii: "w"):
                let word = (0...255).map { UInt8($0) }.filter { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
                if byte == UInt8(ascii: "w") { return Self.set(word) }
                let members =
                    byte == UInt8(ascii: "S") ? Self.set([0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D]) : Self.set(48...57)
                return members.map { !$0 }
            case let byte where byte.isLetter || byte.isDigit: return nil
            default: return Self.set([byte])
            }
        }

        private mutating func bracket() -> [Bool]? {
            var members = [Bool](repeating: false, count: 256)
            let isNegated = next == UInt8(ascii: "^")
            if isNegated { position += 1 }
            var isFirst = true
            while let byte = next, isFirst || byte != UInt8(ascii: "]") {
                position += 1
                isFirst = false
                if byte == UInt8(ascii: "\\") {
                    guard let set = escape() else { return nil }
                    for index in members.indices where set[index] { members[index] = true }
                    continue
                }
                let isRange = next == UInt8(ascii: "-") && position + 1 < bytes.count
                if isRange, bytes[position + 1] != UInt8(ascii: "]") {
                    guard bytes[position + 1] >= byte else { return nil }
                    for value in byte...bytes[position + 1] { members[Int(value)] = true }
                    position += 2
                } else {
                    members[Int(byte)] = true
                }
            }
            guard next == UInt8(ascii: "]") else { return nil }
            position += 1
            return isNegated ? members.map { !$0 } : members
        }
    }
}
