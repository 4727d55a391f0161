/// Compresses a stream that is given in pieces.
///
///     let encoder = try StreamEncoder(.zstd)
///     var bytes = try encoder.encode(piece)
///     bytes += try encoder.finish()
public final class StreamEncoder {
    /// The form of the stream.
    public let format: CompressionFormat
    private let engine: any EncodingEngine

    /// An encoder of one stream. `level` is the library's own (zlib 0...9, zstd 1...19, clamped); nil takes its default, 6 and 3.
    ///
    /// - Throws: ``CompressionError/Code/library`` when there is no memory.
    public init(_ format: CompressionFormat, level: Int? = nil) throws(CompressionError) {
        self.format = format
        engine =
            switch format {
            case .gzip, .zlib, .deflate: try DeflateEngine(format, level: level)
            case .zstd: try ZstdEncodingEngine(level: level)
            }
    }

    /// Takes the next bytes; what can be written of the stream so far, perhaps nothing.
    public func encode(_ input: [UInt8]) throws(CompressionError) -> [UInt8] {
        try engine.encode(input, isLast: false)
    }

    /// Ends the stream; the rest of it.
    public func finish() throws(CompressionError) -> [UInt8] {
        try engine.encode([], isLast: true)
    }

    /// The whole of `bytes`, compressed.
    public static func encode(
        _ bytes: [UInt8], _ format: CompressionFormat, level: Int? = nil
    ) throws(CompressionError) -> [UInt8] {
        let encoder = try StreamEncoder(format, level: level)
        let output = try encoder.encode(bytes)
        return try output + encoder.finish()
    }
}

/// One library's encoder of one stream.
protocol EncodingEngine: AnyObject {
    /// What comes out when `input` goes in, and, when it is the last, the end of the stream.
    func encode(_ input: [UInt8], isLast: Bool) throws(CompressionError) -> [UInt8]
}
