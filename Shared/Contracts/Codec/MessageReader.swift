import CHealthContracts
import CProtobufC
import Domain

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Reads the fields of one unpacked message and checks each: present, in form, in range, of a size that the contract allows.
struct MessageReader {
    /// The message's name, for errors.
    let message: StaticString

    /// Unpacks `bytes` with `unpack`, hands the C message to `body`, and frees it.
    @inline(__always)
    static func read<Message, Value>(
        _ bytes: UnsafeRawBufferPointer, as message: StaticString,
        unpack: (UnsafeMutablePointer<ProtobufCAllocator>?, Int, UnsafePointer<UInt8>?) -> UnsafeMutablePointer<
            Message
        >?,
        _ body: (UnsafeMutablePointer<Message>, MessageReader) throws(ContractError) -> Value
    ) throws(ContractError) -> Value {
        let reader = MessageReader(message: message)
        guard bytes.count <= ContractLimits.messageBytes else { throw reader.error(.oversize, "") }
        // The first block holds an ordinary event: its C struct and some twenty short texts with their headers.
        var arena = Arena(firstBlockSize: 1024 + 2 * bytes.count, limit: Arena.decodingBytes)
        let unpacked = withUnsafeMutablePointer(to: &arena) { arena in
            var allocator = ProtobufCAllocator(cuttingFrom: arena)
            return unpack(&allocator, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        guard let unpacked else { throw reader.error(arena.isExhausted ? .oversize : .malformed, "") }
        defer { withExtendedLifetime(arena) {} }
        return try body(unpacked, reader)
    }

    /// An error about `field`.
    @inline(never)
    func error(_ code: ContractError.Code, _ field: StaticString) -> ContractError {
        ContractError(code: code, message: "\(message)", field: "\(field)")
    }

    // MARK: Texts

    /// The UTF-8 bytes of a text as protobuf-c left it: empty when it was absent.
    private func bytes(
        _ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString, limit: Int = ContractLimits.textBytes
    ) throws(ContractError) -> UnsafeRawBufferPointer {
        guard let pointer, pointer != absentText.pointer else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        // Arena.size counts the NUL that protobuf-c adds.
        let count = Arena.size(of: pointer) - 1
        guard count <= limit else { throw error(.oversize, field) }
        if memchr(pointer, 0, count) != nil { throw error(.containsNUL, field) }
        return UnsafeRawBufferPointer(start: pointer, count: count)
    }

    /// A text; empty when absent.
    func text(
        _ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString, limit: Int = ContractLimits.textBytes
    ) throws(ContractError) -> String {
        let bytes = try bytes(pointer, field, limit: limit)
        guard bytes.count > 15 else { return try string(bytes, field) }
        // Values that nearly every event carries, so that they need no allocation.
        for known in Self.knownTexts where known.utf8CodeUnitCount == bytes.count {
            if let start = bytes.baseAddress, memcmp(start, known.utf8Start, bytes.count) == 0 {
                return known.description
            }
        }
        return try string(bytes, field)
    }

    private func string(_ bytes: UnsafeRawBufferPointer, _ field: StaticString) throws(ContractError) -> String {
        // protobuf-c ends every text with a NUL, and there is none before; this initialiser is several times faster than the generic
        // `String(validating:as:)`.
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return "" }
        guard let text = String(validatingCString: start) else { throw error(.notUTF8, field) }
        return text
    }

    private static let knownTexts: [StaticString] = [
        "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org",
        "http://www.nlm.nih.gov/research/umls/rxnorm", "feed.wearable.v1", "feed.ehr.fhir.v1",
    ]

    /// A text that is not empty.
    func required(_ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString) throws(ContractError) -> String {
        let text = try text(pointer, field)
        guard !text.isEmpty else { throw error(.missing, field) }
        return text
    }

    /// The id that a UUID text names.
    func eventID(_ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString) throws(ContractError) -> EventID {
        let bytes = try bytes(pointer, field)
        guard !bytes.isEmpty else { throw error(.missing, field) }
        guard let id = EventID(utf8: bytes) else { throw error(.invalidForm, field) }
        return id
    }

    /// A patient's pseudonym.
    func pseudonym(_ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString) throws(ContractError)
        -> PatientPseudonym
    {
        let text = try required(pointer, field)
        guard let pseudonym = PatientPseudonym(text) else { throw error(.invalidForm, field) }
        return pseudonym
    }

    /// A patient's pseudonym; nil when absent.
    func pseudonym(ifPresent pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString) throws(ContractError)
        -> PatientPseudonym?
    {
        try text(pointer, field).isEmpty ? nil : pseudonym(pointer, field)
    }

    /// A SHA-256: 64 lower-case hexadecimal digits.
    func hash(_ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString) throws(ContractError) -> String {
        let text = try required(pointer, field)
        let isHash = text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        guard isHash else { throw error(.invalidForm, field) }
        return text
    }

    /// Bytes of any content.
    func binary(_ data: ProtobufCBinaryData, _ field: StaticString) throws(ContractError) -> [UInt8] {
        guard data.len <= ContractLimits.ciphertextBytes else { throw error(.oversize, field) }
        return [UInt8](UnsafeBufferPointer(start: data.data, count: data.len))
    }

    // MARK: Numbers, times, enumerations

    /// A finite number.
    func finite(_ value: Double, _ field: StaticString) throws(ContractError) -> Double {
        guard value.isFinite else { throw error(.notFinite, field) }
        return value
    }

    /// A number that lies in `range`.
    func number<Number: BinaryInteger>(
        _ value: Number, in range: ClosedRange<Number>, _ field: StaticString
    ) throws(ContractError) -> Number {
        guard range.contains(value) else { throw error(.outOfRange, field) }
        return value
    }

    /// A time between the years 1 and 9999.
    func time(_ microseconds: Int64, _ field: StaticString) throws(ContractError) -> Timestamp {
        guard microseconds >= ContractLimits.earliestMicroseconds, microseconds <= ContractLimits.latestMicroseconds
        else {
            throw error(.outOfRange, field)
        }
        return Timestamp(microseconds: microseconds)
    }

    /// A time of the fleet itself, where 0 means that it was not sent.
    func fleetTime(_ microseconds: Int64, _ field: StaticString) throws(ContractError) -> Timestamp {
        guard microseconds != 0 else { throw error(.missing, field) }
        return try time(microseconds, field)
    }

    /// A time that was sent only when `isPresent`.
    func time(_ microseconds: Int64, ifPresent isPresent: Bool, _ field: StaticString) throws(ContractError)
        -> Timestamp?
    {
        isPresent ? try time(microseconds, field) : nil
    }

    /// A time that must have been sent.
    func requiredTime(_ microseconds: Int64, isPresent: Bool, _ field: StaticString) throws(ContractError) -> Timestamp
    {
        guard isPresent else { throw error(.missing, field) }
        return try time(microseconds, field)
    }

    /// The value with this number.
    func value<Value: WireEnumeration>(_ number: UInt32, _ field: StaticString) throws(ContractError) -> Value {
        guard number != 0 else { throw error(.missing, field) }
        guard let value = Value(wireNumber: number) else { throw error(.unknownEnumValue, field) }
        return value
    }

    // MARK: What this version does not know

    private static let largestFieldNumber: UInt32 = (1 << 29) - 1

    /// The unknown fields of `base`, as they stood in the message, with tags of minimal length.
    func unknownFields(_ base: ProtobufCMessage) throws(ContractError) -> [UInt8] {
        guard base.n_unknown_fields > 0, let fields = base.unknown_fields else { return [] }
        var bytes: [UInt8] = []
        for field in UnsafeBufferPointer(start: fields, count: Int(base.n_unknown_fields)) {
            // protobuf-c 1.4.1 lets numbers outside of protobuf's range pass when their tag is written overlong.
            guard (1...Self.largestFieldNumber).contains(field.tag) else { throw error(.malformed, "") }
            bytes.appendVarint(UInt64(field.tag) << 3 | UInt64(field.wire_type.rawValue))
            bytes.append(contentsOf: UnsafeBufferPointer(start: field.data, count: field.len))
        }
        return bytes
    }
}

/// The address that protobuf-c gives to a text field that was not sent.
private let absentText: AbsentText = {
    var message = Health__V1__PatientRegistered()
    health__v1__patient_registered__init(&message)
    return AbsentText(pointer: message.source)
}()

// Safety: the address of a constant of libprotobuf-c, only ever compared.
private struct AbsentText: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<CChar>?
}
