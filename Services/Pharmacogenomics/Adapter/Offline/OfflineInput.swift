import Compression
import Foundation
import GenomicFormats
import PharmacogenomicsCore

/// A file of genotypes, or standard input.
struct OfflineInput {
    /// How much is read at once, in bytes.
    private static let pieceBytes = 1 << 20
    /// How large a file that is read whole may be, in bytes.
    private static let largestFile = 1 << 30

    /// The path; `-` is standard input.
    let path: String

    /// The name of a sample that the file does not name: the file's own, without what follows the first point.
    var name: String {
        let last = path.split(separator: "/").last.map(String.init) ?? path
        return last.split(separator: ".").first.map(String.init) ?? last
    }

    /// The genotypes of a VCF, gVCF or BCF.
    func variants(_ intake: GenotypeIntake) throws(OfflineError) -> IntakeBatch {
        let reader = VCFIntake(intake)
        do {
            if isBinary {
                try HTSVariantFile(path: path).readText { try reader.push($0) }
            } else {
                try readPieces { try $0.withUnsafeBytes { try reader.push($0) } }
            }
            return try reader.finish()
        } catch {
            throw OfflineError(path, error)
        }
    }

    /// The genotypes of a consumer export.
    func export(_ intake: GenotypeIntake) throws(OfflineError) -> IntakeBatch {
        let bytes = try contents()
        do throws(IntakeError) {
            return try intake.read(consumerExport: bytes, sampleID: name)
        } catch {
            throw OfflineError(path, error)
        }
    }

    /// The whole file.
    func contents() throws(OfflineError) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            try readPieces { piece in
                bytes.append(contentsOf: piece)
                guard bytes.count <= Self.largestFile else {
                    throw OfflineError(file: path, detail: "it is longer than \(Self.largestFile) bytes")
                }
            }
        } catch {
            throw OfflineError(path, error)
        }
        return bytes
    }

    private func readPieces(_ body: (Data) throws -> Void) throws {
        guard path != "-" else { return try readPieces(of: .standardInput, body) }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue,
            let file = FileHandle(forReadingAtPath: path)
        else { throw OfflineError(file: path, detail: "it cannot be opened") }
        defer { try? file.close() }
        try readPieces(of: file, body)
    }

    private func readPieces(of file: FileHandle, _ body: (Data) throws -> Void) throws {
        while true {
            let piece: Data?
            do { piece = try file.read(upToCount: Self.pieceBytes) } catch {
                throw OfflineError(file: path, detail: "it cannot be read to its end")
            }
            guard let piece, !piece.isEmpty else { return }
            try body(piece)
        }
    }

    /// Whether the file is a BCF, the binary form of VCF (packed with BGZF, as a rule).
    private var isBinary: Bool {
        guard path.hasSuffix(".bcf"), let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let start = Array((try? file.read(upToCount: 64 << 10)) ?? Data())
        guard CompressionFormat.sniff(start.prefix(16)) == .gzip else { return start.starts(with: "BCF".utf8) }
        guard let decoder = try? StreamDecoder(.gzip, limits: DecompressionLimits(outputBytes: 1 << 30)) else {
            return false
        }
        return (try? decoder.decode(start))?.starts(with: "BCF".utf8) ?? false
    }
}

/// Why a file gave nothing, for a person to read: the file, the line and place in it, what is wrong and what to do.
public struct OfflineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// What is wrong.
    public let detail: String

    init(file: String, detail: String) {
        self.file = file
        self.detail = detail
    }

    init(_ file: String, _ error: any Error) {
        self = error as? OfflineError ?? OfflineError(file: file, detail: "\(error)")
    }

    /// `file: detail`.
    public var description: String { "\(file): \(detail)" }
}
