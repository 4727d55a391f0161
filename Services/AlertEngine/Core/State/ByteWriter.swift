/// Writes little-endian numbers and base-128 varints into memory that its owner made large enough.
struct ByteWriter: ~Copyable {
    private let memory: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        self.memory = memory
    }

    mutating func byte(_ value: UInt8) {
        memory[count] = value
        count += 1
    }

    mutating func fixed(_ value: UInt64) {
        let end = count + 8
        UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(memory)[count..<end])
            .storeBytes(of: value.littleEndian, as: UInt64.self)
        count = end
    }

    mutating func fixed(_ value: UInt16) {
        byte(UInt8(truncatingIfNeeded: value))
        byte(UInt8(truncatingIfNeeded: value >> 8))
    }

    /// At most ten bytes.
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 128 {
            byte(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        byte(UInt8(truncatingIfNeeded: rest))
    }

    /// A signed number, small in either direction.
    mutating func zigzag(_ value: Int64) {
        varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }
}
