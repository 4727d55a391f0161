import Compression
public import Hummingbird

/// Reads the body of a request into memory, unpacked, within limits: `Content-Encoding` gzip and zstd are understood.
public struct BodyReader: Sendable {
    /// Bytes that a body may have as it is sent, and unpacked.
    public let limit: Int
    /// Bytes that may come out for each byte that went in, over bodies of more than 1 MiB.
    public let ratio: Int

    /// Bodies of up to `limit` bytes, unpacked, that grow by `ratio` at most.
    public init(limit: Int, ratio: Int = 200) {
        self.limit = limit
        self.ratio = ratio
    }

    /// The unpacked body of `request`.
    ///
    /// Memory: never more than ``limit`` and a piece of 64 KiB, whatever is sent. The body is refused as soon as it breaks a limit.
    /// - Throws: ``IngestionError`` `.bodyTooLarge`, `.decompression`, `.unsupportedMediaType` (another encoding, or several), `.malformed` (the
    ///   operation names the cause, such as `compression-truncated`); or what the connection throws when the sender goes.
    public func read(_ request: Request) async throws -> [UInt8] {
        let format = try Self.encoding(of: request)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        var bytes: [UInt8] = []
        guard let format else {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
            return bytes
        }
        let unpacked = UnpackedBody(try decoder(format))
        for try await buffer in request.body {
            guard unpacked.sent + buffer.readableBytes <= limit else { throw tooLarge }
            do {
                try unpacked.take(buffer)
            } catch let error as CompressionError {
                throw refusal(error)
            }
        }
        do {
            return try unpacked.finished()
        } catch {
            throw refusal(error)
        }
    }

    private func decoder(_ format: CompressionFormat) throws(IngestionError) -> StreamDecoder {
        do {
            return try StreamDecoder(format, limits: DecompressionLimits(outputBytes: limit, ratio: ratio))
        } catch {
            throw refusal(error)
        }
    }

    /// How the body is packed; nil for not at all.
    static func encoding(of request: Request) throws(IngestionError) -> CompressionFormat? {
        let text = (request.headers[.contentEncoding] ?? "identity").lowercased()
        switch text.filter({ $0 != " " && $0 != "\t" }) {
        case "", "identity": return nil
        case "gzip", "x-gzip": return .gzip
        case "zstd": return .zstd
        default:
            throw IngestionError(
                .unsupportedMediaType, operation: "receive",
                detail: "the content encodings are gzip and zstd, one at a time")
        }
    }

    private func refusal(_ error: CompressionError) -> IngestionError {
        switch error.code {
        case .outputLimit: tooLarge
        case .ratioLimit, .windowLimit:
            IngestionError(
                .decompression, operation: "receive",
                detail: "the unpacked body is out of proportion (\(error.detail)); send it unpacked, or in parts")
        case .library, .source:
            IngestionError(.unavailable, operation: "receive", detail: "the body could not be unpacked")
        default: IngestionError(.malformed, operation: error.code.rawValue, detail: "the packed body")
        }
    }

    private var tooLarge: IngestionError {
        IngestionError(
            .bodyTooLarge, operation: "receive", detail: "the limit is \(limit) bytes, unpacked; send smaller parts")
    }
}

/// A packed body as it comes in.
private final class UnpackedBody {
    private let decoder: StreamDecoder
    private var bytes: [UInt8] = []
    private(set) var sent = 0

    init(_ decoder: StreamDecoder) {
        self.decoder = decoder
    }

    func take(_ buffer: ByteBuffer) throws {
        sent += buffer.readableBytes
        try buffer.withUnsafeReadableBytes { input in
            try decoder.decode(input) { bytes.append(contentsOf: $0) }
        }
    }

    func finished() throws(CompressionError) -> [UInt8] {
        try decoder.finish()
        return bytes
    }
}
