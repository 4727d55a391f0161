/// What a reader accepts at most, so that hostile input costs bounded memory.
public struct XMLLimits: Equatable, Sendable {
    /// Elements nested in one another.
    public let depth: Int
    /// Attributes of one element.
    public let attributes: Int
    /// Bytes of one tag, comment or processing instruction.
    public let tokenLength: Int
    /// Bytes of the text between two tags.
    public let textLength: Int
    /// Bytes of the whole document; nil for any number.
    public let bytes: Int?
    /// Bytes that the parser may hold, for names and unfinished tokens.
    public let memory: Int

    /// Limits. `memory` below 64 KiB is raised to it.
    public init(
        depth: Int = 64, attributes: Int = 256, tokenLength: Int = 1 << 20, textLength: Int = 16 << 20,
        bytes: Int? = nil,
        memory: Int = 32 << 20
    ) {
        self.depth = depth
        self.attributes = attributes
        self.tokenLength = tokenLength
        self.textLength = textLength
        self.bytes = bytes
        self.memory = max(memory, 64 << 10)
    }

    /// 64 levels, 256 attributes, tags of 1 MiB, texts of 16 MiB, 32 MiB of memory, any number of bytes.
    public static let standard = XMLLimits()
}
