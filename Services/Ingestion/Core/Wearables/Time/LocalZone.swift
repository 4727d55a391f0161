import Domain
import Foundation

/// The rule by which a wall clock is placed in time: a fixed offset, or a zone of the IANA database.
struct LocalZone: Sendable, Equatable {
    private enum Rule: Sendable, Equatable {
        case offset(Int)
        case named(TimeZone)
    }

    private let rule: Rule

    /// Greenwich.
    static let utc = LocalZone(offset: 0)

    /// A clock that stands `offset` seconds east of Greenwich.
    init(offset: Int) {
        rule = .offset(offset)
    }

    /// The zone named `name`: `UTC`, `Z`, an offset (`+01:00`, `-0600`, `+2`, `GMT-0600`) or an IANA name (`Europe/Oslo`); nil when it is none.
    init?(_ name: String) {
        if let offset = Self.offset(name) {
            rule = .offset(offset)
            return
        }
        guard name.contains("/"), name.utf8.count <= 64, let zone = TimeZone(identifier: name) else { return nil }
        rule = .named(zone)
    }

    /// The time at which a clock of this zone shows `wall`; its own offset goes first. Of a time that the clock shows twice, the first; of one
    /// that it skips, the one by the rule before the change.
    func time(of wall: WallTime) -> Timestamp {
        guard let offset = wall.offset else { return time(atWall: wall.atGreenwich) }
        return wall.atGreenwich.advanced(by: .seconds(-offset))
    }

    /// The time at which a clock of this zone shows what one at Greenwich shows at `greenwich`.
    func time(atWall greenwich: Timestamp) -> Timestamp {
        greenwich.advanced(by: .seconds(-offset(atWall: greenwich)))
    }

    private func offset(atWall greenwich: Timestamp) -> Int {
        switch rule {
        case .offset(let offset): return offset
        case .named(let zone):
            let seconds = Double(greenwich.microseconds) / 1e6
            // The offset a day before decides first: it is the one in force before a change of this day.
            let before = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds - 86_400))
            let withBefore = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds - Double(before)))
            guard withBefore != before else { return before }
            let after = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds - Double(withBefore)))
            return after == withBefore ? withBefore : before
        }
    }

    private static func offset(_ name: String) -> Int? {
        if ["Z", "UTC", "GMT"].contains(name) { return 0 }
        var text = Substring(name)
        if text.hasPrefix("GMT") || text.hasPrefix("UTC") { text = text.dropFirst(3) }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard parts.count <= 2, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let hours: Int?
        let minutes: Int?
        switch digits.utf8.count {
        case 1, 2: (hours, minutes) = (Int(digits), 0)
        case 4: (hours, minutes) = (Int(digits.prefix(2)), Int(digits.suffix(2)))
        default: return nil
        }
        guard let hours, let minutes, hours <= 14, minutes < 60 else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }
}
