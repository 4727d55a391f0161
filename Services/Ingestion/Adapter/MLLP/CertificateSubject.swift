/// The subject of an X.509 certificate, read from its DER form (RFC 5280, 4.1).
enum CertificateSubject {
    /// The subject's last common name (id-at-commonName, 2.5.4.3), or nil when it has none or the bytes are no certificate.
    static func commonName(ofDER bytes: [UInt8]) -> String? {
        guard let certificate = DERValue(bytes[...]), let body = certificate.children?.first, let parts = body.children
        else { return nil }
        // The version is there from version 2 on; then come serial number, signature, issuer, validity and subject.
        let offset = parts.first?.tag == 0xA0 ? 1 : 0
        guard parts.count > offset + 4, let names = parts[offset + 4].children else { return nil }
        var name: String?
        for attribute in names.flatMap({ $0.children ?? [] }) {
            guard let pair = attribute.children, pair.count == 2, Array(pair[0].content) == [0x55, 0x04, 0x03] else {
                continue
            }
            name = String(validating: pair[1].content, as: UTF8.self)
        }
        return name
    }

    /// One tag, length, value of DER.
    private struct DERValue {
        let tag: UInt8
        let content: ArraySlice<UInt8>
        let rest: ArraySlice<UInt8>

        init?(_ bytes: ArraySlice<UInt8>) {
            guard bytes.count >= 2 else { return nil }
            tag = bytes[bytes.startIndex]
            var position = bytes.startIndex + 2
            var length = Int(bytes[bytes.startIndex + 1])
            if length >= 0x80 {
                let count = length & 0x7F
                guard (1...4).contains(count), bytes.endIndex - position >= count else { return nil }
                length = bytes[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
                position += count
            }
            guard bytes.endIndex - position >= length else { return nil }
            content = bytes[position..<(position + length)]
            rest = bytes[(position + length)...]
        }

        /// The values inside of a constructed one; nil when they do not fill it.
        var children: [DERValue]? {
            guard tag & 0x20 != 0 else { return nil }
            var values: [DERValue] = []
            var rest = content
            while !rest.isEmpty {
                guard let value = DERValue(rest) else { return nil }
                values.append(value)
                rest = value.rest
            }
            return values
        }
    }
}
