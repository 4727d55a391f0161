import Foundation

/// Where the offline commands print: lines gathered into large pieces.
public final class OfflineOutput {
    private let sink: ([UInt8]) -> Void
    private var waiting: [UInt8] = []

    /// Prints to standard output.
    public static func standardOutput() -> OfflineOutput { OfflineOutput(file: .standardOutput) }
    /// Prints to standard error.
    public static func standardError() -> OfflineOutput { OfflineOutput(file: .standardError) }

    /// Hands pieces of the output to `sink`.
    public init(_ sink: @escaping ([UInt8]) -> Void) {
        self.sink = sink
    }

    private convenience init(file: FileHandle) {
        // A reader that has gone away (`| head`) has seen what it wanted.
        self.init { try? file.write(contentsOf: Data($0)) }
    }

    func line(_ text: String) { line(Array(text.utf8)) }

    func line(_ bytes: [UInt8]) {
        waiting.append(contentsOf: bytes)
        waiting.append(UInt8(ascii: "\n"))
        if waiting.count >= 1 << 16 { flush() }
    }

    /// Hands on what waits.
    public func flush() {
        guard !waiting.isEmpty else { return }
        sink(waiting)
        waiting.removeAll(keepingCapacity: true)
    }
}
