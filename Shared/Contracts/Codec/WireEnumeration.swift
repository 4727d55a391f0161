/// An enumeration of a contract. The raw value is the standard's own code (FHIR); the wire number is that of the .proto file.
protocol WireEnumeration: RawRepresentable<String>, CaseIterable, Sendable, Equatable {
    /// The values in the order of their numbers, beginning with number 1 (0 is never sent).
    static var wireOrder: [Self] { get }
    /// The prefix of the values' names in the .proto file, e.g. `ALERT_SEVERITY_`.
    static var protoPrefix: String { get }
}

extension WireEnumeration {
    init?(wireNumber number: UInt32) {
        let order = Self.wireOrder
        guard number >= 1, number <= order.count else { return nil }
        self = order[Int(number) - 1]
    }

    /// The number of the .proto file.
    var wireNumber: UInt32 {
        UInt32(Self.wireOrder.firstIndex(of: self).map { $0 + 1 } ?? 0)
    }

    /// The name of the .proto file.
    var protoName: String {
        Self.protoPrefix + rawValue.uppercased().replacing("-", with: "_")
    }
}
