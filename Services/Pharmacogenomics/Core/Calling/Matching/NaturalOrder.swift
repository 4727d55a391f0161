/// The order of names as people read them: runs of digits by their value, all else by its characters (`*2` before `*10`,
/// `c.97A>G` before `c.152C>A`).
enum NaturalOrder {
    /// Whether the first name comes before the second.
    static func precedes(_ one: String, _ other: String) -> Bool {
        key(one).lexicographicallyPrecedes(key(other))
    }

    /// Negative, 0 or positive as the first comes before, with or after the second.
    static func compare(_ one: String, _ other: String) -> Int {
        if one == other { return 0 }
        return precedes(one, other) ? -1 : precedes(other, one) ? 1 : 0
    }

    /// Bytes whose plain order is the natural order of the names: every run of digits becomes a digit, its length without
    /// leading zeros, and itself.
    static func key(_ name: String) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(name.utf8.count + 8)
        var digits: [UInt8] = []
        func close() {
            guard !digits.isEmpty else { return }
            let number = digits.drop { $0 == UInt8(ascii: "0") }
            key.append(UInt8(ascii: "0"))
            key.append(UInt8(min(number.count, 255)))
            key += number
            digits.removeAll(keepingCapacity: true)
        }
        for byte in name.utf8 {
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                digits.append(byte)
            } else {
                close()
                key.append(byte)
            }
        }
        close()
        return key
    }
}

extension HaplotypeCall {
    /// The order inside a diplotype: single alleles before combinations, shorter combinations before longer ones, then
    /// member by member in natural order, variants after alleles.
    static func precedes(_ one: HaplotypeCall, _ other: HaplotypeCall) -> Bool {
        compare(one, other) < 0
    }

    static func compare(_ one: HaplotypeCall, _ other: HaplotypeCall) -> Int {
        let left = one.members
        let right = other.members
        if left.count != right.count { return left.count - right.count }
        guard left.count > 1 else { return NaturalOrder.compare(one.name, other.name) }
        let leftAlleles = left.count - one.partials.count
        let rightAlleles = right.count - other.partials.count
        for index in left.indices {
            let isPartial = index >= leftAlleles
            if isPartial != (index >= rightAlleles) { return isPartial ? 1 : -1 }
            let order = NaturalOrder.compare(left[index], right[index])
            if order != 0 { return order }
        }
        return 0
    }

    /// The names inside `[a + b]`, or the name itself.
    private var members: [String] {
        guard name.hasPrefix("["), name.hasSuffix("]") else { return [name] }
        var members: [String] = []
        var rest = name.dropFirst().dropLast()
        while let joint = rest.firstRange(of: " + ") {
            members.append(String(rest[..<joint.lowerBound]))
            rest = rest[joint.upperBound...]
        }
        members.append(String(rest))
        return members
    }
}
