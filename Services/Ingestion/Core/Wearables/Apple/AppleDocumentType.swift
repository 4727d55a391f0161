/// Takes the document type out of the beginning of an export, line for line, so that places stay true.
///
/// It only declares elements and attributes, and the one that iOS 16 writes breaks XML's grammar. One that declares an entity, or refers to
/// something outside, is left in, so that the XML reader refuses it.
struct AppleDocumentType {
    private var held: [UInt8] = []
    private static let limit = 256 << 10

    /// Takes the next bytes; the cleaned beginning as soon as the root element, or more than 256 KiB, has come.
    mutating func take(_ bytes: some Collection<UInt8>) -> [UInt8]? {
        held += bytes
        guard held.count > Self.limit || Self.find("<HealthData", in: held[...]) != nil else { return nil }
        return rest()
    }

    /// What has been held, cleaned.
    mutating func rest() -> [UInt8] {
        defer { held = [] }
        guard let start = Self.find("<!DOCTYPE", in: held[...]),
            let root = Self.find("<HealthData", in: held[start...]),
            let open = held[start..<root].firstIndex(of: UInt8(ascii: "[")),
            Self.find("SYSTEM", in: held[start..<open]) == nil, Self.find("PUBLIC", in: held[start..<open]) == nil,
            Self.find("<!ENTITY", in: held[open..<root]) == nil,
            let end = Self.lastEnd(in: held[open..<root])
        else { return held }
        for index in start..<end where held[index] != UInt8(ascii: "\n") { held[index] = 0x20 }
        return held
    }

    /// The index after the last `]>`.
    private static func lastEnd(in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.endIndex - 1
        while index > bytes.startIndex {
            if bytes[index] == UInt8(ascii: ">"), bytes[index - 1] == UInt8(ascii: "]") { return index + 1 }
            index -= 1
        }
        return nil
    }

    private static func find(_ text: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let pattern = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes.count >= pattern.count else { return nil }
        for index in bytes.startIndex...(bytes.endIndex - pattern.count) where bytes[index] == pattern[0] {
            if bytes[index..<(index + pattern.count)].elementsEqual(pattern) { return index }
        }
        return nil
    }
}
