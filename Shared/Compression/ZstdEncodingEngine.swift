import CZstd

/// libzstd to one frame with a check sum.
final class ZstdEncodingEngine: EncodingEngine {
    private let context: OpaquePointer

    init(level: Int?) throws(CompressionError) {
        guard let context = ZSTD_createCCtx() else {
            throw CompressionError(.library, operation: "zstd", detail: "no memory")
        }
        self.context = context
        let level = Int32(min(max(level ?? 3, 1), 19))
        guard ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)) == 0,
            ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)) == 0
        else { throw CompressionError(.library, operation: "zstd", detail: "level") }
    }

    deinit { ZSTD_freeCCtx(context) }

    func encode(_ input: [UInt8], isLast: Bool) throws(CompressionError) -> [UInt8] {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let mode = isLast ? ZSTD_e_end : ZSTD_e_continue
        let failure = input.withUnsafeBytes { input -> Int? in
            buffer.withUnsafeMutableBytes { buffer -> Int? in
                var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
                while true {
                    var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
                    let result = ZSTD_compressStream2(context, &target, &source, mode)
                    guard ZSTD_isError(result) == 0 else { return result }
                    output.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<target.pos]))
                    if isLast ? result == 0 : source.pos == source.size { return nil }
                }
            }
        }
        if let failure {
            throw CompressionError(.library, operation: "zstd", detail: String(cString: ZSTD_getErrorName(failure)))
        }
        return output
    }
}
