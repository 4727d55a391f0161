/// A file of messages: one, several after one another, or batches and files in their envelopes (FHS, BHS, BTS, FTS).
///
/// Headers and trailers are optional by the standard (chapter 2, "HL7 batch protocol"): `[FHS] { [BHS] { messages } [BTS] } [FTS]`. What
/// breaks that grammar, or a count that differs, is a fault of its own among the items; it spoils no message.
public struct HL7File: Sendable {
    /// What stands in the file.
    public enum Item: Sendable {
        /// A message, not yet read.
        case message(Message)
        /// A fault of the envelope.
        case fault(HL7Error)
    }

    /// A message's bytes and place.
    public struct Message: Sendable {
        /// Its bytes, in the file's character set.
        public let bytes: ArraySlice<UInt8>
        /// The place of its MSH among the segments of the file, from 0.
        public let firstSegment: Int
        /// The place among the messages of the file, from 0.
        public let ordinal: Int
    }

    /// Messages and faults in the order of the file.
    public private(set) var items: [Item] = []
    /// How many lines are segments, those of envelopes included.
    public private(set) var segmentCount = 0
    /// How many of them are OBX.
    public private(set) var observationCount = 0
    /// How many messages there are.
    public private(set) var messageCount = 0
    /// Whether there is a segment of an envelope.
    public private(set) var hasEnvelope = false

    /// Splits `given` into messages.
    ///
    /// - Throws: `.notHL7` when the first line is none of MSH, BHS and FHS; `.delimiters` when that has no
    ///   field separator; `.characterSetInvalid` when the bytes are no UTF-16 or UTF-32 as they seem to be.
    public init(_ given: [UInt8]) throws(HL7Error) {
        let (wide, _) = try HL7Wire.narrowed(given[...])
        let bytes = HL7Wire.trimmed(wide, isFile: true)
        let head = String(decoding: bytes.prefix(3), as: UTF8.self)
        guard ["MSH", "BHS", "FHS"].contains(head) else {
            throw HL7Error(.notHL7, path: "", detail: "must begin with MSH, BHS or FHS")
        }
        guard bytes.count > 4, HL7Delimiters.isDelimiter(bytes[bytes.startIndex + 3]) else {
            throw HL7Error(.delimiters, path: "\(head)[1]-1", offset: 3, detail: "must be a field separator, such as |")
        }
        let field = bytes[bytes.startIndex + 3]
        var envelope = Envelope()
        var open: (start: Int, segment: Int)?
        var segmentCount = 0
        var observationCount = 0
        var messageCount = 0
        var items: [Item] = []
        func close(at end: Int) {
            guard let message = open else { return }
            items.append(
                .message(
                    Message(
                        bytes: HL7Wire.trimmed(bytes[message.start..<end], isFile: true), firstSegment: message.segment,
                        ordinal: messageCount)))
            messageCount += 1
            open = nil
        }
        bytes.withUnsafeBufferPointer { buffer in
            let base = bytes.startIndex
            var position = 0
            while position < buffer.count {
                if HL7Wire.line(buffer, at: position, field: field) == .segment || Self.isHeader(buffer, position) {
                    let name = HL7Segment.packed(buffer, position)
                    if name == HL7Segment.observation { observationCount += 1 }
                    if Self.structural.contains(name) {
                        close(at: base + position)
                        let count = Self.count(buffer, position)
                        for fault in envelope.take(name, count: count, segment: segmentCount, offset: position) {
                            items.append(.fault(fault))
                        }
                        if name == HL7Segment.header { open = (base + position, segmentCount) }
                    } else if open == nil, let fault = envelope.stray(name, segment: segmentCount, offset: position) {
                        items.append(.fault(fault))
                    }
                    segmentCount += 1
                }
                // The next line that is not blank.
                while position < buffer.count, buffer[position] != 0x0D, buffer[position] != 0x0A { position += 1 }
                while position < buffer.count,
                    [0x0D, 0x0A, 0x0B, 0x1C].contains(buffer[position])
                { position += 1 }
            }
        }
        close(at: bytes.endIndex)
        self.items = items
        self.segmentCount = segmentCount
        self.observationCount = observationCount
        self.messageCount = messageCount
        hasEnvelope = envelope.isUsed
    }

    private static let structural: Set<UInt32> = [
        HL7Segment.header, HL7Segment.batchHeader, HL7Segment.fileHeader, HL7Segment.batchTrailer,
        HL7Segment.fileTrailer,
    ]

    /// Whether a header begins here; it may have delimiters of its own.
    private static func isHeader(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        guard start + 7 < bytes.count, HL7Delimiters.isDelimiter(bytes[start + 3]) else { return false }
        let name = HL7Segment.packed(bytes, start)
        return name == HL7Segment.header || name == HL7Segment.batchHeader || name == HL7Segment.fileHeader
    }

    /// Field 1 of a trailer as a number; nil when it is none.
    private static func count(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var value: Int?
        for byte in bytes[min(start + 4, bytes.count)...].prefix(9) {
            guard (0x30...0x39).contains(byte) else { break }
            value = (value ?? 0) * 10 + Int(byte - 0x30)
        }
        return value
    }
}

/// The grammar of batches and files, as a state machine.
private struct Envelope {
    private var hasFile = false
    private var hasEnded = false
    private var hasBatch = false
    private var messagesInBatch = 0
    private var batches = 0
    private var hasStrays = false
    private(set) var isUsed = false

    /// The faults that a header or trailer shows.
    mutating func take(_ name: UInt32, count: Int?, segment: Int, offset: Int) -> [HL7Error] {
        var faults: [HL7Error] = []
        func fault(_ code: HL7Error.Code, _ detail: String) {
            faults.append(
                HL7Error(code, segmentIndex: segment, path: HL7Segment.text(of: name), offset: offset, detail: detail))
        }
        if hasEnded { fault(.afterFileTrailer, "nothing may follow FTS") }
        hasStrays = false
        switch name {
        case HL7Segment.fileHeader:
            if isUsed || messagesInBatch > 0 { fault(.nestedFile, "FHS must be the first segment of a file") }
            hasFile = true
        case HL7Segment.batchHeader:
            if hasBatch { fault(.nestedBatch, "the batch before must end with BTS") }
            if !hasBatch, messagesInBatch > 0 { batches += 1 }
            hasBatch = true
            messagesInBatch = 0
        case HL7Segment.batchTrailer:
            if let count, count != messagesInBatch {
                fault(.batchCount, "BTS-1 says \(count) messages, and there are \(messagesInBatch)")
            }
            batches += 1
            hasBatch = false
            messagesInBatch = 0
        case HL7Segment.fileTrailer:
            if hasBatch || messagesInBatch > 0 { batches += 1 }
            if let count, count != batches {
                fault(.fileCount, "FTS-1 says \(count) batches, and there are \(batches)")
            }
            hasEnded = true
            hasBatch = false
            messagesInBatch = 0
        default: messagesInBatch += 1
        }
        if name != HL7Segment.header { isUsed = true }
        return faults
    }

    /// The fault of a segment outside of any message; one for a run of them.
    mutating func stray(_ name: UInt32, segment: Int, offset: Int) -> HL7Error? {
        guard !hasStrays else { return nil }
        hasStrays = true
        return HL7Error(
            .outsideMessage, segmentIndex: segment, path: HL7Segment.text(of: name), offset: offset,
            detail: "a message must begin with MSH")
    }
}
