/// The forms of `date`, `dateTime`, `instant` and `time`, with real days and real clocks.
enum PrimitiveDate {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func fault(_ text: Bytes, allowsTime: Bool, needsTime: Bool) -> PrimitiveType.Fault? {
        guard let date = parse(text) else { return .form }
        guard date.isReal else { return .calendar }
        if date.components.count > 3 {
            guard allowsTime else { return .form }
            return date.zone == nil ? .zone : nil
        }
        return needsTime ? .form : nil
    }

    /// `hh:mm:ss` with an optional fraction.
    static func isTime(_ text: Bytes) -> Bool {
        var reader = Reader(text)
        guard let clock = reader.clock(), reader.isAtEnd else { return false }
        return clock[0] <= 23
    }

    /// The parts of a date as they were written: year, then as far as it goes month, day, hour, minute and second in microseconds.
    struct Parts {
        var components: [Int]
        /// Minutes east of Greenwich.
        var zone: Int?

        var isReal: Bool {
            guard components[0] > 0 else { return false }
            guard components.count > 1 else { return true }
            guard (1...12).contains(components[1]) else { return false }
            guard components.count > 2 else { return true }
            return (1...Self.days(month: components[1], year: components[0])).contains(components[2])
        }

        static func days(month: Int, year: Int) -> Int {
            switch month {
            case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        }
    }

    static func parse(_ text: Bytes) -> Parts? {
        var reader = Reader(text)
        guard let year = reader.number(4) else { return nil }
        var parts = Parts(components: [year])
        for _ in 0..<2 where reader.skip("-") {
            guard let number = reader.number(2) else { return nil }
            parts.components.append(number)
        }
        if parts.components.count == 3, reader.skip("T") {
            guard let clock = reader.clock() else { return nil }
            parts.components += clock
            if reader.skip("Z") {
                parts.zone = 0
            } else if let sign = reader.sign() {
                guard let hours = reader.number(2), reader.skip(":"), let minutes = reader.number(2),
                    hours < 14 ? minutes < 60 : hours == 14 && minutes == 0
                else { return nil }
                parts.zone = sign * (hours * 60 + minutes)
            }
        }
        return reader.isAtEnd ? parts : nil
    }

    private struct Reader {
        private let text: Bytes
        private var position = 0

        init(_ text: Bytes) { self.text = text }

        var isAtEnd: Bool { position == text.count }

        mutating func number(_ digits: Int) -> Int? {
            guard position + digits <= text.count else { return nil }
            var value = 0
            for _ in 0..<digits {
                guard text[position].isDigit else { return nil }
                value = value * 10 + Int(text[position]) - 48
                position += 1
            }
            return value
        }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func sign() -> Int? { skip("+") ? 1 : skip("-") ? -1 : nil }

        /// Hour, minute, second in microseconds.
        mutating func clock() -> [Int]? {
            guard let hour = number(2), hour <= 23, skip(":"), let minute = number(2), minute <= 59, skip(":"),
                let second = number(2), second <= 60
            else { return nil }
            var micros = 0
            if skip(".") {
                var digits = 0
                while let digit = number(1) {
                    digits += 1
                    if digits <= 6 { micros = micros * 10 + digit }
                }
                guard digits > 0 else { return nil }
                for _ in 0..<max(0, 6 - digits) { micros *= 10 }
            }
            return [hour, minute, second * 1_000_000 + micros]
        }
    }
}
