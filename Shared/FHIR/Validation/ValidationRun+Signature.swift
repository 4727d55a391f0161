import JSONDocument

/// A Bundle's signature that carries the signed content (JWS with a payload): the content has to be the Bundle's. Whether the signature itself
/// is good is not checked.
extension ValidationRun {
    mutating func signature(of object: JSONObject) {
        guard let signature = object["signature"], signature["sigFormat"] == "application/jose",
            case .string(let data)? = signature["data"], let token = Base64.decode(data)
        else { return }
        let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty,
            let payload = Base64.decode(String(decoding: parts[1], as: UTF8.self)),
            let signed = try? JSONValue(parsing: payload)
        else { return }
        // The canonical form leaves out the signature, and that of documents the id and meta, too.
        var content = object
        content["signature"] = nil
        let whole = JSONValue.object(content)
        content["id"] = nil
        content["meta"] = nil
        let bundle = definitions.bundle
        let isSame = [whole, .object(content)].contains {
            FHIRPathItem(value: $0, type: bundle) == FHIRPathItem(value: signed, type: bundle)
        }
        if !isSame { report(.value, "the signed content is not that of the Bundle", at: "signature.data") }
    }
}
