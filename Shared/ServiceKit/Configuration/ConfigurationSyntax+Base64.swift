import Foundation

extension ConfigurationSyntax {
    /// The bytes of standard Base64 with padding, or nil.
    static func base64(_ text: String) -> [UInt8]? {
        Data(base64Encoded: text).map(Array.init)
    }
}
