/// What a sealed value belongs to. It is authenticated with the value, so that a value copied to another row or column does not open.
public struct SealingContext: Sendable, Equatable {
    /// The bytes that are authenticated.
    public let bytes: [UInt8]

    /// The context of one value of a table: `version` is that of the row's form.
    public init(table: String, column: String, row: String, version: Int = 1) {
        bytes = [UInt8](lengthPrefixing: [table, column, row, String(version)])
    }

    /// A context of any bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
