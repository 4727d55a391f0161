import Domain

/// The stored form of a patient's state, written to the database for each changed patient of a batch.
///
/// ```
///   byte      version (1)
///   byte      facts: bit 0 SpO2 scale 2, bit 1 "sixteen from" follows as 8 bytes
///   uint16    parameters present, then the newest event time (8 bytes) when there is one
///   each      code | 0x80 when the value is whole tenths; value (zigzag tenths, or 8 bytes); age behind the newest (varint); event id (16)
///   varint    tracks, each: rule, flags, runs, calm, "run since" and, when open, the alert
/// ```
///
/// Numbers are little-endian. A typical state takes 60 to 250 bytes.
extension PatientState {
    /// The version that ``encode(into:)`` writes.
    public static let codecVersion: UInt8 = 1

    /// Appends the state's bytes.
    public func encode(into bytes: inout [UInt8]) {
        // The largest slot takes 35 bytes, the largest track 75.
        let capacity = 32 + VitalParameter.count * 40 + alerts.tracks.count * 80
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { memory in
            var writer = ByteWriter(memory)
            writer.byte(Self.codecVersion)
            write(facts: &writer)
            write(vitals: &writer)
            writer.varint(UInt64(alerts.tracks.count))
            for track in alerts.tracks { track.write(to: &writer) }
            bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: memory[..<writer.count]))
        }
    }

    /// Reads the bytes that ``encode(into:)`` wrote.
    ///
    /// - Throws: `unknownStateVersion` when a later release wrote them, `brokenState` when they are not what it writes. Never crashes.
    public init(decoding bytes: [UInt8]) throws(AlertEngineError) {
        self.init()
        // The closure cannot carry the typed error through every standard-library signature, so the result does.
        let result: Result<PatientState, AlertEngineError> = bytes.withUnsafeBufferPointer { memory in
            do throws(AlertEngineError) {
                var reader = ByteReader(memory)
                return .success(try Self.read(from: &reader))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }

    private static func read(from reader: inout ByteReader) throws(AlertEngineError) -> PatientState {
        var state = PatientState()
        let version = try reader.byte()
        guard version == codecVersion else { throw .unknownStateVersion(version) }
        try state.readFacts(from: &reader)
        try state.readVitals(from: &reader)
        let count = try reader.varint()
        guard count <= 256 else { throw .brokenState("too many rules") }
        for _ in 0..<count {
            let track = try AlertTrack(from: &reader)
            guard !state.alerts.tracks.contains(where: { $0.rule == track.rule }) else {
                throw .brokenState("a rule stands twice")
            }
            state.alerts.tracks.append(track)
        }
        guard reader.isAtEnd else { throw .brokenState("bytes are left over") }
        return state
    }

    private func write(facts writer: inout ByteWriter) {
        writer.byte((facts.oxygenScale == .scale2 ? 1 : 0) | (facts.sixteenFrom == nil ? 0 : 2))
        if let sixteenFrom = facts.sixteenFrom { writer.fixed(UInt64(bitPattern: sixteenFrom.microseconds)) }
    }

    private mutating func readFacts(from reader: inout ByteReader) throws(AlertEngineError) {
        let flags = try reader.byte()
        guard flags < 4 else { throw .brokenState("an unknown fact") }
        facts.oxygenScale = flags & 1 == 0 ? .scale1 : .scale2
        if flags & 2 != 0 {
            facts.sixteenFrom = Timestamp(microseconds: Int64(bitPattern: try reader.fixed64()))
        }
    }

    private func write(vitals writer: inout ByteWriter) {
        var present: UInt16 = 0
        for index in 0..<VitalParameter.count where vitals.codes[index] != 0 { present |= 1 << UInt16(index) }
        writer.fixed(present)
        guard present != 0 else { return }
        let newest = vitals.newest
        writer.fixed(UInt64(bitPattern: newest))
        for index in 0..<VitalParameter.count where vitals.codes[index] != 0 {
            let slot = vitals.slots[index]
            let tenths = slot.value * 10
            if tenths.rounded() == tenths, abs(tenths) < 1e9, tenths / 10 == slot.value, slot.value.sign == .plus {
                writer.byte(vitals.codes[index] | 128)
                writer.zigzag(Int64(tenths))
            } else {
                writer.byte(vitals.codes[index])
                writer.fixed(slot.value.bitPattern)
            }
            writer.varint(UInt64(bitPattern: newest &- slot.effectiveAt))
            writer.fixed(slot.idHigh)
            writer.fixed(slot.idLow)
        }
    }

    private mutating func readVitals(from reader: inout ByteReader) throws(AlertEngineError) {
        let present = try reader.fixed16()
        guard present >> UInt16(VitalParameter.count) == 0 else { throw .brokenState("an unknown parameter") }
        guard present != 0 else { return }
        let newest = Int64(bitPattern: try reader.fixed64())
        for index in 0..<VitalParameter.count where present & 1 << UInt16(index) != 0 {
            let tag = try reader.byte()
            guard let code = ObservationCode(rawValue: tag & 127), Int(code.parameter.rawValue) == index else {
                throw .brokenState("a code in a wrong place")
            }
            let value = tag < 128 ? Double(bitPattern: try reader.fixed64()) : Double(try reader.zigzag()) / 10
            guard value.isFinite else { throw .brokenState("a value that is no number") }
            let effectiveAt = newest &- Int64(bitPattern: try reader.varint())
            guard effectiveAt <= newest else { throw .brokenState("a time after the newest") }
            vitals.codes[index] = code.rawValue
            vitals.slots[index] = LatestVitals.Slot(
                value: value, effectiveAt: effectiveAt, idHigh: try reader.fixed64(), idLow: try reader.fixed64())
        }
        guard vitals.newest == newest else { throw .brokenState("the newest time is of no reading") }
    }
}

extension AlertTrack {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.byte(rule)
        writer.byte((open == nil ? 0 : 1) | (runs == .zero ? 0 : 2))
        if runs != .zero {
            for level in 0..<4 { writer.byte(runs[level]) }
            writer.fixed(UInt64(bitPattern: runSince.microseconds))
        }
        guard let open else { return }
        writer.byte(calm)
        writer.byte(open.severity.rawValue)
        writer.varint(UInt64(bitPattern: open.version))
        writer.fixed(UInt64(bitPattern: open.raisedAt.microseconds))
        writer.fixed(open.id.high)
        writer.fixed(open.id.low)
        writer.fixed(open.contributors.rawValue)
        writer.fixed(open.threes.rawValue)
    }

    fileprivate init(from reader: inout ByteReader) throws(AlertEngineError) {
        self.init(rule: try reader.byte())
        let flags = try reader.byte()
        guard (1...3).contains(flags) else { throw .brokenState("a rule that remembers nothing") }
        if flags & 2 != 0 {
            for level in 0..<4 { runs[level] = try reader.byte() }
            guard runs != .zero else { throw .brokenState("an empty run") }
            runSince = Timestamp(microseconds: Int64(bitPattern: try reader.fixed64()))
        }
        guard flags & 1 != 0 else { return }
        calm = try reader.byte()
        guard let severity = Severity(rawValue: try reader.byte()) else { throw .brokenState("an unknown severity") }
        let version = Int64(bitPattern: try reader.varint())
        guard version >= 1, version < .max else { throw .brokenState("a version below 1") }
        let raisedAt = Timestamp(microseconds: Int64(bitPattern: try reader.fixed64()))
        let id = EventID(high: try reader.fixed64(), low: try reader.fixed64())
        open = OpenAlert(
            id: id, version: version, severity: severity, raisedAt: raisedAt,
            contributors: VitalParameterSet(rawValue: try reader.fixed16()),
            threes: VitalParameterSet(rawValue: try reader.fixed16()))
    }
}
