/// What a processor remembers of one key. A row in PostgreSQL, cached while the partition is owned.
///
/// A key may have events on several topics and request lanes. Then the order between them is open, a state is saved only over the version
/// that it was made from, and a batch that meets a newer version is handled again on that; a processor sees nothing of it.
public protocol KeyedState: Sendable {
    /// The state of a key that has none yet.
    init()

    /// Reads the bytes that ``encode(into:)`` wrote.
    ///
    /// - Throws: when the bytes are of an unknown version or broken; the partition then halts with that cause.
    init(decoding bytes: [UInt8]) throws

    /// Appends the state's bytes, a version first.
    func encode(into bytes: inout [UInt8])
}

/// The state of a processor that remembers nothing.
public struct NoState: KeyedState {
    /// Nothing.
    public init() {}
    /// Nothing, whatever the bytes.
    public init(decoding bytes: [UInt8]) {}
    /// Appends nothing.
    public func encode(into bytes: inout [UInt8]) {}
}
