/// A search criterion that names one resource: `identifier=system|value` or `_id=value`. Others would need a search over what is stored.
struct FHIRCriteria: Hashable {
    enum Subject: Hashable {
        case identifier(system: String, value: String)
        case id(String)
    }

    let type: String
    let subject: Subject

    /// One text for all spellings of the criterion; it tells the identifier, so it is protected.
    var key: String {
        switch subject {
        case .identifier(let system, let value): Self.key(type: type, system: system, value: value)
        case .id(let id): "\(type)/\(id)"
        }
    }

    static func key(type: String, system: String, value: String) -> String { "\(type)?identifier=\(system)|\(value)" }

    /// The criterion that `query` (percent-encoded, a `Type?` before it allowed) writes; nil when it is another search than the two.
    init?(type: String, query: some StringProtocol) {
        var query = Substring(query)
        if query.hasPrefix("\(type)?") { query = query.dropFirst(type.utf8.count + 1) }
        guard let equals = query.firstIndex(of: "="), !query.contains("&"),
            let value = Self.percentDecoded(query[query.index(after: equals)...])
        else { return nil }
        self.type = type
        switch query[..<equals] {
        case "_id":
            guard FHIRReferences.isID(value[...]) else { return nil }
            subject = .id(value)
        case "identifier":
            guard let parts = Self.token(value), parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            subject = .identifier(system: parts[0], value: parts[1])
        default: return nil
        }
    }

    /// The parts of a search token; `\` escapes a separator (R4, search, 3.1.1.4.0.1). Nil when it is a list of alternatives.
    private static func token(_ text: String) -> [String]? {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if isEscaped {
                guard "\\|,$".contains(character) else { return nil }
                parts[parts.count - 1].append(character)
                isEscaped = false
                continue
            }
            switch character {
            case "\\": isEscaped = true
            case "|": parts.append("")
            case ",": return nil
            default: parts[parts.count - 1].append(character)
            }
        }
        return isEscaped ? nil : parts
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
