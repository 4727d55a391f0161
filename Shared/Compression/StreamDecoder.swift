/// Decompresses a stream that arrives in pieces, within ``DecompressionLimits``.
///
///     let decoder = try StreamDecoder(.gzip, limits: DecompressionLimits(outputBytes: 64 << 20))
///     for piece in pieces { try decoder.decode(piece) { output in ... } }
///     try decoder.finish()
///
/// Memory: one buffer of 64 KiB and the window of the format (32 KiB, or that of ``DecompressionLimits/zstdWindowLog``), whatever comes in. After an
/// error the decoder is spent: every later call throws the same error.
public final class StreamDecoder {
    /// The form of the stream.
    public let format: CompressionFormat
    /// Bytes that went in so far.
    public private(set) var inputBytes = 0
    /// Bytes that came out so far.
    public private(set) var outputBytes = 0

    private let limits: DecompressionLimits
    private let engine: any DecodingEngine
    private let buffer: UnsafeMutableRawBufferPointer
    private var failure: CompressionError?

    /// A decoder of one stream.
    ///
    /// - Throws: ``CompressionError/Code/library`` when there is no memory.
    public init(_ format: CompressionFormat, limits: DecompressionLimits) throws(CompressionError) {
        self.format = format
        self.limits = limits
        engine =
            switch format {
            case .gzip, .zlib, .deflate: try InflateEngine(format)
            case .zstd: try ZstdDecodingEngine(windowLog: limits.zstdWindowLog)
            }
        buffer = .allocate(byteCount: 1 << 16, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// Takes the next bytes of the stream and lends what comes out of them to `emit`, piece by piece, at most 64 KiB each.
    ///
    /// - Throws: ``CompressionError``, or what `emit` throws.
    public func decode(_ input: UnsafeRawBufferPointer, emit: (UnsafeRawBufferPointer) throws -> Void) throws {
        if let failure { throw failure }
        guard !input.isEmpty else { return }
        do {
            var rest = input
            while true {
                let step = try engine.step(rest, into: buffer)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(step.consumed))
                inputBytes += step.consumed
                outputBytes += step.produced
                try limits.check(output: outputBytes, input: inputBytes, operation: format.rawValue)
                if step.produced > 0 {
                    try emit(UnsafeRawBufferPointer(rebasing: buffer[..<step.produced]))
                }
                // A full buffer may mean that more is waiting inside the library, even when no input is left.
                if step.consumed == 0 && step.produced == 0 || rest.isEmpty && step.produced < buffer.count { break }
            }
            guard rest.isEmpty else {
                throw CompressionError(.corrupt, operation: format.rawValue, detail: "no progress")
            }
        } catch let error as CompressionError {
            failure = error
            throw error
        }
    }

    /// Takes the next bytes of the stream; what comes out of them. The output of one call is bounded by the limits alone.
    public func decode(_ input: [UInt8]) throws(CompressionError) -> [UInt8] {
        var output: [UInt8] = []
        do {
            try input.withUnsafeBytes { bytes in try decode(bytes) { output.append(contentsOf: $0) } }
        } catch let error as CompressionError {
            throw error
        } catch {
            throw CompressionError(.library, operation: format.rawValue)
        }
        return output
    }

    /// Says that the stream has ended.
    ///
    /// - Throws: ``CompressionError/Code/truncated`` when it stands inside a member or frame, or had none.
    public func finish() throws(CompressionError) {
        if let failure { throw failure }
        guard engine.isAtEnd else {
            let error = CompressionError(.truncated, operation: format.rawValue)
            failure = error
            throw error
        }
    }

    /// The whole of `bytes`, decompressed.
    public static func decode(
        _ bytes: [UInt8], _ format: CompressionFormat, limits: DecompressionLimits
    ) throws(CompressionError) -> [UInt8] {
        let decoder = try StreamDecoder(format, limits: limits)
        let output = try decoder.decode(bytes)
        try decoder.finish()
        return output
    }
}

/// One library's decoder of one stream.
protocol DecodingEngine: AnyObject {
    /// Whether the stream may end here.
    var isAtEnd: Bool { get }

    /// Decodes what of `input` fits into `output`. Nothing consumed and nothing produced means that no more can be done with what is there.
    func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionError) -> (consumed: Int, produced: Int)
}
