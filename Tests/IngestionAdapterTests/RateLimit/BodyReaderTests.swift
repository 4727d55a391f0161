import Compression
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Testing

@testable import IngestionAdapter

@Suite("A body arrives as it was before it was packed, or is refused within its limits")
struct RequestBodyTests {
    private let text = [UInt8](repeating: 65, count: 50_000) + Array("heart rate 72".utf8)

    /// The length of the body as the route read it, or the refusal.
    private func read(
        _ body: [UInt8], encoding: String?, limit: Int = 100_000, ratio: Int = 10_000
    ) async throws -> (status: Int, text: String) {
        let router = Router(context: ServiceRequestContext.self)
        let bodies = IngestionAdapter.BodyReader(limit: limit, ratio: ratio)
        router.post("/") { request, _ in
            do {
                return Response(
                    status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: try await bodies.read(request))))
            } catch let error as IngestionError {
                return Response(
                    status: Reply.status(of: error),
                    body: ResponseBody(byteBuffer: ByteBuffer(string: "\(error.code.rawValue) \(error.operation)")))
            }
        }
        var headers = HTTPFields()
        if let encoding { headers[.contentEncoding] = encoding }
        let sent = headers
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: "/", method: .post, headers: sent, body: ByteBuffer(bytes: body)) {
                ($0.status.code, String(buffer: $0.body))
            }
        }
    }

    @Test("plain, gzip and zstd bodies are the same body")
    func encodings() async throws {
        let expected = String(decoding: text, as: UTF8.self)
        for (body, encoding) in [
            (text, nil), (text, "identity"), (try StreamEncoder.encode(text, .gzip), "gzip"),
            (try StreamEncoder.encode(text, .gzip), " GZIP"), (try StreamEncoder.encode(text, .zstd), "zstd"),
        ] as [([UInt8], String?)] {
            let answer = try await read(body, encoding: encoding)
            #expect(answer.status == 200 && answer.text == expected, "\(encoding ?? "plain")")
        }
    }

    @Test("another encoding, or two, is 415")
    func others() async throws {
        for encoding in ["br", "deflate", "gzip, gzip", "gzip,zstd", "x"] {
            let answer = try await read(text, encoding: encoding)
            #expect(answer.status == 415, "\(encoding)")
        }
    }

    @Test("too long, packed or unpacked, is 413; out of proportion is 413 by its own code")
    func limits() async throws {
        #expect(try await read(text, encoding: nil, limit: 1_000).text == "body-too-large receive")
        let packed = try StreamEncoder.encode(text, .gzip)
        #expect(try await read(packed, encoding: "gzip", limit: 40_000).text == "body-too-large receive")
        let zeros = [UInt8](repeating: 0, count: 16 << 20)
        for format in [CompressionFormat.gzip, .zstd] {
            let bomb = try StreamEncoder.encode(zeros, format, level: 9)
            let answer = try await read(bomb, encoding: format.rawValue, limit: 64 << 20, ratio: 200)
            #expect(answer.status == 413 && answer.text == "decompression-ratio receive", "\(format)")
        }
    }

    @Test("a packed body that is cut, broken or followed by something is 400 with its code")
    func broken() async throws {
        let packed = try StreamEncoder.encode(text, .gzip)
        #expect(try await read(packed.dropLast(3), encoding: "gzip").text == "malformed compression-truncated")
        #expect(try await read([], encoding: "gzip").text == "malformed compression-truncated")
        #expect(try await read(text, encoding: "zstd").text == "malformed compression-corrupt")
        #expect(try await read(packed + [1], encoding: "gzip").text == "malformed compression-trailing-content")
    }

    @Test("over the number of requests at a time the answer is 503, and room comes back")
    func concurrency() async throws {
        let limit = ConcurrencyLimit<ServiceRequestContext>(limit: 1)
        let router = Router(context: ServiceRequestContext.self)
        router.get("/livez") { _, _ in "ok" }
        router.add(middleware: limit)
        let (entered, enter) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
        let (left, leave) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
        router.get("/fhir/slow") { _, _ in
            enter.yield()
            for await _ in left { break }
            return "ok"
        }
        try await Application(router: router).test(.router) { client in
            async let slow = client.execute(uri: "/fhir/slow", method: .get) { $0.status.code }
            for await _ in entered { break }
            let refused = try await client.execute(uri: "/fhir/slow", method: .get)
            #expect(refused.status == .serviceUnavailable && refused.headers[.retryAfter] == "1")
            #expect(String(buffer: refused.body).contains("OperationOutcome"))
            #expect(try await client.execute(uri: "/livez", method: .get).status == .ok)
            leave.yield()
            #expect(try await slow == 200)
        }
        #expect(limit.count == 0)
    }
}
