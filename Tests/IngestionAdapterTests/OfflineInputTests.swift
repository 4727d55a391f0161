import Compression
import Domain
import Foundation
import IngestionAdapter
import IngestionCore
import Testing

@Suite("A file says the same however it is packed")
struct OfflineInputTests {
    private static let calls = """
        ##fileformat=VCFv4.2
        ##contig=<ID=1>
        ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts1
        1\t10\trs1\tA\tG\t.\tPASS\t.\tGT\t0/1
        1\t20\trs2\tC\tT\t.\tPASS\t.\tGT\t1|1

        """

    private func outcomes(of bytes: [UInt8], name: String) throws -> [FactOutcome] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "offline-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(bytes).write(to: file)
        if name.hasSuffix(".bcf") { try convert(file) }
        var outcomes: [FactOutcome] = []
        let decoder = try OfflineOptions(format: .vcf).decoder(of: "calls", receivedAt: Fixture.receivedAt)
        try OfflineInput(path: file.path).read(into: decoder.stream(.vcf) { outcomes.append($0) })
        return outcomes
    }

    /// Writes the VCF at `file` anew as a BCF.
    private func convert(_ file: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/bcftools")
        process.arguments = ["view", "-Ob", "-o", file.path + ".new", file.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        try FileManager.default.removeItem(at: file)
        try FileManager.default.moveItem(atPath: file.path + ".new", toPath: file.path)
    }

    @Test("plain, gzip and zstd")
    func packed() throws {
        let bytes = Array(Self.calls.utf8)
        let plain = try outcomes(of: bytes, name: "calls.vcf")
        #expect(plain.flatMap(\.facts).count == 1)
        #expect(try outcomes(of: StreamEncoder.encode(bytes, .gzip), name: "calls.vcf.gz") == plain)
        #expect(try outcomes(of: StreamEncoder.encode(bytes, .zstd), name: "calls.vcf.zst") == plain)
    }

    @Test(
        "BCF, the binary form of VCF",
        .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/bcftools"), "skipped: bcftools is not here"))
    func binary() throws {
        let bytes = Array(Self.calls.utf8)
        #expect(try outcomes(of: bytes, name: "calls.bcf") == outcomes(of: bytes, name: "calls.vcf"))
    }

    @Test("what is cut short is an error that names the file")
    func truncated() throws {
        let packed = try StreamEncoder.encode(Array(Self.calls.utf8), .gzip)
        let error = #expect(throws: IngestionError.self) {
            try outcomes(of: Array(packed.dropLast(9)), name: "calls.vcf.gz")
        }
        #expect(error?.operation.hasSuffix("calls.vcf.gz") == true)
    }
}
