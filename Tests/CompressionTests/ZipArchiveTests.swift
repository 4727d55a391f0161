import Foundation
import Testing

@testable import Compression

@Suite("A zip archive gives what was stored, or says why not")
struct ZipArchiveTests {
    private let limits = DecompressionLimits(outputBytes: 64 << 20)
    private let text = Array("rsid\tchromosome\tposition\tgenotype\n".utf8)

    private func refusal(_ bytes: [UInt8], limits: DecompressionLimits? = nil) -> CompressionError? {
        do {
            let archive = try ZipArchive(bytes, limits: limits ?? self.limits)
            for entry in archive.entries { _ = try archive.read(entry) }
            return nil
        } catch {
            return error as? CompressionError
        }
    }

    @Test("stored, deflated and zstd entries read back, in their order")
    func methods() throws {
        var writer = ZipWriter()
        try writer.add(.init(name: "a.txt", content: text, method: 0))
        try writer.add(.init(name: "folder/", content: [], method: 0))
        try writer.add(.init(name: "folder/b.txt", content: text + text))
        try writer.add(.init(name: "../c.txt", content: Array(repeating: 65, count: 200_000), method: 93))
        let archive = try ZipArchive(writer.finished(comment: Array("PK\u{5}\u{6} is no end".utf8)), limits: limits)
        #expect(archive.entries.map(\.name) == ["a.txt", "folder/", "folder/b.txt", "../c.txt"])
        #expect(archive.entries.map(\.isDirectory) == [false, true, false, false])
        #expect(try archive.read(archive.entries[0]) == text)
        #expect(try archive.read(archive.entries[1]) == [])
        #expect(try archive.read(archive.entries[2]) == text + text)
        #expect(try archive.read(archive.entries[3]).count == 200_000)
    }

    // `printf 'heart rate 72\n' > hr.txt; printf 'heart rate 72\n' | zip -fz hr.zip hr.txt - | base64` (Info-ZIP 3.0): zip64 sizes
    // and a zip64 record of the end.
    private static let infoZIP = """
        UEsDBC0AAAAAAKxsdV2Tam+b//////////8GADAAaHIudHh0VVQJAAOUngFrlJ4Ba3V4CwABBAAAAAAEAAAAAAEAEAAOAAAAAAAAAA4AAAAAAAAAaGVhcnQg\
        cmF0ZSA3MgpQSwMELQAAAAAArGx1XZNqb5v//////////wEAFAAtAQAQAA4AAAAAAAAADgAAAAAAAABoZWFydCByYXRlIDcyClBLAQIeAy0AAAAAAKxsdV2T\
        am+bDgAAAP////8GACQAAAAAAAEAAACkgQAAAABoci50eHRVVAUAA5SeAWt1eAsAAQQAAAAABAAAAAABAAgADgAAAAAAAABQSwECHgMtAAAAAACsbHVdk2pv\
        mw4AAAD/////AQAMAAAAAAABAAAAgBFiAAAALQEACAAOAAAAAAAAAFBLBgYsAAAAAAAAAB4DLQAAAAAAAAAAAAIAAAAAAAAAAgAAAAAAAACTAAAAAAAAAKMA\
        AAAAAAAAUEsGBwAAAAA2AQAAAAAAAAEAAABQSwUGAAAAAAIAAgCTAAAA/////wAA
        """

