import AlertEngineCore
import Foundation

/// Scores a CSV file with NEWS2, in chunks, so that its size does not matter.
public enum NEWS2File {
    /// The name that stands for standard input.
    public static let standardInput = "-"

    private static let chunkBytes = 1 << 16

    /// Scores every row of the file.
    ///
    /// - Parameters:
    ///   - path: the file, or `-` for standard input.
    ///   - line: takes the JSON line of each row that was scored.
    ///   - complaint: takes the line about each row that was not; it names file, row and field and holds no value.
    /// - Returns: how many rows were scored and how many were not.
    /// - Throws: ``AlertEngineError`` when the file cannot be read, is no CSV, or lacks a column.
    public static func score(
        _ path: String, line: (String) -> Void, complaint: (String) -> Void
    ) throws -> (scored: Int, malformed: Int) {
        let name = path == standardInput ? "standard input" : path
        let file = try open(path, name: name)
        defer { try? file.close() }
        var table = NEWS2Table()
        var scored = 0
        var malformed = 0
        func take(_ result: NEWS2Table.Result) {
            switch result {
            case .scored(let row):
                scored += 1
                line(row.json)
            case .malformed(let error):
                malformed += 1
                complaint("\(name): \(error.detail)")
            }
        }
        do {
            while let chunk = try file.read(upToCount: chunkBytes), !chunk.isEmpty { try table.read(chunk, take) }
            try table.finish(take)
        } catch let error as AlertEngineError {
            throw AlertEngineError(code: error.code, operation: error.operation, detail: "\(name): \(error.detail)")
        } catch {
            throw AlertEngineError(code: .unreadableFile, operation: "read", detail: "\(name) cannot be read")
        }
        return (scored, malformed)
    }

    private static func open(_ path: String, name: String) throws(AlertEngineError) -> FileHandle {
        if path == standardInput { return .standardInput }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw AlertEngineError(code: .unreadableFile, operation: "open", detail: "\(name) cannot be opened")
        }
        return file
    }
}
