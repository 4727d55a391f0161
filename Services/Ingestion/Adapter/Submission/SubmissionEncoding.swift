import Compression
import IngestionCore

/// Compressed values of records on the raw feeds.
enum SubmissionEncoding {
    /// The longest value that is unpacked, in bytes.
    static let limit = 64 << 20

    /// `value`, unpacked when `encoding` says that it is packed.
    static func decoded(_ value: ArraySlice<UInt8>, encoding: String?) throws(FeedRejection) -> [UInt8] {
        guard let encoding, encoding != "identity" else { return Array(value) }
        guard let format = CompressionFormat(rawValue: encoding), format == .gzip || format == .zstd else {
            throw FeedRejection(
                code: "unknown-encoding", place: "header \(FeedHeader.encoding)", detail: "must be gzip or zstd")
        }
        do {
            return try StreamDecoder.decode(
                Array(value), format, limits: DecompressionLimits(outputBytes: limit))
        } catch {
            throw FeedRejection(
                code: error.isLimit ? "decompression-limit" : "decompression-failed", place: "value",
                detail: "\(error.code.rawValue)")
        }
    }
}
