import Domain
import Foundation
import HL7v2
import IngestionAdapter
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import StreamRuntime
import TestSupport
import Testing

@Suite("The listener speaks MLLP over sockets", .timeLimit(.minutes(1)))
struct MLLPServerTests {
    @Test("Messages on one connection are answered in order, however they are cut")
    func order() async throws {
        try await MLLPFixture.serving { port, _ in
            let stream = (1...5).flatMap { MLLPDecoder.frame(MLLPFixture.message("\($0)")) }
            let pieces = stride(from: 0, to: stream.count, by: 37).map {
                Array(stream[$0..<min($0 + 37, stream.count)])
            }
            let answers = try await MLLPClient.connect(port: port).exchange(pieces, count: 5)
            #expect(try answers.map { try MLLPFixture.verdict($0) } == (1...5).map { ["AA", "\($0)"] })
        }
    }

    @Test("An answer comes only after the submission has come back")
    func durable() async throws {
        let submitter = ScriptedSubmitter()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        submitter.answers { _ in
            for await _ in gate { break }
            return [.rejected(Rejection(code: "invalid-number", place: "OBX[1]-5", detail: "no"))]
        }
        try await MLLPFixture.serving(submitter: submitter) { port, _ in
            async let answers = MLLPClient.connect(port: port).exchange(
                [MLLPDecoder.frame(MLLPFixture.message("1"))], count: 1)
            try await eventually("the message was handed in") { submitter.given.count == 1 }
            open.yield()
            #expect(try MLLPFixture.verdict(try await answers[0]) == ["AE", "1"])
        }
    }

    @Test("A frame over the limit is refused, and the connection goes on")
    func oversize() async throws {
        try await MLLPFixture.serving(MLLPConfiguration(port: 0, messageLimit: 2_000)) { port, _ in
            let large = MLLPFixture.message("big") + Array(repeating: 0x41, count: 100_000)
            let answers = try await MLLPClient.connect(port: port).exchange(
                [MLLPDecoder.frame(large), Array("garbage".utf8), MLLPDecoder.frame(MLLPFixture.message("next"))],
                count: 2)
            #expect(try answers.map { try MLLPFixture.verdict($0) } == [["AR", "big"], ["AA", "next"]])
        }
    }

    @Test("An idle connection is closed")
    func idle() async throws {
        try await MLLPFixture.serving(MLLPConfiguration(port: 0, idleTimeout: .milliseconds(100))) { port, server in
            #expect(try await MLLPClient.connect(port: port).exchange([[0x0B]], count: 0).isEmpty)
            try await eventually("it is gone") { server.connectionCount == 0 }
        }
    }

    @Test("A connection too many is closed, and there is room again when another ends")
    func limit() async throws {
        try await MLLPFixture.serving(MLLPConfiguration(port: 0, connectionLimit: 1)) { port, server in
            let first = try await MLLPClient.connect(port: port)
            try await eventually("the first is served") { server.connectionCount == 1 }
            #expect(try await MLLPClient.connect(port: port).exchange([], count: 0).isEmpty)
            let answers = try await first.exchange([MLLPDecoder.frame(MLLPFixture.message("1"))], count: 1)
            #expect(try MLLPFixture.verdict(answers[0]) == ["AA", "1"])
            try await eventually("the first is gone") { server.connectionCount == 0 }
            let next = try await MLLPClient.connect(port: port).exchange(
                [MLLPDecoder.frame(MLLPFixture.message("2"))], count: 1)
            #expect(try MLLPFixture.verdict(next[0]) == ["AA", "2"])
        }
    }

    @Test("A stop lets a message end, and waits for no idle connection")
    func stop() async throws {
        let submitter = ScriptedSubmitter()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        submitter.answers { _ in
            for await _ in gate { break }
            return [.accepted(EventID(high: 1, low: 1))]
        }
        let receiver = MLLPReceiver(
            submitter: submitter, store: MemoryAcknowledgementStore(), clock: TickingClock(), logger: MLLPFixture.logger
        )
        let server = MLLPServer(MLLPConfiguration(port: 0), receiver: receiver, logger: MLLPFixture.logger)
        let group = ServiceGroup(services: [server], logger: MLLPFixture.logger)
        async let running: Void = group.run()
        let port = await server.port
        async let idle = MLLPClient.connect(port: port).exchange([], count: 0)
        async let busy = MLLPClient.connect(port: port).exchange(
            [MLLPDecoder.frame(MLLPFixture.message("1"))], count: 1)
        try await eventually("the message was handed in") { submitter.given.count == 1 && server.connectionCount == 2 }
        await group.triggerGracefulShutdown()
        #expect(try await idle.isEmpty)
        open.yield()
        #expect(try MLLPFixture.verdict(try await busy[0]) == ["AA", "1"])
        try await running
    }

    @Test("MLLPS wants a certificate of the authority, and its common name is the source")
    func mutualTLS() async throws {
        let authority = try TestCertificates()
        defer { authority.remove() }
        let submitter = ScriptedSubmitter()
        let tls = MLLPConfiguration.TLS(
            certificate: authority.path("server.pem"), key: authority.path("server.key"),
            clientAuthority: authority.path("ca.pem"))
        try await MLLPFixture.serving(MLLPConfiguration(port: 0, tls: tls), submitter: submitter) { port, _ in
            let answers = try await MLLPClient.connect(port: port, tls: try authority.client("client")).exchange(
                [MLLPDecoder.frame(MLLPFixture.message("1"))], count: 1)
            #expect(try MLLPFixture.verdict(answers[0]) == ["AA", "1"])
            #expect(submitter.given.map(\.source) == ["ward-7"])
            // Without a certificate, and with one that the authority did not sign, nothing is taken.
            for name in [nil, "stranger"] {
                let refused = try? await MLLPClient.connect(port: port, tls: try authority.client(name)).exchange(
                    [MLLPDecoder.frame(MLLPFixture.message("2"))], count: 1)
                #expect(refused?.isEmpty ?? true)
            }
            #expect(submitter.given.count == 1)
        }
    }
}

/// An authority, a server's and a client's certificate by it, and a stranger's; made with openssl.
private struct TestCertificates {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "mllp-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        for (name, subject) in [("ca", "/CN=test authority"), ("stranger", "/CN=stranger")] {
            try openssl(
                ["req", "-x509"] + key + [
                    "-keyout", "\(name).key", "-out", "\(name).pem", "-days", "2", "-subj", subject,
                ])
        }
        for (name, subject) in [("server", "/CN=localhost"), ("client", "/O=Hospital/CN=ward-7")] {
            try openssl(["req"] + key + ["-keyout", "\(name).key", "-out", "\(name).csr", "-subj", subject])
            try openssl(
                [
                    "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                    "-out", "\(name).pem", "-days", "2",
                ])
        }
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func client(_ name: String?) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(path("ca.pem"))
        configuration.certificateVerification = .noHostnameVerification
        if let name {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(path("\(name).pem")).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: path("\(name).key"), format: .pem))
        }
        return try NIOSSLContext(configuration: configuration)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
