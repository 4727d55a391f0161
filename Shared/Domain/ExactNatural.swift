/// A natural number of any size; the arithmetic of unit conversions that leave 128 bits.
///
/// Schoolbook algorithms (Knuth, TAOCP 2, 4.3.1): the numbers of units have at most a few thousand bits.
struct ExactNatural: Hashable, Sendable {
    /// Little-endian limbs without leading zeros; empty is 0.
    private(set) var limbs: [UInt32]

    static let zero = ExactNatural(limbs: [])
    static let one = ExactNatural(1)

    init(_ value: UInt64) {
        self.init(limbs: [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)])
    }

    private init(limbs: [UInt32]) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
    }

    /// The number that decimal digits write, or nil when a byte is no digit.
    init?(digits: some Sequence<UInt8>) {
        var limbs: [UInt32] = []
        for byte in digits {
            guard (48...57).contains(byte) else { return nil }
            var carry = UInt64(byte - 48)
            for place in limbs.indices {
                let value = UInt64(limbs[place]) * 10 + carry
                limbs[place] = UInt32(truncatingIfNeeded: value)
                carry = value >> 32
            }
            if carry > 0 { limbs.append(UInt32(carry)) }
        }
        self.init(limbs: limbs)
    }

    /// 10 to the power of `exponent`, which must not be negative.
    static func powerOfTen(_ exponent: Int) -> ExactNatural {
        var result = one
        for _ in 0..<(exponent / 9) { result = result * ExactNatural(1_000_000_000) }
        for _ in 0..<(exponent % 9) { result = result * ExactNatural(10) }
        return result
    }

    var isZero: Bool { limbs.isEmpty }

    /// The number of bits without leading zeros.
    var bitWidth: Int {
        guard let last = limbs.last else { return 0 }
        return limbs.count * 32 - last.leadingZeroBitCount
    }

    /// The value when it fits.
    var asUInt64: UInt64? {
        guard limbs.count <= 2 else { return nil }
        return limbs.reversed().reduce(0) { $0 << 32 | UInt64($1) }
    }

    static func < (left: ExactNatural, right: ExactNatural) -> Bool {
        guard left.limbs.count == right.limbs.count else { return left.limbs.count < right.limbs.count }
        for place in left.limbs.indices.reversed() where left.limbs[place] != right.limbs[place] {
            return left.limbs[place] < right.limbs[place]
        }
        return false
    }

    static func + (left: ExactNatural, right: ExactNatural) -> ExactNatural {
        var result: [UInt32] = []
        var carry: UInt64 = 0
        for place in 0..<max(left.limbs.count, right.limbs.count) {
            carry += left.limb(place) + right.limb(place)
            result.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        result.append(UInt32(carry))
        return ExactNatural(limbs: result)
    }

    /// The distance between the two.
    static func distance(_ left: ExactNatural, _ right: ExactNatural) -> ExactNatural {
        let (small, large) = left < right ? (left, right) : (right, left)
        var result: [UInt32] = []
        var borrow: Int64 = 0
        for place in large.limbs.indices {
            let value = Int64(large.limbs[place]) - Int64(small.limb(place)) + borrow
            result.append(UInt32(truncatingIfNeeded: value))
            borrow = value >> 32
        }
        return ExactNatural(limbs: result)
    }

    static func * (left: ExactNatural, right: ExactNatural) -> ExactNatural {
        guard !left.isZero, !right.isZero else { return zero }
        var result = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (i, a) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in right.limbs.enumerated() {
                carry += UInt64(a) * UInt64(b) + UInt64(result[i + j])
                result[i + j] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            result[i + right.limbs.count] = UInt32(carry)
        }
        return ExactNatural(limbs: result)
    }

    static func << (left: ExactNatural, bits: Int) -> ExactNatural {
        guard bits > 0, !left.isZero else { return left }
        let (whole, part) = bits.quotientAndRemainder(dividingBy: 32)
        var result = [UInt32](repeating: 0, count: whole)
        var carry: UInt64 = 0
        for limb in left.limbs {
            carry |= UInt64(limb) << UInt64(part)
            result.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        result.append(UInt32(carry))
        return ExactNatural(limbs: result)
    }

    static func >> (left: ExactNatural, bits: Int) -> ExactNatural {
        let (whole, part) = bits.quotientAndRemainder(dividingBy: 32)
        guard bits > 0, whole < left.limbs.count else { return bits > 0 ? zero : left }
        return ExactNatural(
            limbs: (whole..<left.limbs.count).map { place in
                UInt32(truncatingIfNeeded: (left.limb(place + 1) << 32 | left.limb(place)) >> UInt64(part))
            })
    }

    /// Quotient and remainder; `divisor` must not be zero (a division by zero gives 0 and the dividend).
    func quotientAndRemainder(dividingBy divisor: ExactNatural) -> (quotient: ExactNatural, remainder: ExactNatural) {
        guard !(self < divisor), let top = divisor.limbs.last else { return (.zero, self) }
        guard divisor.limbs.count > 1 else { return divided(by: top) }
        let shift = top.leadingZeroBitCount
        let v = (divisor << shift).limbs
        var u = (self << shift).limbs
        u += [UInt32](repeating: 0, count: limbs.count + 1 - u.count)
        let n = v.count
        var quotient = [UInt32](repeating: 0, count: u.count - n)
        for j in quotient.indices.reversed() {
            let head = UInt64(u[j + n]) << 32 | UInt64(u[j + n - 1])
            var (digit, rest) = head.quotientAndRemainder(dividingBy: UInt64(v[n - 1]))
            while digit >> 32 != 0 || digit * UInt64(v[n - 2]) > (rest << 32 | UInt64(u[j + n - 2])) {
                digit -= 1
                rest += UInt64(v[n - 1])
                if rest >> 32 != 0 { break }
            }
            if Self.subtract(v, times: digit, from: &u, at: j) {
                digit -= 1
                Self.add(v, to: &u, at: j)
            }
            quotient[j] = UInt32(truncatingIfNeeded: digit)
        }
        return (ExactNatural(limbs: quotient), ExactNatural(limbs: u) >> shift)
    }

    private func limb(_ place: Int) -> UInt64 { place < limbs.count ? UInt64(limbs[place]) : 0 }

    private func divided(by divisor: UInt32) -> (quotient: ExactNatural, remainder: ExactNatural) {
        var result = limbs
        var rest: UInt64 = 0
        for place in limbs.indices.reversed() {
            let (digit, next) = (rest << 32 | UInt64(limbs[place])).quotientAndRemainder(dividingBy: UInt64(divisor))
            result[place] = UInt32(digit)
            rest = next
        }
        return (ExactNatural(limbs: result), ExactNatural(rest))
    }

    /// u[at...] -= v x digit; true when that went below zero.
    private static func subtract(_ v: [UInt32], times digit: UInt64, from u: inout [UInt32], at place: Int) -> Bool {
        var carry: UInt64 = 0
        var borrow: Int64 = 0
        for i in v.indices {
            carry += digit * UInt64(v[i])
            let value = Int64(u[place + i]) - Int64(carry & 0xFFFF_FFFF) + borrow
            u[place + i] = UInt32(truncatingIfNeeded: value)
            borrow = value >> 32
            carry >>= 32
        }
        let value = Int64(u[place + v.count]) - Int64(carry) + borrow
        u[place + v.count] = UInt32(truncatingIfNeeded: value)
        return value < 0
    }

    private static func add(_ v: [UInt32], to u: inout [UInt32], at place: Int) {
        var carry: UInt64 = 0
        for i in v.indices {
            carry += UInt64(u[place + i]) + UInt64(v[i])
            u[place + i] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        u[place + v.count] &+= UInt32(truncatingIfNeeded: carry)
    }
}

extension ExactNatural: CustomStringConvertible {
    /// The decimal digits.
    var description: String {
        var rest = self
        var groups: [String] = []
        while !rest.isZero {
            let (quotient, remainder) = rest.divided(by: 1_000_000_000)
            let digits = String(remainder.limbs.first ?? 0)
            groups.append(
                quotient.isZero ? digits : String(repeating: "0", count: 9 - digits.utf8.count) + digits)
            rest = quotient
        }
        return groups.isEmpty ? "0" : groups.reversed().joined()
    }

    /// The greatest common divisor.
    static func greatestCommonDivisor(_ left: ExactNatural, _ right: ExactNatural) -> ExactNatural {
        var (a, b) = (left, right)
        while !b.isZero { (a, b) = (b, a.quotientAndRemainder(dividingBy: b).remainder) }
        return a
    }
}
