import Domain

/// The newest reading of each parameter, stored inline: no allocation, and a copy is a copy of bytes.
public struct LatestVitals: Sendable {
    /// One parameter's place; `code` 0 means that it was never observed.
    struct Slot: BitwiseCopyable, Sendable {
        var value: Double = 0
        var effectiveAt: Int64 = .min
        var idHigh: UInt64 = 0
        var idLow: UInt64 = 0
    }

    var slots = InlineArray<9, Slot>(repeating: Slot())
    var codes = InlineArray<9, UInt8>(repeating: 0)

    /// No readings.
    public init() {}

    /// The event time of the newest reading of all, in microseconds; `Int64.min` when there is none.
    @inline(__always)
    var newest: Int64 {
        var newest = Int64.min
        for index in 0..<VitalParameter.count { newest = max(newest, slots[index].effectiveAt) }
        return newest
    }

    /// Whether `parameter` was ever observed (and not retracted).
    @inline(__always)
    func isPresent(_ parameter: VitalParameter) -> Bool { codes[Int(parameter.rawValue)] != 0 }

    /// The newest reading of `parameter`.
    public subscript(parameter: VitalParameter) -> VitalReading? {
        let index = Int(parameter.rawValue)
        guard let code = ObservationCode(rawValue: codes[index]) else { return nil }
        let slot = slots[index]
        return VitalReading(
            code: code, value: slot.value, effectiveAt: Timestamp(microseconds: slot.effectiveAt),
            eventID: EventID(high: slot.idHigh, low: slot.idLow))
    }

    /// Takes `reading` unless a newer one of its parameter is known; of two at the same time the later comer stays.
    ///
    /// - Returns: the event time of the reading that it replaced (`Int64.min` for none), or nil when it is older and was not taken.
    mutating func take(_ reading: VitalReading) -> Int64? {
        let index = Int(reading.code.parameter.rawValue)
        let previous = slots[index].effectiveAt
        guard reading.effectiveAt.microseconds >= previous else { return nil }
        slots[index] = Slot(
            value: reading.value, effectiveAt: reading.effectiveAt.microseconds, idHigh: reading.eventID.high,
            idLow: reading.eventID.low)
        codes[index] = reading.code.rawValue
        return previous
    }

    /// Forgets the reading of `parameter` that was observed at `time`; false when another one stands there.
    mutating func retract(_ parameter: VitalParameter, at time: Timestamp) -> Bool {
        let index = Int(parameter.rawValue)
        guard codes[index] != 0, slots[index].effectiveAt == time.microseconds else { return false }
        slots[index] = Slot()
        codes[index] = 0
        return true
    }

    /// The value of `parameter` when its reading lies at most `window` microseconds from `asOf`, before or after.
    @inline(__always)
    func fresh(_ parameter: VitalParameter, asOf: Int64, window: Int64) -> Double? {
        let index = Int(parameter.rawValue)
        guard codes[index] != 0 else { return nil }
        let (age, overflow) = asOf.subtractingReportingOverflow(slots[index].effectiveAt)
        return !overflow && age.magnitude <= window.magnitude ? slots[index].value : nil
    }
}

extension LatestVitals: Equatable {
    /// The same readings in every place.
    public static func == (left: LatestVitals, right: LatestVitals) -> Bool {
        VitalParameter.allCases.allSatisfy { left[$0] == right[$0] }
    }
}
