/// The elements and attributes that a narrative may have: those of chapters 7 to 11 (but 9.4) and 15 of HTML 4.0 that are not deprecated,
/// links, images and style attributes.
enum NarrativeVocabulary {
    static let elements: Set<String> = [
        "p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "a", "span", "b", "em", "i", "strong", "small", "big",
        "tt",
        "dfn", "q", "var", "abbr", "acronym", "cite", "blockquote", "hr", "address", "bdo", "kbd", "sub", "sup", "ul",
        "ol",
        "li", "dl", "dt", "dd", "pre", "table", "caption", "colgroup", "col", "thead", "tr", "tfoot", "tbody", "th",
        "td",
        "code", "samp", "img", "map", "area",
    ]

    private static let common: Set<String> = [
        "title", "style", "class", "ID", "id", "idref", "lang", "xml:lang", "xml:space", "dir", "accesskey", "tabindex",
        "span", "width", "align", "valign", "char", "charoff", "abbr", "axis", "headers", "scope", "rowspan", "colspan",
    ]

    private static let particular: [String: Set<String>] = [
        "a": ["name", "href", "charset", "type", "hreflang", "rel", "rev", "shape", "coords"],
        "img": ["src", "alt", "longdesc", "height", "width", "usemap", "ismap", "border"],
        "map": ["name"],
        "area": ["shape", "coords", "href", "nohref", "alt"],
        "table": ["summary", "width", "border", "frame", "rules", "cellspacing", "cellpadding"],
        "blockquote": ["cite"], "q": ["cite"], "pre": ["space"], "td": ["nowrap"],
    ]

    /// Attributes that lead elsewhere.
    static let links: Set<String> = ["href", "src", "cite", "longdesc", "usemap"]

    static func allows(_ attribute: String, of element: String) -> Bool {
        common.contains(attribute) || particular[element]?.contains(attribute) == true
    }

    /// Whether a link would run something: a script, or a document written into the link itself.
    static func isActive(_ link: String) -> Bool {
        // Browsers skip control characters and read character references in a scheme.
        guard !link.utf8.contains(where: { $0 < 0x20 }) else { return true }
        let start = link.drop { $0 == " " }.lowercased()
        if let colon = start.firstIndex(of: ":"), start[..<colon].contains("&") { return true }
        if start.hasPrefix("data:") { return !start.hasPrefix("data:image/") || start.hasPrefix("data:image/svg") }
        return start.hasPrefix("javascript:") || start.hasPrefix("vbscript:")
    }
}
