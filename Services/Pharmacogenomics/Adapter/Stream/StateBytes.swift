import Domain

/// Writes the parts of a state, the smallest forms first: base-128 numbers, texts with their lengths.
struct StateWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 128 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A count, or another number that is never negative.
    mutating func count(_ value: Int) { unsigned(UInt64(max(0, value))) }

    /// A number that is small in either direction.
    mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    mutating func text(_ value: String) {
        count(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    mutating func fixed(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func number(_ value: Double?) {
        flag(value != nil)
        if let value { fixed(value.bitPattern) }
    }

    mutating func id(_ value: EventID) {
        fixed(value.high)
        fixed(value.low)
    }

    mutating func time(_ value: Timestamp) { signed(value.microseconds) }

    mutating func time(ifAny value: Timestamp?) {
        flag(value != nil)
        if let value { time(value) }
    }

    mutating func list<Element>(_ elements: some Collection<Element>, _ write: (inout StateWriter, Element) -> Void) {
        count(elements.count)
        for element in elements { write(&self, element) }
    }
}

/// Reads what ``StateWriter`` wrote; whatever the bytes, it stays within them and throws at their end.
struct StateReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func byte() throws(PharmacogenomicsError) -> UInt8 {
        guard position < bytes.count else { throw .brokenState("the bytes end too early") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func flag() throws(PharmacogenomicsError) -> Bool {
        switch try byte() {
        case 0: false
        case 1: true
        default: throw .brokenState("a truth value is neither 0 nor 1")
        }
    }

    mutating func unsigned() throws(PharmacogenomicsError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            if shift == 63, next > 1 { throw .brokenState("a number is too long") }
            value |= UInt64(next & 127) << shift
            if next < 128 { return value }
            shift += 7
        }
    }

    mutating func count() throws(PharmacogenomicsError) -> Int {
        let value = try unsigned()
        // Every element has a byte at least, so that no count makes us reserve more than there can be.
        guard value <= UInt64(bytes.count) else { throw .brokenState("a count is larger than the state") }
        return Int(value)
    }

    mutating func signed() throws(PharmacogenomicsError) -> Int64 {
        let value = try unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func integer32() throws(PharmacogenomicsError) -> Int32 {
        guard let value = Int32(exactly: try signed()) else { throw .brokenState("a number is too large") }
        return value
    }

    mutating func text() throws(PharmacogenomicsError) -> String {
        let count = try count()
        guard count <= bytes.count - position else { throw .brokenState("a text ends too early") }
        defer { position += count }
        guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
            throw .brokenState("a text is no UTF-8")
        }
        return text
    }

    mutating func fixed() throws(PharmacogenomicsError) -> UInt64 {
        guard bytes.count - position >= 8 else { throw .brokenState("the bytes end too early") }
        var value: UInt64 = 0
        for offset in 0..<8 { value |= UInt64(bytes[position + offset]) << UInt64(8 * offset) }
        position += 8
        return value
    }

    mutating func number() throws(PharmacogenomicsError) -> Double? {
        try flag() ? Double(bitPattern: try fixed()) : nil
    }

    mutating func id() throws(PharmacogenomicsError) -> EventID {
        EventID(high: try fixed(), low: try fixed())
    }

    mutating func time() throws(PharmacogenomicsError) -> Timestamp { Timestamp(microseconds: try signed()) }

    mutating func timeIfAny() throws(PharmacogenomicsError) -> Timestamp? { try flag() ? try time() : nil }

    mutating func list<Element>(
        _ read: (inout StateReader) throws(PharmacogenomicsError) -> Element
    ) throws(PharmacogenomicsError) -> [Element] {
        let count = try count()
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }
}
