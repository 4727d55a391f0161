import Foundation

/// Where the repository is, found from this file (links are followed).
public enum Repository {
    /// The folder of `Package.swift`.
    public static let root: URL = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A variable of the environment; nil when it is missing or empty.
    public static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
