/// How a source writes its times: Unicode's date field symbols (UTS #35), a subset.
///
/// `yyyy` `yy` (2000 to 2099) year, `MM` `M` month, `MMM` its English short name, `dd` `d` day, `EEE` short day of the week (read over), `HH` `H`
/// hour 0-23, `hh` `h` hour 1-12 with `a` AM or PM, `mm` minute, `ss` second, `S` any number of digits of the second's fraction, `Z` an offset
/// (`+0100`, `+01:00`, `Z`). `[ ]` encloses what may be absent. Text stands in single quotes; anything that is no letter stands for itself.
struct TimePattern: Sendable, Equatable {
    private indirect enum Part: Sendable, Equatable {
        case field(Character, width: Int)
        case text([UInt8])
        case optional([Part])
    }

    private let parts: [Part]

    /// ISO 8601 in the forms that vendors write: date and time with `T` or a space, fraction and offset optional.
    static let iso8601 = TimePattern(parts: [
        .field("y", width: 4), .text(Array("-".utf8)), .field("M", width: 2), .text(Array("-".utf8)),
        .field("d", width: 2),
        .optional([
            .field("T", width: 1), .field("H", width: 2), .text(Array(":".utf8)), .field("m", width: 2),
            .optional([
                .text(Array(":".utf8)), .field("s", width: 2),
                .optional([.text(Array(".".utf8)), .field("S", width: 1)]),
            ]),
            .optional([.text(Array(" ".utf8))]), .optional([.field("Z", width: 1)]),
        ]),
    ])

    private init(parts: [Part]) {
        self.parts = parts
    }

    /// How deep brackets may stand in brackets.
    private static let maximumDepth = 16

    /// The pattern that `text` writes; nil when a letter is no symbol, a bracket or quote is open, or brackets stand too deep.
    init?(_ text: String) {
        var rest = Array(text)[...]
        guard let parts = Self.parts(of: &rest, depth: 0), !parts.isEmpty else { return nil }
        self.parts = parts
    }

    private static func parts(of rest: inout ArraySlice<Character>, depth: Int) -> [Part]? {
        var parts: [Part] = []
        while let next = rest.first {
            rest = rest.dropFirst()
            switch next {
            case "[":
                guard depth < maximumDepth, let inner = Self.parts(of: &rest, depth: depth + 1) else { return nil }
                parts.append(.optional(inner))
            case "]": return depth > 0 ? parts : nil
            case "'":
                guard let end = rest.firstIndex(of: "'") else { return nil }
                let literal = rest[..<end]
                parts.append(.text(literal.isEmpty ? Array("'".utf8) : Array(String(literal).utf8)))
                rest = rest[(end + 1)...]
            case "y", "M", "d", "E", "H", "h", "m", "s", "S", "a", "Z":
                let run = rest.prefix { $0 == next }
                rest = rest.dropFirst(run.count)
                let width = run.count + 1
                guard isSymbol(next, width) else { return nil }
                parts.append(.field(next, width: width))
            default:
                guard !next.isLetter else { return nil }
                parts.append(.text(Array(String(next).utf8)))
            }
        }
        return depth == 0 ? parts : nil
    }

    private static func isSymbol(_ letter: Character, _ width: Int) -> Bool {
        switch letter {
        case "y": width == 4 || width == 2
        case "M": width <= 3
        case "E": width <= 3
        case "m", "s": width == 2
        case "d", "H", "h": width <= 2
        default: true
        }
    }

    /// The time that `text` writes; nil when it does not fit or names no time of the calendar.
    func wallTime(_ text: String) -> WallTime? {
        var scan = Scan(bytes: Array(text.utf8)[...])
        guard scan.read(parts), scan.bytes.isEmpty else { return nil }
        return scan.wallTime
    }

    /// What has been read so far.
    private struct Scan {
        var bytes: ArraySlice<UInt8>
        var wall = WallTime(year: 0, month: 1, day: 1)
        var isAfternoon: Bool?
        var isTwelveHours = false

        var wallTime: WallTime? {
            var wall = wall
            if isTwelveHours {
                guard let isAfternoon, (1...12).contains(wall.hour) else { return nil }
                wall.hour = wall.hour % 12 + (isAfternoon ? 12 : 0)
            }
            return wall.isValid ? wall : nil
        }

        mutating func read(_ parts: [Part]) -> Bool {
            for part in parts {
                switch part {
                case .text(let text):
                    guard bytes.starts(with: text) else { return false }
                    bytes = bytes.dropFirst(text.count)
                case .optional(let inner):
                    var attempt = self
                    if attempt.read(inner) { self = attempt }
                case .field(let letter, let width):
                    guard field(letter, width) else { return false }
                }
            }
            return true
        }

        private mutating func digits(_ range: ClosedRange<Int>) -> Int? {
            let run = bytes.prefix(range.upperBound).prefix { (48...57).contains($0) }
            guard run.count >= range.lowerBound else { return nil }
            bytes = bytes.dropFirst(run.count)
            return run.reduce(0) { $0 * 10 + Int($1) - 48 }
        }

        private mutating func store(_ path: WritableKeyPath<WallTime, Int>, _ value: Int?) -> Bool {
            guard let value else { return false }
            wall[keyPath: path] = value
            return true
        }

        private mutating func field(_ letter: Character, _ width: Int) -> Bool {
            let two = width == 2 ? 2...2 : 1...2
            switch letter {
            case "y": return store(\.year, width == 2 ? digits(2...2).map { 2000 + $0 } : digits(4...4))
            case "M": return store(\.month, width == 3 ? name(of: Self.months).map { $0 + 1 } : digits(two))
            case "d": return store(\.day, digits(two))
            case "H": return store(\.hour, digits(two))
            case "h":
                isTwelveHours = true
                return store(\.hour, digits(two))
            case "m": return store(\.minute, digits(2...2))
            case "s": return store(\.second, digits(2...2))
            case "S":
                let run = bytes.prefix { (48...57).contains($0) }
                guard !run.isEmpty else { return false }
                bytes = bytes.dropFirst(run.count)
                wall.microsecond = (0..<6).reduce(0) { value, place in
                    value * 10 + (place < run.count ? Int(run[run.startIndex + place]) - 48 : 0)
                }
                return true
            case "a":
                guard let half = name(of: ["am", "pm"]) else { return false }
                isAfternoon = half == 1
                return true
            case "E": return name(of: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) != nil
            case "T":
                guard let next = bytes.first, next == 0x54 || next == 0x20 || next == 0x74 else { return false }
                bytes = bytes.dropFirst()
                return true
            default: return offset()
            }
        }

        private static let months = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]

        private mutating func name(of names: [String]) -> Int? {
            for (index, name) in names.enumerated() {
                let width = name.utf8.count
                guard bytes.count >= width, bytes.prefix(width).map({ $0 | 0x20 }).elementsEqual(name.utf8) else {
                    continue
                }
                bytes = bytes.dropFirst(width)
                return index
            }
            return nil
        }

        private mutating func offset() -> Bool {
            guard let sign = bytes.first else { return false }
            if sign == 0x5A || sign == 0x7A {
                bytes = bytes.dropFirst()
                wall.offset = 0
                return true
            }
            guard sign == 0x2B || sign == 0x2D else { return false }
            bytes = bytes.dropFirst()
            guard let hours = digits(2...2) else { return false }
            if bytes.first == 0x3A { bytes = bytes.dropFirst() }
            guard let minutes = digits(2...2), minutes < 60 else { return false }
            wall.offset = (sign == 0x2D ? -1 : 1) * (hours * 3_600 + minutes * 60)
            return true
        }
    }
}
