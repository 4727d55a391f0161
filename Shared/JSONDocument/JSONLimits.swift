/// What a parser accepts at most, so that hostile input costs bounded memory and stack.
public struct JSONLimits: Equatable, Sendable {
    /// Arrays and objects nested in one another; never above ``maximalDepth``.
    public let depth: Int
    /// Bytes of the whole text.
    public let bytes: Int
    /// Characters of one number.
    public let numberLength: Int

    /// The deepest nesting that can be asked for: the parser recurses, and this fits in every thread's stack.
    public static let maximalDepth = 256

    /// Limits; `depth` is clamped to `0...maximalDepth`.
    public init(depth: Int = 64, bytes: Int = 64 << 20, numberLength: Int = 256) {
        self.depth = min(max(depth, 0), Self.maximalDepth)
        self.bytes = bytes
        self.numberLength = numberLength
    }

    /// 64 levels, 64 MiB, numbers of 256 characters.
    public static let standard = JSONLimits()
}
