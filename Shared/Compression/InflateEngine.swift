import CZlib

/// zlib's inflate over gzip members, a zlib stream or raw deflate.
final class InflateEngine: DecodingEngine {
    private enum Place {
        /// Before the first byte.
        case start
        /// In a member.
        case inside
        /// After a member: another one, zeros that fill a block of tape, or the end.
        case between
        /// In the zeros after the last member.
        case padding
    }

    private let format: CompressionFormat
    // On the heap: zlib refuses a stream that has moved.
    private let stream: UnsafeMutablePointer<z_stream>
    private var place = Place.start

    init(_ format: CompressionFormat) throws(CompressionError) {
        self.format = format
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard vs_inflate_init(stream, format.windowBits) == Z_OK else {
            stream.deallocate()
            throw CompressionError(.library, operation: format.rawValue, detail: "no memory")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var isAtEnd: Bool { place == .between || place == .padding }

    func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionError) -> (consumed: Int, produced: Int) {
        if isAtEnd {
            guard let first = input.first else { return (0, 0) }
            guard format == .gzip else { throw trailing }
            if first == 0 || place == .padding {
                guard input.allSatisfy({ $0 == 0 }) else { throw trailing }
                place = .padding
                return (input.count, 0)
            }
            guard first == 0x1F else { throw trailing }
            guard inflateReset(stream) == Z_OK else { throw CompressionError(.library, operation: format.rawValue) }
        }
        if place != .inside, input.isEmpty { return (0, 0) }
        place = .inside
        let given = UInt32(clamping: input.count)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = given
        stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(clamping: output.count)
        let result = inflate(stream, Z_NO_FLUSH)
        let consumed = Int(given - stream.pointee.avail_in)
        let produced = output.count - Int(stream.pointee.avail_out)
        switch result {
        case Z_STREAM_END: place = .between
        case Z_OK, Z_BUF_ERROR: break
        case Z_NEED_DICT:
            throw CompressionError(.unsupported, operation: format.rawValue, detail: "a preset dictionary")
        case Z_DATA_ERROR:
            let reason = stream.pointee.msg.map { String(cString: $0) } ?? ""
            throw CompressionError(.corrupt, operation: format.rawValue, detail: reason)
        default: throw CompressionError(.library, operation: format.rawValue, detail: "zlib \(result)")
        }
        return (consumed, produced)
    }

    private var trailing: CompressionError { CompressionError(.trailingContent, operation: format.rawValue) }
}

extension CompressionFormat {
    /// The header that zlib is to expect or write.
    var windowBits: Int32 {
        switch self {
        case .gzip: 31
        case .deflate: -15
        case .zlib, .zstd: 15
        }
    }
}
