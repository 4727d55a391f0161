import Testing

@testable import Compression

@Suite("A decompression bomb is refused before it costs anything")
struct BombTests {
    /// `count` zero bytes, compressed, made piece by piece.
    private func zeros(_ count: Int, _ format: CompressionFormat) throws -> [UInt8] {
        let encoder = try StreamEncoder(format, level: 9)
        let piece = [UInt8](repeating: 0, count: 1 << 20)
        var stream: [UInt8] = []
        for _ in 0..<count >> 20 { stream += try encoder.encode(piece) }
        return try stream + encoder.finish()
    }

    @Test(
        "256 MiB of zeros is refused by its ratio, with no more than the grace let out",
        arguments: CompressionFormat.allCases)
    func ratio(format: CompressionFormat) throws {
        let bomb = try zeros(256 << 20, format)
        let limits = DecompressionLimits(outputBytes: .max, ratio: 200, graceBytes: 1 << 20)
        let decoder = try StreamDecoder(format, limits: limits)
        var out = 0
        let error = #expect(throws: CompressionError.self) {
            try bomb.withUnsafeBytes { try decoder.decode($0) { out += $0.count } }
        }
        #expect(error?.code == .ratioLimit && error?.isLimit == true)
        // The ratio is judged over what the library has taken in, which may be a block ahead of what it let out.
        #expect(out <= 4 << 20, "\(out) bytes came out")
    }

    @Test("whatever compresses honestly is stopped at the size limit", arguments: CompressionFormat.allCases)
    func size(format: CompressionFormat) throws {
        var random = SeededGenerator(seed: 7)
        let text = (0..<300_000).map { _ in UInt8.random(in: 97...122, using: &random) }
        let stream = try StreamEncoder.encode(text, format)
        let exact = DecompressionLimits(outputBytes: text.count)
        #expect(try StreamDecoder.decode(stream, format, limits: exact) == text)
        let error = #expect(throws: CompressionError.self) {
            try StreamDecoder.decode(stream, format, limits: DecompressionLimits(outputBytes: text.count - 1))
        }
        #expect(error?.code == .outputLimit)
    }

    @Test("many small bombs in a row are one bomb")
    func manyMembers() throws {
        let member = try StreamEncoder.encode([UInt8](repeating: 0, count: 500_000), .gzip, level: 9)
        let bomb = Array(repeatElement(member, count: 100).joined())
        let error = #expect(throws: CompressionError.self) {
            try StreamDecoder.decode(bomb, .gzip, limits: DecompressionLimits(outputBytes: .max))
        }
        #expect(error?.code == .ratioLimit)
    }

    @Test("a short text of one letter is no bomb")
    func grace() throws {
        let text = [UInt8](repeating: 32, count: 1 << 20)
        let stream = try StreamEncoder.encode(text, .zstd)
        #expect(text.count > stream.count * 200)
        #expect(try StreamDecoder.decode(stream, .zstd, limits: DecompressionLimits(outputBytes: .max)) == text)
    }

    @Test("a zstd frame that asks for a window of 2 GiB gets none of it")
    func window() throws {
        // RFC 8878, section 3.1.1: no single segment, no content size; window descriptor with exponent 21 (2^31 bytes); one empty last block.
        let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 21 << 3, 0x01, 0x00, 0x00]
        let error = #expect(throws: CompressionError.self) {
            try StreamDecoder.decode(frame, .zstd, limits: DecompressionLimits(outputBytes: 1 << 30))
        }
        #expect(error?.code == .windowLimit)
        // The same frame with a window of 8 MiB is an empty text.
        var modest = frame
        modest[5] = 13 << 3
        #expect(try StreamDecoder.decode(modest, .zstd, limits: DecompressionLimits(outputBytes: 1 << 30)) == [])
    }
}
