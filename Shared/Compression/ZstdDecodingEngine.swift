import CZstd

/// libzstd over frames and skippable frames.
final class ZstdDecodingEngine: DecodingEngine {
    private let context: OpaquePointer
    private var hasBegun = false
    private(set) var isAtEnd = false

    init(windowLog: Int) throws(CompressionError) {
        guard let context = ZSTD_createDCtx() else {
            throw CompressionError(.library, operation: "zstd", detail: "no memory")
        }
        let result = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Int32(windowLog))
        guard ZSTD_isError(result) == 0 else {
            ZSTD_freeDCtx(context)
            throw CompressionError(.library, operation: "zstd", detail: "window")
        }
        self.context = context
    }

    deinit { ZSTD_freeDCtx(context) }

    func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionError) -> (consumed: Int, produced: Int) {
        // Without input the library would begin a frame that nobody sent.
        if input.isEmpty, isAtEnd || !hasBegun { return (0, 0) }
        hasBegun = true
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(context, &target, &source)
        guard ZSTD_isError(result) == 0 else { throw Self.failure(result, isLater: isAtEnd) }
        // 0: a frame has ended and is flushed. With more input the next call begins another.
        isAtEnd = result == 0
        return (source.pos, target.pos)
    }

    private static func failure(_ result: Int, isLater: Bool) -> CompressionError {
        let reason = String(cString: ZSTD_getErrorName(result))
        let code: CompressionError.Code =
            switch ZSTD_getErrorCode(result) {
            case ZSTD_error_frameParameter_windowTooLarge: .windowLimit
            case ZSTD_error_memory_allocation, ZSTD_error_init_missing, ZSTD_error_stage_wrong: .library
            case ZSTD_error_dictionary_wrong, ZSTD_error_frameParameter_unsupported, ZSTD_error_version_unsupported:
                .unsupported
            case ZSTD_error_prefix_unknown: isLater ? .trailingContent : .corrupt
            default: .corrupt
            }
        return CompressionError(code, operation: "zstd", detail: reason)
    }
}
