import Compression
import Foundation

/// A file that is read whole, or standard input; gzip and zstd are inflated, whatever the file is called.
struct OfflineInput {
    /// How large a file may be after inflation, in bytes.
    private static let largest = 8 << 30
    private static let pieceBytes = 1 << 20

    /// The path; `-` is standard input.
    let path: String

    /// The bytes, inflated, without a byte order mark.
    func contents() throws(OfflineError) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            var decoder: StreamDecoder?
            var isFirst = true
            try pieces { piece in
                if isFirst, let format = CompressionFormat.sniff(piece.prefix(4)) {
                    decoder = try StreamDecoder(
                        format, limits: DecompressionLimits(outputBytes: Self.largest, ratio: 2000))
                }
                isFirst = false
                if let decoder {
                    try piece.withUnsafeBytes { try decoder.decode($0) { bytes.append(contentsOf: $0) } }
                } else {
                    bytes.append(contentsOf: piece)
                }
                guard bytes.count <= Self.largest else {
                    throw OfflineError(.unreadable, path, "it is longer than \(Self.largest) bytes")
                }
            }
            try decoder?.finish()
        } catch let error as OfflineError {
            throw error
        } catch {
            throw OfflineError(.unreadable, path, "\(error)")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return bytes
    }

    /// The contents as text.
    func text() throws(OfflineError) -> String {
        guard let text = String(validating: try contents(), as: UTF8.self) else {
            throw OfflineError(.malformed, path, "it is not UTF-8")
        }
        return text
    }

    private func pieces(_ body: (Data) throws -> Void) throws {
        guard path != "-" else { return try pieces(of: .standardInput, body) }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue,
            let file = FileHandle(forReadingAtPath: path)
        else { throw OfflineError(.unreadable, path, "it cannot be opened") }
        defer { try? file.close() }
        try pieces(of: file, body)
    }

    private func pieces(of file: FileHandle, _ body: (Data) throws -> Void) throws {
        while true {
            let piece: Data?
            do { piece = try file.read(upToCount: Self.pieceBytes) } catch {
                throw OfflineError(.unreadable, path, "it cannot be read to its end")
            }
            guard let piece, !piece.isEmpty else { return }
            try body(piece)
        }
    }
}
