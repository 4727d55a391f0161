#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The seed that the environment names, if any.
var seedFromEnvironment: UInt64? {
    getenv("VITALSTREAM_SEED").flatMap { UInt64(String(cString: $0)) }
}

/// Real data beside the repository (`../shared/data`, or `$VITALSTREAM_SHARED/data`); tests on it are skipped without it.
enum SharedData {
    /// The bytes of a file below `data`, or nil, with a line that says what was skipped.
    static func bytes(_ path: String, test: String, file: String = #filePath) -> [UInt8]? {
        let repository = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let folder = getenv("VITALSTREAM_SHARED").map { String(cString: $0) } ?? repository + "/../shared"
        guard let bytes = read("\(folder)/data/\(path)") else {
            print("skipped: \(test): no shared data at data/\(path)")
            return nil
        }
        return bytes
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let stream = fopen(path, "rb") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, stream)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }
}
