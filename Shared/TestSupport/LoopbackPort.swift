import Foundation

/// TCP ports of the loopback address.
public enum LoopbackPort {
    /// A port that nobody listens on now. Somebody else may take it before you do, so be ready to try again.
    public static func free() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw ServerFailure(description: "no socket: error number \(errno)") }
        defer { close(socket) }
        return try bind(socket, port: 0)
    }

    /// Binds to 127.0.0.1 and gives the port.
    static func bind(_ socket: Int32, port: Int) throws -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.bind(socket, address, length) == 0 && getsockname(socket, address, &length) == 0
            }
        }
        guard status else { throw ServerFailure(description: "cannot bind to 127.0.0.1: error number \(errno)") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    /// A connected socket to 127.0.0.1, or nil when nobody listens.
    static func connect(port: Int) -> Int32? {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(socket)
            return nil
        }
        return socket
    }
}

/// A server for tests could not be started or stopped.
public struct ServerFailure: Error, CustomStringConvertible {
    /// What failed, with the end of the server's log when there is one.
    public let description: String

    /// A failure with its reason.
    public init(description: String) { self.description = description }
}
