import Foundation
import GenomicFormats
import TestSupport
import Testing

@Suite("A FASTA is indexed and digested as samtools and refget do")
struct FASTATests {
    struct Reading {
        var sequences: [FASTASequence] = []
        var refused: [GenomicFormatError] = []
        var failure: GenomicFormatError?

        init(_ bytes: [UInt8], pieces: Int = 1 << 16) {
            let reader = FASTAReader()
            do {
                for start in stride(from: 0, to: bytes.count, by: pieces) {
                    try reader.push(Array(bytes[start..<min(start + pieces, bytes.count)])) { take($0) }
                }
                try reader.finish { take($0) }
            } catch let error as GenomicFormatError {
                failure = error
            } catch {
                failure = GenomicFormatError(code: "unexpected", operation: "test", line: 0, detail: "\(error)")
            }
        }

        init(_ text: String) {
            self.init(Array(text.utf8))
        }

        private mutating func take(_ event: FASTAEvent) {
            switch event {
            case .sequence(let sequence): sequences.append(sequence)
            case .refused(let error): refused.append(error)
            }
        }
    }

    /// `samtools faidx` of some bytes; nil when samtools is not installed.
    private func samtools(_ bytes: [UInt8]) throws -> String? {
        try Files.withFolder { folder in
            let file = folder.appending(path: "x.fa")
            try Data(bytes).write(to: file)
            guard Files.output(of: ["samtools", "faidx", file.path]) != nil else { return nil }
            return String(decoding: try Data(contentsOf: file.appendingPathExtension("fai")), as: UTF8.self)
        }
    }

    @Test(
        "The index equals that of samtools for every shared file, and any cut of the bytes gives it",
        .enabled(if: SharedData.isAvailable("genomics/fasta"), Comment(rawValue: SharedData.skipNote)))
    func sharedFiles() throws {
        let isInstalled = try samtools(Array(">a\nACGT\n".utf8)) != nil
        if !isInstalled { print("skipped: samtools is not installed") }
        for name in Files.names(in: "genomics/fasta") {
            let bytes = try Files.text("genomics/fasta/\(name)")
            let reading = Reading(bytes)
            #expect(reading.failure == nil && reading.refused.isEmpty, "\(name): \(reading.refused)")
            #expect(Reading(bytes, pieces: 61).sequences == reading.sequences)
            let index = reading.sequences.map { $0.faiLine + "\n" }.joined()
            if isInstalled { #expect(try samtools(bytes) == index, "\(name)") }
        }
    }

    @Test(
        "Line ends, blank lines and a missing last line end are indexed as samtools does",
        arguments: [
            ">a\nACGT\nAC\n", ">a x y\r\nACGT\r\nACGT\r\nA\r\n>b\r\nA\r\n", ">a\nACGT\nACGT\n\n>b\nAC\nA\n",
            ">a\nACGTAC\n",
            ">a\nACG\nACG\nA",
        ])
    func forms(_ text: String) throws {
        guard let golden = try samtools(Array(text.utf8)) else { return }
        #expect(Reading(text).sequences.map { $0.faiLine + "\n" }.joined() == golden)
    }

    @Test(
        "What samtools refuses is refused",
        arguments: [
            (">a\nACGT\nAC\nACGT\n", "fasta-line-length"), (">a\nACGT\nACGTA\n", "fasta-line-length"),
            (">a\nACGT\n\nACGT\n", "fasta-line-length"), (">a\nAC\n>a\nAC\n", "fasta-duplicate"),
            (">a\nAC1\n", "fasta-character"), (">a\n>b\nAC\n", "fasta-no-bases"),
        ])
    func refusals(_ text: String, _ code: String) {
        #expect(Reading(text).refused.map(\.code) == [code])
    }

    @Test("What is no FASTA stops the reading")
    func fatal() {
        #expect(Reading("ACGT\n").failure?.code == "fasta-start")
        #expect(Reading("@r\nACGT\n+\nIIII\n").failure?.code == "fasta-start")
        #expect(Reading("").failure?.code == "fasta-empty")
    }

    /// refget 2.0.0, section "Checksum calculation": SHA-512 truncated to 24 bytes of `ACGT` in Base64url; MD5 of `ACGT`.
    @Test("The digests of ACGT are those of refget, whatever the case")
    func digests() {
        for text in [">a\nACGT\n", ">a\nacGT\n", ">a\nAC\nGT\n"] {
            let sequence = Reading(text).sequences.first
            #expect(sequence?.sha512t24u == "aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2")
            #expect(sequence?.md5 == "f1f8f4bf413b16ad135722aa4591043e")
        }
    }
}
