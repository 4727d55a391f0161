import Foundation

/// The checked-out repository that the tests read.
struct Repository {
    /// A source file: where it stands, relative to the root, and what is in it.
    struct SourceFile {
        let path: String
        let text: String
    }

    let root: URL

    /// The repository that this file belongs to, also when it is compiled through a link.
    static let current = Repository(
        root: URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent())

    /// The manifest, read once.
    static let manifest = Result { try PackageManifest.load(root: current.root) }

    /// Whether a file or folder is there.
    func contains(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The text of a file.
    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The names of the folders directly in a folder, sorted; none when it is not there.
    func folders(in path: String) -> [String] {
        let folder = root.appending(path: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder.appending(path: name).path, isDirectory: &isFolder)
                && isFolder.boolValue && !name.hasPrefix(".")
        }.sorted()
    }

    /// The paths below a folder of the files with one of the endings, sorted, relative to the root; build folders are left out.
    func paths(below path: String, endings: [String]) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: root.appending(path: path).path) else { return [] }
        var found: [String] = []
        for case let name as String in walk {
            if name.split(separator: "/").last?.hasPrefix(".") == true {
                walk.skipDescendants()
            } else if endings.contains(where: { name.hasSuffix(".\($0)") }) {
                found.append("\(path)/\(name)")
            }
        }
        return found.sorted()
    }

    /// The Swift files below a folder, with their text.
    func swiftFiles(below path: String) throws -> [SourceFile] {
        try paths(below: path, endings: ["swift"]).map { SourceFile(path: $0, text: try text($0)) }
    }
}
