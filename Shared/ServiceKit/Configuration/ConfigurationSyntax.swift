/// How configuration values are written: durations and byte counts carry their unit.
enum ConfigurationSyntax {
    private static let durationUnits: [(suffix: String, microseconds: Int64)] = [
        ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000),
    ]
    private static let byteUnits: [(suffix: String, bytes: Int64)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000),
        ("B", 1),
    ]

    /// `500ms`, `30s`, `5m`; a bare number has no unit and is refused.
    static func duration(_ text: String) -> Duration? {
        number(text, units: durationUnits.map { ($0.suffix, $0.microseconds) }).map { .microseconds($0) }
    }

    /// The shortest text that names `duration` exactly (to the microsecond).
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        let unit = durationUnits.last { microseconds % $0.microseconds == 0 && microseconds >= $0.microseconds }
        return unit.map { "\(microseconds / $0.microseconds)\($0.suffix)" } ?? "\(microseconds / 1_000_000)s"
    }

    /// `64MiB`, `512kB` or a bare number of bytes.
    static func bytes(_ text: String) -> Int? {
        (Int64(text) ?? number(text, units: byteUnits.map { ($0.suffix, $0.bytes) })).flatMap { Int(exactly: $0) }
    }

    /// The shortest text that names `count` exactly.
    static func text(bytes count: Int) -> String {
        let count64 = Int64(count)
        let unit = byteUnits.first { count64 != 0 && count64 % $0.bytes == 0 && $0.suffix.hasSuffix("iB") }
        return unit.map { "\(count64 / $0.bytes)\($0.suffix)" } ?? "\(count)B"
    }

    private static func number(_ text: String, units: [(suffix: String, factor: Int64)]) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let value = Int64(digits), let unit = units.first(where: { $0.suffix == text.dropFirst(digits.count) })
        else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: unit.factor)
        return overflow ? nil : product
    }

    /// `host:port`, `[address]:port`; the port from 1 to 65535.
    static func isHostAndPort(_ text: some StringProtocol) -> Bool {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0
        else { return false }
        let host = text[..<colon]
        guard !host.isEmpty, !host.contains(where: \.isWhitespace), !host.contains("/") else { return false }
        return !host.contains(":") || (host.hasPrefix("[") && host.hasSuffix("]"))
    }

    /// Exactly `count` bytes as hexadecimal or Base64.
    static func key(_ text: String, count: Int) -> [UInt8]? {
        let bytes = text.utf8.count == 2 * count ? hexadecimal(text) : base64(text)
        return bytes?.count == count ? bytes : nil
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case 48...57: byte - 48
            case 65...70: byte - 55
            case 97...102: byte - 87
            default: nil
            }
        }
        guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// How far apart two names are (Levenshtein distance), to suggest what was meant.
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var previous = Array(0...right.count)
        for (row, byte) in left.utf8.enumerated() {
            var current = [row + 1]
            for column in right.indices {
                let substitution = previous[column] + (byte == right[column] ? 0 : 1)
                current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
