import CExpat
import Glibc

/// UTF-8 that the parser lends for the duration of one event; nothing of it may be kept but a copy.
public struct XMLBytes {
    /// The bytes, without an end mark. Valid during the event alone.
    public let utf8: UnsafeBufferPointer<UInt8>

    init(start: UnsafePointer<CChar>, count: Int) {
        utf8 = UnsafeBufferPointer(
            start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: count)
    }

    init(terminated start: UnsafePointer<CChar>) {
        self.init(start: start, count: strlen(start))
    }

    /// A copy as a string.
    public var string: String { String(decoding: utf8, as: UTF8.self) }

    /// Whether there is nothing but XML's white space.
    public var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D } }

    /// Whether the bytes are those of `literal`. Copies nothing.
    public static func == (bytes: XMLBytes, literal: StaticString) -> Bool {
        bytes.utf8.count == literal.utf8CodeUnitCount
            && memcmp(bytes.utf8.baseAddress ?? UnsafePointer(literal.utf8Start), literal.utf8Start, bytes.utf8.count)
                == 0
    }

    /// Whether the bytes are those of `other`. Copies nothing.
    public func elementsEqual(_ other: [UInt8]) -> Bool {
        guard utf8.count == other.count, let base = utf8.baseAddress else { return utf8.count == other.count }
        return other.withUnsafeBytes { $0.baseAddress.map { memcmp(base, $0, other.count) == 0 } ?? true }
    }

    /// Whether the bytes begin with those of `literal`. Copies nothing.
    public func hasPrefix(_ literal: StaticString) -> Bool {
        guard utf8.count >= literal.utf8CodeUnitCount, let base = utf8.baseAddress else {
            return literal.utf8CodeUnitCount == 0
        }
        return memcmp(base, literal.utf8Start, literal.utf8CodeUnitCount) == 0
    }
}
