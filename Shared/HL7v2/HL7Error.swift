/// Why HL7 v2 bytes could not be read, and where. Holds no patient data: code, place and detail name structure only.
public struct HL7Error: Error, Hashable, Sendable {
    /// The kind of error; the raw value is stable, in kebab case.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes begin with none of MSH, FHS and BHS.
        case notHL7 = "not-hl7"
        /// MSH-1 or MSH-2 names no usable delimiters.
        case delimiters = "delimiters-invalid"
        /// A line is no segment, and no text that could go on.
        case segmentName = "segment-name-invalid"
        /// MSH-18 names a character set that is not known.
        case characterSetUnknown = "character-set-unknown"
        /// The bytes are not of the character set that MSH-18 names (UTF-8 when it names none).
        case characterSetInvalid = "character-set-invalid"
        /// A field that the standard requires is empty.
        case requiredField = "required-field-missing"
        /// A segment that the message type requires is absent.
        case requiredSegment = "required-segment-missing"
        /// MSH-12 is no version from 2.3 to 2.8.
        case version = "version-unsupported"
        /// MSH-11 is no processing id.
        case processingID = "processing-id-unsupported"
        /// A value is not of its data type.
        case dataType = "data-type-invalid"
        /// The message is longer than the limit.
        case tooLarge = "message-too-large"
        /// A segment stands in a batch or file before any MSH.
        case outsideMessage = "segment-outside-message"
        /// BHS within a batch that is still open.
        case nestedBatch = "batch-nested"
        /// FHS within a file that is still open, or not at its beginning.
        case nestedFile = "file-nested"
        /// BTS-1 is not the number of messages.
        case batchCount = "batch-count-differs"
        /// FTS-1 is not the number of batches.
        case fileCount = "file-count-differs"
        /// Something follows FTS.
        case afterFileTrailer = "after-file-trailer"
    }

    /// The kind of error.
    public let code: Code
    /// The place among the segments (of the message, or of the file for envelopes), from 0.
    public let segmentIndex: Int
    /// The segment and field, e.g. `OBX[2]-5.1`: the second OBX, field 5, component 1.
    public let path: String
    /// The place in the bytes, from 0; that of the segment when the field's is not known.
    public let offset: Int
    /// What is wrong and what would be right.
    public let detail: String
    /// Never: the same bytes give the same error.
    public var isRetriable: Bool { false }

    /// An error; neither path nor detail may hold patient data.
    public init(_ code: Code, segmentIndex: Int = 0, path: String, offset: Int = 0, detail: String) {
        self.code = code
        self.segmentIndex = segmentIndex
        self.path = path
        self.offset = offset
        self.detail = detail
    }

    /// The code of table 0357 (message error condition) that an ERR segment gives for it.
    public var conditionCode: String {
        switch code {
        case .requiredField: "101"
        case .requiredSegment, .outsideMessage, .segmentName, .nestedBatch, .nestedFile, .afterFileTrailer: "100"
        case .dataType, .delimiters, .notHL7, .characterSetInvalid: "102"
        case .characterSetUnknown: "103"
        case .processingID: "202"
        case .version: "203"
        case .batchCount, .fileCount, .tooLarge: "207"
        }
    }
}

extension HL7Error: CustomStringConvertible {
    /// `code at path: detail`.
    public var description: String { "\(code.rawValue) at \(path): \(detail)" }
}
