#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension UnsafeRawBufferPointer {
    /// The digits of a piece as a number, or nil when it is empty, has another character or exceeds `Int64`.
    @inline(__always)
    func natural(_ range: ByteRange) -> Int64? {
        guard range.count > 0, range.count <= 18 else { return nil }
        var value: Int64 = 0
        for index in range.start..<range.end {
            let byte = self[index]
            guard byte.isDigit else { return nil }
            value = value &* 10 &+ Int64(byte &- 48)
        }
        return value
    }

    /// A whole number with an optional sign, or nil.
    @inline(__always)
    func integer(_ range: ByteRange) -> Int64? {
        guard range.count > 0 else { return nil }
        let first = self[range.start]
        guard first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return natural(range) }
        guard let value = natural(ByteRange(start: range.start + 1, end: range.end)) else { return nil }
        return first == UInt8(ascii: "-") ? -value : value
    }

    /// True when the piece matches VCF's `[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?` (also with digits before the point alone), or is an
    /// infinity or NaN in any case.
    func isFloat(_ range: ByteRange) -> Bool {
        var index = range.start
        let end = range.end
        guard index < end else { return false }
        if self[index] == UInt8(ascii: "-") || self[index] == UInt8(ascii: "+") { index += 1 }
        let digits = index
        while index < end, self[index].isDigit { index += 1 }
        var hasDigits = index > digits
        if index < end, self[index] == UInt8(ascii: ".") {
            index += 1
            let fraction = index
            while index < end, self[index].isDigit { index += 1 }
            hasDigits = hasDigits || index > fraction
        }
        guard hasDigits else { return isSpecialFloat(ByteRange(start: digits, end: end)) }
        if index < end, self[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < end, self[index] == UInt8(ascii: "-") || self[index] == UInt8(ascii: "+") { index += 1 }
            let exponent = index
            while index < end, self[index].isDigit { index += 1 }
            guard index > exponent else { return false }
        }
        return index == end
    }

    /// A piece that ``isFloat(_:)`` accepts, as a number; nil for others. Rounds as `strtod`.
    func double(_ range: ByteRange) -> Double? {
        guard isFloat(range), range.count < 512 else { return nil }
        if range.count <= 15, let value = natural(range) { return Double(value) }
        return withUnsafeTemporaryAllocation(byteCount: range.count + 1, alignment: 1) { buffer in
            buffer.copyMemory(from: self[range])
            buffer[range.count] = 0
            guard let base = buffer.baseAddress else { return nil }
            return strtod(base.assumingMemoryBound(to: CChar.self), nil)
        }
    }

    private func isSpecialFloat(_ range: ByteRange) -> Bool {
        guard range.count == 3 || range.count == 8 else { return false }
        let word = text(range).lowercased()
        return word == "inf" || word == "nan" || word == "infinity"
    }
}
