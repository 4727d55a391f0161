import Foundation

/// The real data that lies beside the repository (`../shared/data`, or `VITALSTREAM_SHARED/data`) and is never
/// committed.
///
/// ```swift
/// @Test(.enabled(if: SharedData.isAvailable("fhir-r4"), SharedData.skipNote))
/// ```
public enum SharedData {
    /// The folder of the data.
    public static let directory: URL = {
        let shared =
            Repository.environment("VITALSTREAM_SHARED").map { URL(filePath: $0) }
            ?? Repository.root.deletingLastPathComponent().appending(path: "shared")
        return shared.appending(path: "data")
    }()

    /// True when the folder exists.
    public static var isAvailable: Bool { isAvailable("") }

    /// True when this file or folder of the data exists; prints a line when it does not.
    public static func isAvailable(_ path: String) -> Bool {
        let exists = FileManager.default.fileExists(atPath: url(path).path)
        if !exists { print("skipped: no shared data at \(url(path).path) (set VITALSTREAM_SHARED)") }
        return exists
    }

    /// The place of a file or folder of the data.
    public static func url(_ path: String) -> URL { path.isEmpty ? directory : directory.appending(path: path) }

    /// Why a test on shared data is skipped.
    public static let skipNote = "needs the shared data beside the repository"
}
