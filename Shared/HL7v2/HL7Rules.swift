/// What the standard requires of the messages that are read: header fields, and segments by message type. Versions 2.3 to 2.8 agree on these.
public enum HL7Rules {
    /// The versions that are read.
    public static let versions: Set<String> = [
        "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8", "2.8.1", "2.8.2",
    ]

    /// Checks MSH: 9 (code), 10, 11 and 12 are required; the version must be one of ``versions``, the processing id one of table 0103.
    public static func checkHeader(_ message: HL7Message) throws(HL7Error) {
        let header = message.header
        for (number, name) in [
            (9, "message type"), (10, "message control id"), (11, "processing id"), (12, "version id"),
        ] {
            guard header[number].nonEmptyValue != nil else {
                throw HL7Error(
                    .requiredField, path: header.path(number), offset: header[number].offset,
                    detail: "the \(name) is required")
            }
        }
        guard versions.contains(message.version) else {
            throw HL7Error(
                .version, path: header.path(12), offset: header[12].offset, detail: "must be a version from 2.3 to 2.8")
        }
        guard ["D", "P", "T"].contains(header[11].component(1).value) else {
            throw HL7Error(
                .processingID, path: header.path(11), offset: header[11].offset,
                detail: "must be D, P or T (table 0103)")
        }
    }

    /// Checks that the segments are there without which the message type tells nothing.
    public static func checkSegments(_ message: HL7Message) throws(HL7Error) {
        for name in required[message.code] ?? [] where message.count(name) == 0 {
            throw HL7Error(.requiredSegment, path: "\(name)", detail: "the message type requires it")
        }
    }

    /// Checks the fields that the standard requires of one segment.
    public static func checkFields(_ segment: HL7Segment) throws(HL7Error) {
        for number in fields[segment.name] ?? [] where !segment[number].hasValue {
            throw HL7Error(
                .requiredField, segmentIndex: segment.index, path: segment.path(number), offset: segment[number].offset,
                detail: "the field is required")
        }
    }

    private static let required: [String: [StaticString]] = [
        "ADT": ["PID"], "ORU": ["OBR", "OBX"], "OUL": ["OBR"], "ORM": ["ORC"], "OML": ["ORC"], "OMP": ["ORC", "RXO"],
        "RDE": ["ORC", "RXE"], "RDS": ["ORC", "RXD"], "RAS": ["ORC", "RXA"], "RGV": ["ORC", "RXG"], "VXU": ["PID"],
        "MDM": ["PID", "TXA"], "PPR": ["PID", "PRB"],
    ]

    private static let fields: [String: [Int]] = [
        "AL1": [3], "IAM": [3], "DG1": [3], "PRB": [3], "PR1": [3], "RXA": [3, 5], "RXD": [2, 3], "RXE": [2],
        "TXA": [2], "PV1": [2],
    ]
}
