import Authorization
import Compression
import JSONDocument

/// What stands in front of the front door: tokens, scopes, forms, keys, and packed bodies.
enum FuzzedSecurity {
    /// A token is taken apart or refused; one that no key signed is never anything else.
    static func checkToken(_ bytes: UnsafeRawBufferPointer) {
        guard let token = try? JSONWebToken(parsing: String(decoding: bytes, as: UTF8.self), operation: "fuzz") else {
            return
        }
        do {
            try token.verify(with: key, operation: "fuzz")
            fatalError("a token that nobody signed was verified")
        } catch {
            _ = error.description
        }
    }

    /// A scope reads back, and allows no more than it says.
    static func checkScope(_ bytes: UnsafeRawBufferPointer) {
        guard let scopes = try? Scope.list(String(decoding: bytes, as: UTF8.self)) else { return }
        guard let again = try? Scope.list(scopes.text), again == scopes else { fatalError("scopes do not read back") }
        for scope in scopes {
            guard [scope].cover(scope), !scope.interactions.isEmpty else { fatalError("a scope does not cover itself") }
        }
    }

    /// The form of a token request, and the keys of a registration.
    static func checkTokenRequest(_ bytes: UnsafeRawBufferPointer) {
        if let request = try? TokenRequest(form: Array(bytes)) {
            guard !request.scopes.isEmpty, !request.assertion.isEmpty else { fatalError("an empty request was taken") }
            _ = ClientAssertion.claimedIssuer(of: request.assertion)
        }
        if let json = try? JSONValue(parsing: bytes) { _ = try? JSONWebKeySet(json) }
    }

    /// The first byte chooses the format. What comes out stays within the limits, and is the same however the bytes are cut.
    static func checkCompressed(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let format = CompressionFormat.allCases[Int(first) % CompressionFormat.allCases.count]
        let input = Array(bytes.dropFirst())
        let limits = DecompressionLimits(outputBytes: 4 << 20, ratio: 100, graceBytes: 1 << 16)
        guard let whole = try? StreamDecoder.decode(input, format, limits: limits) else { return }
        guard whole.count <= limits.outputBytes, let decoder = try? StreamDecoder(format, limits: limits) else {
            fatalError("more came out than the limit allows")
        }
        let middle = input.count / 2
        guard let start = try? decoder.decode(Array(input[..<middle])),
            let rest = try? decoder.decode(Array(input[middle...])), start + rest == whole
        else { fatalError("a cut changes what comes out") }
    }

    /// Every entry of an archive gives what the directory promises, or an error.
    static func checkZip(_ bytes: UnsafeRawBufferPointer) {
        guard
            let archive = try? ZipArchive(
                Array(bytes), limits: DecompressionLimits(outputBytes: 4 << 20), maximumEntries: 100)
        else { return }
        for entry in archive.entries {
            guard let content = try? archive.read(entry) else { continue }
            guard content.count == entry.uncompressedBytes else { fatalError("an entry of another length") }
        }
    }

    private static let key: JSONWebKey = SigningKey.random().publicKey
}
