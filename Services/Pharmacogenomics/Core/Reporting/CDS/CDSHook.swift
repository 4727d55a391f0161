/// The moments of an electronic record at which the service can be asked (CDS Hooks 2.0; hook versions 1.0).
public enum CDSHook: String, Sendable, Hashable, CaseIterable {
    /// An order was chosen and is not signed yet.
    case orderSelect = "order-select"
    /// Orders are about to be signed.
    case orderSign = "order-sign"
    /// A person's record was opened.
    case patientView = "patient-view"

    /// Whether the hook's context has orders.
    public var hasOrders: Bool { self != .patientView }
}
