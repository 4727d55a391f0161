import Testing

@testable import Compression

@Suite("A compressed stream comes out as it went in, however it is cut")
struct StreamDecoderTests {
    private let limits = DecompressionLimits(outputBytes: 64 << 20, ratio: 2_000, graceBytes: 16 << 20)

    @Test("what is compressed and cut into pieces reads back", arguments: CompressionFormat.allCases)
    func roundTrip(format: CompressionFormat) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let text = random.text(upTo: 300_000)
            let encoder = try StreamEncoder(format, level: Int.random(in: 1...6, using: &random))
            var compressed: [UInt8] = []
            for piece in random.pieces(of: text) { compressed += try encoder.encode(piece) }
            compressed += try encoder.finish()
            let decoder = try StreamDecoder(format, limits: limits)
            var read: [UInt8] = []
            for piece in random.pieces(of: compressed) { read += try decoder.decode(piece) }
            try decoder.finish()
            #expect(read == text, "\(format), seed \(seed)")
            #expect(decoder.inputBytes == compressed.count && decoder.outputBytes == text.count)
        }
    }

    // Written by `printf 'heart rate 72\n' | gzip -n9 | xxd -i` (gzip 1.12) and `... | zstd -19 --no-check | xxd -i` (zstd 1.5.4).
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0x4D, 0x2C, 0x2A, 0x51, 0x28, 0x4A,
        0x2C, 0x49,
        0x55, 0x30, 0x37, 0xE2, 0x02, 0x00, 0x93, 0x6A, 0x6F, 0x9B, 0x0E, 0x00, 0x00, 0x00,
    ]
    private static let zstd: [UInt8] = [
        0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x68, 0x71, 0x00, 0x00, 0x68, 0x65, 0x61, 0x72, 0x74, 0x20, 0x72, 0x61, 0x74,
        0x65, 0x20,
        0x37, 0x32, 0x0A,
    ]

    @Test("what the command-line programs wrote is read")
    func knownAnswers() throws {
        let text = Array("heart rate 72\n".utf8)
        #expect(try StreamDecoder.decode(Self.gzip, .gzip, limits: limits) == text)
        #expect(try StreamDecoder.decode(Self.zstd, .zstd, limits: limits) == text)
    }

    @Test(
        "members and frames that follow one another are one stream, whatever the cut",
        arguments: [CompressionFormat.gzip, .zstd])
    func severalMembers(format: CompressionFormat) throws {
        let parts: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 100_000)]
        let stream = try parts.flatMap { try StreamEncoder.encode($0, format) }
        for size in [1, 2, 17, stream.count] {
            let decoder = try StreamDecoder(format, limits: limits)
            var read: [UInt8] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                read += try decoder.decode(Array(stream[start..<min(start + size, stream.count)]))
            }
            try decoder.finish()
            #expect(read == parts.flatMap { $0 })
        }
    }

    @Test("the empty block that ends a BGZF file is a member like any other")
    func blockGzip() throws {
        // SAM specification, section 4.1.2: the end-of-file marker.
        let marker: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1B, 0, 0x03, 0, 0, 0, 0, 0, 0,
            0, 0, 0,
        ]
        #expect(try StreamDecoder.decode(Self.gzip + marker, .gzip, limits: limits) == Array("heart rate 72\n".utf8))
        #expect(try StreamDecoder.decode(marker, .gzip, limits: limits) == [])
    }

    @Test("zeros may fill the block of a tape behind gzip; a skippable frame may stand before zstd")
    func padding() throws {
        let text = Array("heart rate 72\n".utf8)
        #expect(try StreamDecoder.decode(Self.gzip + Array(repeating: 0, count: 300), .gzip, limits: limits) == text)
        // RFC 8878, section 3.1.2: magic number 0x184D2A5?, 4 bytes of length, content.
        let skippable: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9]
        #expect(try StreamDecoder.decode(skippable + Self.zstd, .zstd, limits: limits) == text)
    }

    @Test("anything else behind the stream is refused", arguments: CompressionFormat.allCases)
    func trailing(format: CompressionFormat) throws {
        let stream = try StreamEncoder.encode(Array("x".utf8), format)
        let error = #expect(throws: CompressionError.self) {
            try StreamDecoder.decode(stream + Array("junk".utf8), format, limits: limits)
        }
        #expect(error?.code == .trailingContent)
    }

    @Test(
        "a stream that is cut anywhere, even before its first byte, is truncated", arguments: CompressionFormat.allCases
    )
    func truncated(format: CompressionFormat) throws {
        let stream = try StreamEncoder.encode(Array("heart rate 72, heart rate 73, heart rate 74".utf8), format)
        for length in 0..<stream.count {
            let error = #expect(throws: CompressionError.self, "\(length) bytes") {
                try StreamDecoder.decode(Array(stream[..<length]), format, limits: limits)
            }
            #expect(error?.code == .truncated, "\(length) bytes")
        }
    }

    @Test(
        "a changed byte never goes unseen where the format has a check sum",
        arguments: [CompressionFormat.gzip, .zlib, .zstd])
    func flipped(format: CompressionFormat) throws {
        let text = Array("heart rate 72, heart rate 73, heart rate 74".utf8)
        let stream = try StreamEncoder.encode(text, format)
        for index in stream.indices {
            var changed = stream
            changed[index] ^= 0x10
            // Some bytes of a header (time, system) mean nothing to the content.
            let read = try? StreamDecoder.decode(changed, format, limits: limits)
            #expect(read == nil || read == text, "byte \(index)")
        }
    }

    @Test("after an error every call throws it again")
    func spent() throws {
        let decoder = try StreamDecoder(.gzip, limits: limits)
        #expect(throws: CompressionError.self) { try decoder.decode([1, 2, 3]) }
        #expect(throws: CompressionError.self) { try decoder.decode(Self.gzip) }
        #expect(throws: CompressionError.self) { try decoder.finish() }
    }

    @Test("the magic number names gzip and zstd, and nothing else")
    func sniffing() {
        #expect(CompressionFormat.sniff(Self.gzip) == .gzip)
        #expect(CompressionFormat.sniff(Self.gzip.prefix(2)) == .gzip)
        #expect(CompressionFormat.sniff(Self.zstd) == .zstd)
        #expect(CompressionFormat.sniff([0x5F, 0x2A, 0x4D, 0x18]) == .zstd)
        #expect(CompressionFormat.sniff(Array("{\"a\":1}".utf8)) == nil)
        #expect(CompressionFormat.sniff([0x28, 0xB5]) == nil)
        #expect(CompressionFormat.sniff([]) == nil)
    }
}