    @Test("what Info-ZIP wrote, with zip64 sizes throughout, is read")
    func knownAnswer() throws {
        let bytes = try #require(Data(base64Encoded: Self.infoZIP))
        let archive = try ZipArchive([UInt8](bytes), limits: limits)
        #expect(archive.entries.map(\.name) == ["hr.txt", "-"])
        for entry in archive.entries { #expect(try archive.read(entry) == Array("heart rate 72\n".utf8)) }
    }

    @Test("a file is read in place")
    func file() throws {
        var writer = ZipWriter()
        try writer.add(.init(name: "a.txt", content: text))
        let url = FileManager.default.temporaryDirectory.appending(path: "vitalstream-\(UUID().uuidString).zip")
        try Data(writer.finished()).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let archive = try ZipArchive(FileByteSource(path: url.path), limits: limits)
        #expect(try archive.read(archive.entries[0]) == text)
        let error = #expect(throws: CompressionError.self) { try FileByteSource(path: url.path + ".no") }
        #expect(error?.code == .source && error?.isRetriable == true)
        #expect(throws: CompressionError.self) { try FileByteSource(path: NSTemporaryDirectory()) }
    }

    @Test("an archive that is cut anywhere is refused")
    func truncated() throws {
        var writer = ZipWriter()
        try writer.add(.init(name: "a.txt", content: text))
        let bytes = writer.finished()
        for length in 0..<bytes.count { #expect(refusal(Array(bytes[..<length])) != nil, "\(length) bytes") }
        #expect(refusal(bytes) == nil)
    }

    @Test("entries that share their bytes are refused: forty lines over one kernel")
    func overlapping() throws {
        var writer = ZipWriter()
        let kernel = ZipWriter.Entry(name: "a", content: [UInt8](repeating: 0, count: 1 << 20), checkSum: 0)
        let place = try writer.add(kernel)
        let stored = writer.bytes.count - place - 31
        for _ in 0..<40 { writer.list(kernel, stored: stored, at: place) }
        #expect(refusal(writer.finished())?.code == .overlappingEntries)
    }

    @Test("a bomb is refused by its promise, or, when it lies, by its ratio or length")
    func bombs() throws {
        let zeros = [UInt8](repeating: 0, count: 80 << 20)
        var honest = ZipWriter()
        try honest.add(.init(name: "a", content: zeros, checkSum: 0))
        #expect(refusal(honest.finished())?.code == .outputLimit)
        let wide = DecompressionLimits(outputBytes: 1 << 30)
        #expect(refusal(honest.finished(), limits: wide)?.code == .ratioLimit)
        var lying = ZipWriter()
        try lying.add(.init(name: "a", content: zeros, promisedBytes: 100, checkSum: 0))
        #expect(refusal(lying.finished())?.code == .corrupt)
        var many = ZipWriter()
        for index in 0..<200 { try many.add(.init(name: "\(index)", content: [], method: 0)) }
        let error = #expect(throws: CompressionError.self) {
            try ZipArchive(many.finished(), limits: limits, maximumEntries: 199)
        }
        #expect(error?.code == .entryLimit)
    }

    @Test("what is encrypted, of another method, or not what was stored is refused when it is read")
    func unreadable() throws {
        var writer = ZipWriter()
        try writer.add(.init(name: "a", content: text, flags: 1))
        try writer.add(.init(name: "b", content: text, method: 14))
        try writer.add(.init(name: "c", content: text, checkSum: 1))
        try writer.add(.init(name: "d", content: text, promisedBytes: 36))
        let archive = try ZipArchive(writer.finished(), limits: limits)
        let codes = archive.entries.map { entry -> CompressionError.Code? in
            do {
                _ = try archive.read(entry)
                return nil
            } catch {
                return (error as? CompressionError)?.code
            }
        }
        #expect(codes == [.unsupported, .unsupported, .corrupt, .corrupt])
    }

    @Test("a directory that promises more than it has is refused")
    func promises() throws {
        var writer = ZipWriter()
        try writer.add(.init(name: "a", content: text))
        #expect(refusal(writer.finished(promisedEntries: 2))?.code == .corrupt)
        #expect(refusal(Array("no archive at all".utf8)) != nil)
        #expect(ZipArchive<[UInt8]>.sniff(writer.finished()))
        #expect(!ZipArchive<[UInt8]>.sniff(text))
    }

    @Test("no change of one byte ends the process or gives another text")
    func mutations() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var writer = ZipWriter()
        try writer.add(.init(name: "a", content: text))
        try writer.add(.init(name: "b", content: text, method: 93))
        let bytes = writer.finished()
        for index in bytes.indices {
            var changed = bytes
            changed[index] = UInt8.random(in: 0...255, using: &random)
            guard let archive = try? ZipArchive(changed, limits: limits) else { continue }
            for entry in archive.entries where entry.uncompressedBytes == text.count {
                if let read = try? archive.read(entry) { #expect(read == text, "byte \(index), seed \(seed)") }
            }
        }
    }
}
