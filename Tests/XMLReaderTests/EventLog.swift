import XMLReader

/// Writes down what a reader tells, pieces of text joined.
final class EventLog: XMLHandler {
    private(set) var events: [String] = []
    private(set) var lines: [Int] = []
    private var text = ""
    var stopsAt: String?
    var onStart: ((XMLReader) -> Void)?

    func startElement(_ element: XMLElement, in reader: XMLReader) {
        flush()
        let space = element.name.namespace.string
        let attributes = element.map { "\($0.name.local.string)=\($0.value.string)" }.joined(separator: ",")
        events.append("<\(space.isEmpty ? "" : "{\(space)}")\(element.name.local.string) \(attributes)>")
        lines.append(reader.line)
        onStart?(reader)
        if element.name.local.string == stopsAt { reader.stop() }
    }

    func text(_ text: XMLBytes, in reader: XMLReader) {
        self.text += text.string
    }

    func endElement(_ name: XMLName, in reader: XMLReader) {
        flush()
        events.append("</\(name.local.string)>")
    }

    private func flush() {
        if !text.isEmpty { events.append(text) }
        text = ""
    }
}

/// The events of `document`, handed over in pieces of `piece` bytes.
func events(
    of document: [UInt8], piece: Int = .max, limits: XMLLimits = .standard, resolvesNamespaces: Bool = false
) throws(XMLError) -> [String] {
    let log = EventLog()
    let reader = try XMLReader(handler: log, limits: limits, resolvesNamespaces: resolvesNamespaces)
    var rest = document[...]
    while !rest.isEmpty {
        try reader.parse(rest.prefix(piece))
        rest = rest.dropFirst(piece)
    }
    try reader.finish()
    return log.events
}

/// The code with which `document` is refused, or nil.
func refusal(of document: String, limits: XMLLimits = .standard, resolvesNamespaces: Bool = false) -> XMLError.Code? {
    do {
        _ = try events(of: Array(document.utf8), limits: limits, resolvesNamespaces: resolvesNamespaces)
        return nil
    } catch {
        return error.code
    }
}
