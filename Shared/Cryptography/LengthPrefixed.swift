extension [UInt8] {
    /// The UTF-8 bytes of `parts`, each after its length as a big-endian 32-bit number: no two lists give the same bytes.
    init(lengthPrefixing parts: [String]) {
        self.init()
        for part in parts {
            let bytes = Array(part.utf8)
            Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count).bigEndian) { append(contentsOf: $0) }
            append(contentsOf: bytes)
        }
    }
}
