import Foundation

/// Lines to standard output or standard error, written in large pieces.
final class LineOutput {
    private let file: FileHandle
    private var waiting: [UInt8] = []

    init(_ file: FileHandle = .standardOutput) {
        self.file = file
    }

    func line(_ text: String) {
        waiting.append(contentsOf: text.utf8)
        waiting.append(UInt8(ascii: "\n"))
        if waiting.count >= 1 << 16 { flush() }
    }

    func flush() {
        guard !waiting.isEmpty else { return }
        // A reader that has gone away (`| head`) has seen what it wanted.
        try? file.write(contentsOf: Data(waiting))
        waiting.removeAll(keepingCapacity: true)
    }
}
