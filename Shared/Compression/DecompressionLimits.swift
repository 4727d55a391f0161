/// What a decoder lets out at most, so that hostile bytes cost bounded memory and time.
public struct DecompressionLimits: Equatable, Sendable {
    /// Bytes that may come out in all.
    public let outputBytes: Int
    /// Bytes that may come out for each byte that went in, once ``graceBytes`` are out.
    public let ratio: Int
    /// Bytes that may come out whatever the ratio: short texts of one letter compress very well.
    public let graceBytes: Int
    /// The binary logarithm of the largest window of a zstd frame; 23 (8 MiB) is what RFC 8878 asks every decoder for and RFC 9659 allows on the web.
    public let zstdWindowLog: Int

    /// Limits; numbers below 1 count as 1 (`graceBytes`: 0), and the window's logarithm is clamped to what zstd knows, 10...31.
    public init(outputBytes: Int, ratio: Int = 200, graceBytes: Int = 1 << 20, zstdWindowLog: Int = 23) {
        self.outputBytes = max(1, outputBytes)
        self.ratio = max(1, ratio)
        self.graceBytes = max(0, graceBytes)
        self.zstdWindowLog = min(max(zstdWindowLog, 10), 31)
    }

    /// Throws when `output` bytes out of `input` bytes are too many.
    func check(output: Int, input: Int, operation: String) throws(CompressionError) {
        guard output <= outputBytes else {
            throw CompressionError(.outputLimit, operation: operation, detail: "over \(outputBytes) bytes")
        }
        let (allowed, overflow) = input.multipliedReportingOverflow(by: ratio)
        guard overflow || output <= graceBytes || output <= allowed else {
            throw CompressionError(.ratioLimit, operation: operation, detail: "over \(ratio) to 1")
        }
    }
}
