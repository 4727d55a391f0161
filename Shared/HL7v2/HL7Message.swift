/// One message of HL7 v2 in ER7 (vertical bar) encoding: its bytes in UTF-8 and a table of where segments and fields begin.
///
/// ```swift
/// let message = try HL7Message.parse(bytes)
/// let code = message.first("OBX")?[3].component(1).value
/// ```
///
/// Segments may end with CR, LF or CRLF; blank lines are skipped. A line that is no segment goes on with the text of an OBX or NTE before
/// it, and is an error anywhere else.
public struct HL7Message: Sendable {
    struct Entry: Sendable {
        let name: UInt32
        /// Its number among the segments of its name, from 1.
        let ordinal: Int
        let start: Int
        let end: Int
        /// The place of its first field in ``HL7Message/fieldStarts``.
        let firstField: Int
        let fieldCount: Int
    }

    /// The message in UTF-8, without a byte order mark.
    public let bytes: [UInt8]
    /// The delimiters of MSH-1 and MSH-2.
    public let delimiters: HL7Delimiters
    /// The character set of MSH-18.
    public let characterSet: HL7CharacterSet
    let entries: [Entry]
    let fieldStarts: [Int]

    /// How many segments there are.
    public var segmentCount: Int { entries.count }

    /// The segments in order.
    public var segments: [HL7Segment] { entries.indices.map { HL7Segment(message: self, index: $0) } }

    /// The first segment of this name, or nil.
    public func first(_ name: StaticString) -> HL7Segment? {
        let wanted = HL7Segment.packed(name)
        return entries.firstIndex { $0.name == wanted }.map { HL7Segment(message: self, index: $0) }
    }

    /// How many segments have this name.
    public func count(_ name: StaticString) -> Int {
        let wanted = HL7Segment.packed(name)
        return entries.reduce(0) { $1.name == wanted ? $0 + 1 : $0 }
    }

    /// The header; every parsed message has one.
    public var header: HL7Segment { HL7Segment(message: self, index: 0) }

    /// MSH-9.1, e.g. `ORU`.
    public var code: String { header[9].component(1).value }
    /// MSH-9.2, e.g. `R01`.
    public var trigger: String { header[9].component(2).value }
    /// MSH-10.
    public var controlID: String { header[10].value }
    /// MSH-12.1, e.g. `2.5.1`.
    public var version: String { header[12].component(1).value }

    /// `SEG[n]-field` of the message, for errors; `n` counts the segments of the same name from 1.
    public func path(of segment: Int, field: Int? = nil, component: Int? = nil) -> String {
        guard entries.indices.contains(segment) else { return "MSH" }
        let entry = entries[segment]
        var path = "\(HL7Segment.text(of: entry.name))[\(entry.ordinal)]"
        if let field { path += "-\(field)" }
        if let component { path += ".\(component)" }
        return path
    }

    /// The message in its canonical form, in the character set that MSH-18 declares: every segment ends with CR, and empty trailing parts and
    /// blank lines are gone. Printing what was parsed from a canonical message gives the same bytes.
    ///
    /// - Throws: `.characterSetInvalid` when a character has no place in the declared set.
    public func printed() throws(HL7Error) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for index in entries.indices {
            HL7Segment(message: self, index: index).print(to: &output)
        }
        guard let encoding = characterSet.encoding else { return output }
        switch Transcoder.encode(output[...], to: encoding) {
        case .success(let bytes): return bytes
        case .failure(let stop):
            throw HL7Error(
                .characterSetInvalid, path: "MSH[1]-18", offset: stop.offset,
                detail: "a character has no place in the declared set")
        }
    }
}

extension HL7Message: Equatable {
    /// Whether both say the same, apart from line ends and empty trailing parts.
    public static func == (left: HL7Message, right: HL7Message) -> Bool {
        guard left.delimiters == right.delimiters, left.entries.count == right.entries.count else { return false }
        return zip(left.segments, right.segments).allSatisfy { $0.content == $1.content }
    }
}
