import Foundation
import PostgresClient
import TestSupport
import Testing

@Suite("verify-full trusts only a server with our authority's certificate and the right name")
struct TLSTests {
    @Test(
        "the right authority and name connect, encrypted; another authority or name and a plain server are refused"
    )
    func verification() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vitalstream-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let authority = try CertificateAuthority(folder: folder, name: "ward")
        let stranger = try CertificateAuthority(folder: folder, name: "stranger")
        let issued = try authority.issue(dnsName: "localhost")

        let server = try await TemporaryPostgres.start(
            .init(
                hostBasedAuthentication: ["local all all trust", "hostssl all all 127.0.0.1/32 scram-sha-256"],
                certificate: issued))
        do {
            try await server.administer("CREATE ROLE reader LOGIN PASSWORD 'right'")
            var configuration = server.configuration
            configuration.host = "localhost"
            configuration.user = "reader"
            configuration.password = "right"
            configuration.acquireTimeout = .seconds(1)
            configuration.tls = .verifyFull(rootCertificate: authority.certificate.path)
            try await withPool(on: configuration) { pool async throws in
                try await pool.withConnection { connection throws in
                    let row = try connection.execute(
                        "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    #expect(try row.bool(0, 0))
                    #expect(try row.text(0, 1).hasPrefix("TLSv1."))
                    // More than a TLS record, both ways.
                    let big = [UInt8](repeating: 9, count: 1_000_000)
                    #expect(try connection.execute("SELECT $1", [.bytes(big)]).bytes(0, 0) == big)
                }
            }
            func failure(_ change: (inout PostgresConfiguration) -> Void) async -> PostgresError? {
                var changed = configuration
                change(&changed)
                return await postgresError { try await withPool(on: changed) { try await $0.withConnection { _ in } } }
            }
            #expect(
                await failure { $0.tls = .verifyFull(rootCertificate: stranger.certificate.path) }?.code == .tlsFailure)
            #expect(await failure { $0.host = "127.0.0.1" }?.code == .tlsFailure)
            #expect(await failure { $0.tls = .verifyFull(rootCertificate: "/missing.pem") }?.code == .tlsFailure)
            let wrong = await failure { $0.password = "wrong" }
            #expect(wrong?.code == .authentication && wrong?.sqlState == "28P01")
            #expect(await failure { $0.password = nil }?.code == .authentication)
            #expect(
                await failure { $0.tls = .disable }?.code == .authentication, "the server takes no plain connection")
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()

        var plain = try await TemporaryPostgres.shared.configuration
        plain.host = "localhost"
        plain.acquireTimeout = .seconds(1)
        plain.tls = .verifyFull(rootCertificate: authority.certificate.path)
        let refused = await postgresError { try await withPool(on: plain) { try await $0.withConnection { _ in } } }
        #expect(refused?.code == .tlsFailure)
    }
}

/// A certificate authority that lives as long as a test, made with the openssl command.
private struct CertificateAuthority {
    let folder: URL
    let name: String

    var certificate: URL { folder.appending(path: "\(name)-ca.pem") }

    init(folder: URL, name: String) throws {
        self.folder = folder
        self.name = name
        try openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=\(name)", "-keyout", "\(name)-ca.key", "-out", "\(name)-ca.pem",
        ])
    }

    func issue(dnsName: String) throws -> (certificate: String, key: String) {
        try "subjectAltName=DNS:\(dnsName)\n".write(
            to: folder.appending(path: "san"), atomically: true, encoding: .utf8)
        try openssl([
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(dnsName)",
            "-keyout", "server.key", "-out", "server.csr",
        ])
        try openssl([
            "x509", "-req", "-in", "server.csr", "-CA", "\(name)-ca.pem", "-CAkey", "\(name)-ca.key", "-CAcreateserial",
            "-days", "2", "-extfile", "san", "-out", "server.pem",
        ])
        return (
            try String(contentsOf: folder.appending(path: "server.pem"), encoding: .utf8),
            try String(contentsOf: folder.appending(path: "server.key"), encoding: .utf8)
        )
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ServerFailure(description: "openssl \(arguments[0]) failed") }
    }
}
