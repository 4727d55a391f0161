#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Bytes that are read at any place, as an archive's directory asks for.
public protocol ByteSource {
    /// How many bytes there are.
    var count: Int { get }

    /// The `length` bytes from `offset`.
    ///
    /// - Throws: ``CompressionError/Code/truncated`` when the source ends before, ``CompressionError/Code/source`` when it cannot be read.
    func bytes(at offset: Int, length: Int) throws(CompressionError) -> [UInt8]
}

extension [UInt8]: ByteSource {
    /// The `length` bytes from `offset`.
    public func bytes(at offset: Int, length: Int) throws(CompressionError) -> [UInt8] {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
            throw CompressionError(.truncated, operation: "read")
        }
        return [UInt8](self[offset..<offset + length])
    }
}

/// A file that is read at any place. It is open as long as this object lives.
public final class FileByteSource: ByteSource {
    private let descriptor: Int32
    /// How many bytes the file had when it was opened.
    public let count: Int

    /// The regular file at `path`.
    ///
    /// - Throws: ``CompressionError/Code/source`` when it cannot be opened or is not a regular file.
    public init(path: String) throws(CompressionError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure("open") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw CompressionError(.source, operation: "open", detail: "not a regular file")
        }
        count = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The `length` bytes from `offset`.
    public func bytes(at offset: Int, length: Int) throws(CompressionError) -> [UInt8] {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
            throw CompressionError(.truncated, operation: "read")
        }
        var bytes = [UInt8](repeating: 0, count: length)
        var filled = 0
        while filled < length {
            let result = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + filled }, length - filled, off_t(offset + filled))
            }
            if result < 0, errno == EINTR { continue }
            guard result >= 0 else { throw Self.failure("read") }
            guard result > 0 else { throw CompressionError(.truncated, operation: "read") }
            filled += result
        }
        return bytes
    }

    private static func failure(_ operation: String) -> CompressionError {
        CompressionError(.source, operation: operation, detail: String(cString: strerror(errno)))
    }
}
