import Foundation
import PharmacogenomicsAdapter
import StreamRuntime
import Testing

@Suite("The embedded SQL is that of Migrations/")
struct EmbeddedSQLTests {
    private static var migrations: URL {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Services/Pharmacogenomics/Migrations").standardizedFileURL
    }

    @Test("Embedding again changes nothing", arguments: PharmacogenomicsMigrations.own.map(\.version))
    func isEmbedded(version: Int) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.migrations.path)
        let name = try #require(names.first { $0.hasPrefix(String(format: "%04d_", version)) })
        let sql = try String(contentsOf: Self.migrations.appending(path: name), encoding: .utf8)
        let embedded = try #require(PharmacogenomicsMigrations.own.first { $0.version == version }?.sql)
        #expect(embedded.trimmed == sql.trimmed, "run deploy/embed-migrations")
    }

    @Test("Every file is a step")
    func everyFile() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.migrations.path)
        #expect(files.filter { $0.hasSuffix(".sql") }.count == PharmacogenomicsMigrations.own.count)
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .newlines) }
}
