import Glibc

/// Growing raw memory that values are written into in network byte order; it keeps its memory when it is emptied.
struct BinaryBuffer: ~Copyable {
    private(set) var base: UnsafeMutableRawPointer
    private(set) var count = 0
    private var capacity: Int
    private static let kept = 4 << 20

    init(capacity: Int = 4096) {
        self.capacity = max(capacity, 16)
        base = UnsafeMutableRawPointer.allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    /// Forgets the contents, and gives memory back after an unusually large statement.
    mutating func removeAll() {
        count = 0
        if capacity > Self.kept { self = BinaryBuffer() }
    }

    @inline(__always)
    mutating func reserve(_ extra: Int) {
        if capacity - count < extra { grow(extra) }
    }

    @inline(never)
    private mutating func grow(_ extra: Int) {
        let larger = max(capacity * 2, count + extra)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        memory.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = memory
        capacity = larger
    }

    @inline(__always)
    mutating func append<Integer: FixedWidthInteger>(_ value: Integer) {
        reserve(MemoryLayout<Integer>.size)
        base.storeBytes(of: value.bigEndian, toByteOffset: count, as: Integer.self)
        count += MemoryLayout<Integer>.size
    }

    @inline(__always)
    mutating func append(_ value: Double) { append(value.bitPattern) }

    @inline(__always)
    mutating func append(_ value: UUIDBytes) {
        append(value.hi)
        append(value.lo)
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Writes a length that became known after its value; a value above 2 GiB is refused by the caller.
    mutating func setLength(at offset: Int) {
        let length = Int32(truncatingIfNeeded: count - offset - 4)
        base.storeBytes(of: length.bigEndian, toByteOffset: offset, as: Int32.self)
    }
}
