/// What is wrong with a mapping file, and where.
public struct MappingFault: Error, Equatable, Sendable {
    /// A stable code: `mapping-yaml`, `mapping-size`, `mapping-type`, `mapping-missing`, `mapping-unknown-key`, `mapping-value`.
    public let code: String
    /// The line, from 1.
    public let line: Int
    /// The column, from 1.
    public let column: Int
    /// What is wrong and what would be right.
    public let detail: String
}

extension MappingFault: CustomStringConvertible {
    /// `line 3, column 5: mapping-missing: ...`.
    public var description: String { "line \(line), column \(column): \(code): \(detail)" }
}

/// All faults of a mapping file, in the order of their lines.
public struct MappingFaults: Error, Equatable, Sendable, CustomStringConvertible {
    /// The faults; never empty.
    public let faults: [MappingFault]

    /// One line for each fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
