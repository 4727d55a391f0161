import Domain
import XMLReader

/// Reads `2016-07-02 12:31:22 -0700`, the one form of time in Apple's export, without making a string of it.
struct AppleTime {
    private var lastDay: (UInt32, UInt32, UInt16)?
    private var lastStart: Int64 = 0

    /// The time, or nil when the bytes have another form or name no time of the calendar.
    mutating func time(_ bytes: XMLBytes?) -> Timestamp? {
        guard let utf8 = bytes?.utf8, utf8.count == 25, let base = utf8.baseAddress, base[4] == 0x2D, base[7] == 0x2D,
            base[10] == 0x20, base[13] == 0x3A, base[16] == 0x3A, base[19] == 0x20
        else { return nil }
        func two(_ at: Int) -> Int {
            let (tens, ones) = (Int(base[at]) - 48, Int(base[at + 1]) - 48)
            return (0...9).contains(tens) && (0...9).contains(ones) ? tens * 10 + ones : 10_000
        }
        let raw = UnsafeRawPointer(base)
        let day = (
            raw.loadUnaligned(as: UInt32.self), raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self),
            raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
        )
        let (hour, minute, second, zoneHour, zoneMinute) = (two(11), two(14), two(17), two(21), two(23))
        guard hour < 24, minute < 60, second <= 60, zoneHour <= 14, zoneMinute < 60,
            base[20] == 0x2B || base[20] == 0x2D
        else { return nil }
        if lastDay.map({ $0 == day }) != true {
            let wall = WallTime(year: two(0) * 100 + two(2), month: two(5), day: two(8))
            guard wall.isValid else { return nil }
            lastStart = wall.atGreenwich.microseconds
            lastDay = day
        }
        let offset = (zoneHour * 60 + zoneMinute) * (base[20] == 0x2D ? -60 : 60)
        return Timestamp(
            microseconds: lastStart + Int64(hour * 3_600 + minute * 60 + second - offset) * 1_000_000)
    }
}
