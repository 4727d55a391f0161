import Compression
import Foundation

/// Where the offline commands write: gathered into large pieces.
///
/// A file appears under its name when it is whole (``finish()``), never half written; one that ends in `.gz` is packed.
public final class OfflineOutput {
    private let sink: ([UInt8]) throws -> Void
    private let close: () throws -> Void
    private let name: String
    private var waiting: [UInt8] = []

    /// Writes to standard output. A reader that has gone away (`| head`) has seen what it wanted: nothing fails.
    public static func standardOutput() -> OfflineOutput {
        OfflineOutput(name: "standard output") { try? FileHandle.standardOutput.write(contentsOf: Data($0)) }
    }

    /// Writes to standard error.
    public static func standardError() -> OfflineOutput {
        OfflineOutput(name: "standard error") { try? FileHandle.standardError.write(contentsOf: Data($0)) }
    }

    /// Writes to a file; standard output when there is no path, or it is `-`.
    /// - Throws: ``OfflineError`` when it cannot be made.
    public static func file(_ path: String?) throws(OfflineError) -> OfflineOutput {
        guard let path, path != "-" else { return standardOutput() }
        let partial = path + ".partial"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let file = FileHandle(forWritingAtPath: partial)
        else { throw OfflineError(.unwritable, path, "it cannot be made") }
        do {
            let encoder = path.hasSuffix(".gz") ? try StreamEncoder(.gzip) : nil
            return OfflineOutput(
                name: path,
                close: {
                    if let encoder { try file.write(contentsOf: Data(try encoder.finish())) }
                    try file.close()
                    guard rename(partial, path) == 0 else {
                        throw OfflineError(.unwritable, path, "it cannot be put under its name")
                    }
                },
                { try file.write(contentsOf: Data(try encoder?.encode($0) ?? $0)) })
        } catch {
            throw OfflineError(.unwritable, path, "\(error)")
        }
    }

    /// Hands pieces of the output to `sink`.
    public init(
        name: String = "output", close: @escaping () throws -> Void = {}, _ sink: @escaping ([UInt8]) throws -> Void
    ) {
        self.name = name
        self.close = close
        self.sink = sink
    }

    /// A line.
    func line(_ text: String) throws(OfflineError) {
        waiting.append(contentsOf: text.utf8)
        waiting.append(UInt8(ascii: "\n"))
        if waiting.count >= 1 << 16 { try flush() }
    }

    /// A line of tab-separated fields.
    func row(_ fields: String...) throws(OfflineError) { try line(fields.joined(separator: "\t")) }

    /// Bytes as they are.
    func write(_ bytes: [UInt8]) throws(OfflineError) {
        waiting.append(contentsOf: bytes)
        if waiting.count >= 1 << 16 { try flush() }
    }

    /// Hands on what waits.
    func flush() throws(OfflineError) {
        guard !waiting.isEmpty else { return }
        do { try sink(waiting) } catch { throw failure(error) }
        waiting.removeAll(keepingCapacity: true)
    }

    /// Hands on what waits and closes.
    func finish() throws(OfflineError) {
        try flush()
        do { try close() } catch { throw failure(error) }
    }

    private func failure(_ error: any Error) -> OfflineError {
        error as? OfflineError ?? OfflineError(.unwritable, name, "it cannot be written to its end")
    }
}
