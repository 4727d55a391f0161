/// A condition for which the tables list options.
public struct Indication: Sendable, Hashable {
    /// Our code (`major-depression`).
    public let code: String
    /// The name to show.
    public let name: String
    /// SNOMED CT concepts by which a patient's condition is recognised; the list is not exhaustive.
    public let conditions: [String]
    /// The options in the order of the table.
    public let options: [TherapyOption]
}
