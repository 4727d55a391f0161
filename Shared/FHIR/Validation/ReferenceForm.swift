/// What the text of a reference says.
enum ReferenceForm {
    /// `Type/id` or `Type/id/_history/version`: the type's name; nil for any other text.
    static func relativeType(_ text: String) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 2 || (parts.count == 4 && parts[2].elementsEqual("_history".utf8) && isID(parts[3])),
            isID(parts[1])
        else { return nil }
        return String(parts[0])
    }

    /// `http://server/base/` of `http://server/base/Type/id`; nil when the URL is none of a resource on a server.
    static func serverBase(of url: String) -> String? {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else { return nil }
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 5, let type = parts.dropLast().last, FHIRDefinitions.r4.resourceType(String(type)) != nil
        else {
            return nil
        }
        return parts.dropLast(2).joined(separator: "/") + "/"
    }

    /// The id at the end of a URL of a resource on a server.
    static func serverID(of url: String) -> Substring? {
        serverBase(of: url) == nil ? nil : url.split(separator: "/", omittingEmptySubsequences: false).last
    }

    private static func isID(_ text: Substring.UTF8View) -> Bool {
        (1...64).contains(text.count)
            && text.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
}
