/// A form of compressed stream.
public enum CompressionFormat: String, Sendable, CaseIterable {
    /// RFC 1952: one or more members, BGZF (SAM specification, section 4.1) among them.
    case gzip
    /// RFC 1950.
    case zlib
    /// RFC 1951, without any header.
    case deflate
    /// RFC 8878: one or more frames, skippable ones among them.
    case zstd

    /// What `prefix`, the first bytes of a file, is compressed with, by its magic number; nil for anything else. Two bytes are enough for gzip,
    /// four for zstd. Raw deflate has no magic number, and zlib's is too weak to tell it from text: neither is ever named.
    public static func sniff(_ prefix: some Collection<UInt8>) -> CompressionFormat? {
        let bytes = Array(prefix.prefix(4))
        if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
        guard bytes.count == 4 else { return nil }
        if bytes == [0x28, 0xB5, 0x2F, 0xFD] { return .zstd }
        if bytes[0] & 0xF0 == 0x50, bytes[1...] == [0x2A, 0x4D, 0x18] { return .zstd }
        return nil
    }
}
