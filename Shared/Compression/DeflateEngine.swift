import CZlib

/// zlib's deflate to a gzip member, a zlib stream or raw deflate.
final class DeflateEngine: EncodingEngine {
    private let format: CompressionFormat
    // On the heap: zlib refuses a stream that has moved.
    private let stream: UnsafeMutablePointer<z_stream>

    init(_ format: CompressionFormat, level: Int?) throws(CompressionError) {
        self.format = format
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard vs_deflate_init(stream, Int32(min(max(level ?? 6, 0), 9)), format.windowBits) == Z_OK else {
            stream.deallocate()
            throw CompressionError(.library, operation: format.rawValue, detail: "no memory")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func encode(_ input: [UInt8], isLast: Bool) throws(CompressionError) -> [UInt8] {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let result = input.withUnsafeBufferPointer { input -> Int32 in
            buffer.withUnsafeMutableBufferPointer { buffer -> Int32 in
                var result = Z_OK
                var start = 0
                repeat {
                    // zlib counts in 32 bits.
                    let piece = UnsafeBufferPointer(rebasing: input[start..<min(input.count, start + (1 << 30))])
                    start += piece.count
                    let flush = isLast && start == input.count ? Z_FINISH : Z_NO_FLUSH
                    stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.baseAddress)
                    stream.pointee.avail_in = UInt32(piece.count)
                    repeat {
                        stream.pointee.next_out = buffer.baseAddress
                        stream.pointee.avail_out = UInt32(buffer.count)
                        result = deflate(stream, flush)
                        output.append(contentsOf: buffer[..<(buffer.count - Int(stream.pointee.avail_out))])
                    } while stream.pointee.avail_out == 0
                } while start < input.count
                return result
            }
        }
        guard result == (isLast ? Z_STREAM_END : Z_OK) || (!isLast && result == Z_BUF_ERROR) else {
            throw CompressionError(.library, operation: format.rawValue, detail: "zlib \(result)")
        }
        return output
    }
}
