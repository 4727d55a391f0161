import PostgresClient
import Testing

@Suite("A connection URL is read as libpq reads it, and never printed")
struct ConfigurationTests {
    @Test("host, port, names, password and query keys")
    func parts() throws {
        let read = try PostgresConfiguration(
            url: "postgresql://an%40n:s%3Acret@db.ward:6543/vital?sslmode=verify-full&sslrootcert=/ca.pem"
                + "&application_name=x&connect_timeout=7&sslcert=/c.pem")
        #expect(read.host == "db.ward" && read.port == 6543 && read.user == "an@n" && read.password == "s:cret")
        #expect(read.database == "vital" && read.tls == .verifyFull(rootCertificate: "/ca.pem"))
        #expect(read.applicationName == "x" && read.connectTimeout == .seconds(7))
        #expect(read.connectionKeywords == ["sslcert": "/c.pem"])
        let socket = try PostgresConfiguration(url: "postgresql:///vital?host=/run/postgresql")
        #expect(socket.host == "/run/postgresql" && socket.database == "vital")
    }

    @Test(
        "a wrong URL is refused without being quoted",
        arguments: [
            "postgresql://u:hunter2@h:port/d", "postgresql://u:hunter2@h:99999/d", "hunter2",
            "postgresql://u:hunter2@h/d?x=1",
            "postgresql://u:hunter2@h/d?sslmode=verify-full", "postgresql://u:hunter2@h/d?sslmode=verify-ca",
            "postgresql://u:hunter2@h/d?connect_timeout=soon", "postgresql://u:hunter2@[::1/d",
        ])
    func refusals(url: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresConfiguration(url: url) }
        #expect(error?.code == .invalidConfiguration && error?.description.contains("hunter2") == false)
    }

    @Test("no way of printing a configuration shows the password")
    func secrecy() {
        let configuration = PostgresConfiguration(password: "hunter2")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test("a UUID's bytes, order and text agree")
    func uuid() {
        let id = UUIDBytes(hi: 0x0123_4567_89AB_CDEF, lo: 0xFEDC_BA98_7654_3210)
        #expect(id.description == "01234567-89ab-cdef-fedc-ba9876543210")
        #expect(UUIDBytes(bytes: id.bytes) == id)
        #expect(UUIDBytes(bytes: id.bytes.dropLast()) == nil && UUIDBytes(bytes: id.bytes + [0]) == nil)
        #expect(UUIDBytes(hi: 0, lo: .max) < UUIDBytes(hi: 1, lo: 0))
    }
}
