#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Small numbers for byte strings, in the order of their first sight: a hash table that needs no `String` to be asked.
struct KeyTable: Sendable {
    private var slots: [Int32] = Array(repeating: -1, count: 64)
    private var hashes: [UInt64] = []
    private var keys: [[UInt8]] = []

    /// How many keys it knows.
    var count: Int { keys.count }

    /// The number of a key, or nil.
    func number(of key: UnsafeRawBufferPointer) -> Int? {
        let hash = Self.hash(key)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, matches(number, key) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The number of a key; a new one gets the next number.
    mutating func insert(_ key: UnsafeRawBufferPointer) -> Int {
        if let number = number(of: key) { return number }
        if keys.count * 2 >= slots.count { grow() }
        let hash = Self.hash(key)
        hashes.append(hash)
        keys.append(Array(key))
        place(keys.count - 1)
        return keys.count - 1
    }

    /// The number of a key; a new one gets the next number.
    mutating func insert(_ key: String) -> Int {
        var key = key
        return key.withUTF8 { insert(UnsafeRawBufferPointer($0)) }
    }

    private func matches(_ number: Int, _ key: UnsafeRawBufferPointer) -> Bool {
        keys[number].withUnsafeBytes { known in
            guard known.count == key.count else { return false }
            guard let left = known.baseAddress, let right = key.baseAddress else { return true }
            return memcmp(left, right, known.count) == 0
        }
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for number in keys.indices { place(number) }
    }

    private mutating func place(_ number: Int) {
        var slot = Int(truncatingIfNeeded: hashes[number]) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(number)
    }

    /// FNV-1a, its high half folded in.
    @inline(__always)
    static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return hash ^ (hash >> 29)
    }
}
