import XMLReader

/// Writes the `div` of a narrative as the text that FHIR JSON has for it.
struct FHIRXMLNarrative {
    private static let namespace: StaticString = "http://www.w3.org/1999/xhtml"

    let slot: MemberTable.Slot
    private var bytes: [UInt8] = []
    private var open: [String] = []

    init(slot: MemberTable.Slot) {
        self.slot = slot
    }

    var isComplete: Bool { open.isEmpty }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func start(_ element: XMLElement) {
        let name = element.name.local.string
        bytes += "<\(name)".utf8
        let namespace = element.name.namespace
        if open.isEmpty || !(namespace == Self.namespace) {
            bytes += " xmlns=\"".utf8
            escape(namespace.utf8)
            bytes.append(UInt8(ascii: "\""))
        }
        for attribute in element {
            let prefix = attribute.name.namespace == "http://www.w3.org/XML/1998/namespace" ? "xml:" : ""
            let isForeign = prefix.isEmpty && !attribute.name.namespace.utf8.isEmpty
            // No narrative may have an attribute of another namespace; the validator refuses the prefix.
            bytes += " \(isForeign ? "foreign:" : prefix)\(attribute.name.local.string)=\"".utf8
            escape(attribute.value.utf8)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
        open.append(name)
    }

    mutating func text(_ text: XMLBytes) { escape(text.utf8) }

    mutating func end() {
        guard let name = open.popLast() else { return }
        if bytes.last == UInt8(ascii: ">"), bytes.dropLast().last != UInt8(ascii: "/"), isEmptyElement(name) {
            bytes.removeLast()
            bytes += "/>".utf8
        } else {
            bytes += "</\(name)>".utf8
        }
    }

    /// Whether HTML knows the element as one without content, and it has none here.
    private func isEmptyElement(_ name: String) -> Bool {
        guard ["br", "hr", "img", "col", "area"].contains(name) else { return false }
        guard let start = bytes.lastIndex(of: UInt8(ascii: "<")) else { return false }
        return bytes[(start + 1)...].starts(with: name.utf8)
    }

    private mutating func escape(_ text: some Sequence<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            default: bytes.append(byte)
            }
        }
    }
}
