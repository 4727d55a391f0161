import JSONDocument
import XMLReader

/// Builds the JSON form of one FHIR XML document from the reader's events.
final class FHIRXMLBuilder: XMLHandler {
    private static let namespace: StaticString = "http://hl7.org/fhir"

    private let definitions: FHIRDefinitions
    private let issueLimit: Int
    private(set) var resource: JSONValue?
    private(set) var issues: [FHIRIssue] = []
    private var frames: [FHIRXMLFrame] = []
    private var narrative: FHIRXMLNarrative?

    init(definitions: FHIRDefinitions, issueLimit: Int) {
        self.definitions = definitions
        self.issueLimit = issueLimit
    }

    // MARK: - Issues

    private func report(_ code: FHIRIssue.Code, _ detail: String, at suffix: String? = nil) {
        guard issues.count < issueLimit else { return }
        let names = frames.map(\.name).filter { !$0.isEmpty } + (suffix.map { [$0] } ?? [])
        issues.append(FHIRIssue(severity: .error, code: code, expression: names.joined(separator: "."), detail: detail))
    }

    // MARK: - Events

    func startElement(_ element: XMLElement, in reader: XMLReader) {
        if narrative != nil {
            narrative?.start(element)
            return
        }
        let isFHIR = element.name.namespace == Self.namespace
        let name = element.name.local.string
        guard let parent = frames.last else { return startResource(element, name, isFHIR: isFHIR) }
        switch parent.content {
        case .skipped: return skip()
        case .wrapper:
            if parent.wrapped != nil {
                report(.structure, "only one resource may stand here")
                return skip()
            }
            return startResource(element, name, isFHIR: isFHIR)
        case .complex, .primitive: break
        }
        guard let type = parent.type(definitions), let slot = slot(of: name, in: type, parent) else {
            report(.structure, "there is no such element here", at: ValidationRun.shown(name))
            return skip()
        }
        let definition = type.elements[slot.element]
        let option = definition.options[slot.option]
        let isNarrative = definitions.types[option.type].kind == .primitive(.xhtml)
        guard isFHIR != isNarrative else {
            report(.structure, "the element is in another namespace", at: name)
            return skip()
        }
        if slot.element < parent.lastElement { report(.invalid, "the element is out of order", at: name) }
        frames[frames.count - 1].lastElement = max(parent.lastElement, slot.element)
        if isNarrative {
            narrative = FHIRXMLNarrative(slot: slot)
            narrative?.start(element)
            return
        }
        let index = definition.maximum == 1 ? "" : "[\(parent.count(of: option))]"
        open(element, definitions.types[option.type], slot, name + index)
    }

    func text(_ text: XMLBytes, in reader: XMLReader) {
        if narrative != nil {
            narrative?.text(text)
            return
        }
        guard let frame = frames.last, !frame.hasText, !text.isBlank else { return }
        if case .skipped = frame.content { return }
        frames[frames.count - 1].hasText = true
        report(.structure, "text may stand in narratives only")
    }

    func endElement(_ name: XMLName, in reader: XMLReader) {
        if narrative != nil {
            narrative?.end()
            if let narrative, narrative.isComplete {
                add(.string(narrative.text), nil, narrative.slot)
                self.narrative = nil
            }
            return
        }
        guard let frame = frames.last else { return }
        switch frame.content {
        case .skipped: frames.removeLast()
        case .wrapper:
            if frame.wrapped == nil { report(.required, "a resource must stand here") }
            frames.removeLast()
            if let slot = frame.slot, let wrapped = frame.wrapped { add(wrapped, nil, slot) }
        case .primitive(_, let value):
            let shadow = frame.object(named: nil)
            if value == nil, shadow.isEmpty { report(.invalid, "an element must have a value or children") }
            frames.removeLast()
            if let slot = frame.slot { add(value, shadow.isEmpty ? nil : .object(shadow), slot) }
        case .complex(let type):
            frames.removeLast()
            if let slot = frame.slot {
                add(.object(frame.object(named: nil)), nil, slot)
            } else {
                let value = JSONValue.object(frame.object(named: type.name))
                if frames.isEmpty { resource = value } else { frames[frames.count - 1].wrapped = value }
            }
        }
    }

    // MARK: - Opening and closing

    private func skip() { frames.append(FHIRXMLFrame(content: .skipped, slot: nil, name: "")) }

    private func startResource(_ element: XMLElement, _ name: String, isFHIR: Bool) {
        guard isFHIR, let type = definitions.resourceType(name) else {
            report(.notSupported, "this is no resource type of R4 in the namespace of FHIR")
            return skip()
        }
        frames.append(FHIRXMLFrame(content: .complex(type), slot: nil, name: frames.isEmpty ? name : ""))
        for attribute in element where !isSchemaLocation(attribute) {
            report(.structure, "a resource has no attributes", at: ValidationRun.shown(attribute.name.local.string))
        }
    }

    /// What stands for an element's name, attributes (`id` of an element, `url` of an extension) aside.
    private func slot(of name: String, in type: TypeDefinition, _ parent: FHIRXMLFrame) -> MemberTable.Slot? {
        guard let slot = type.slot(of: name) else { return nil }
        if name == "id", type.kind != .resource { return nil }
        if name == "url", type.name == "Extension" { return nil }
        return slot
    }

    private func open(_ element: XMLElement, _ type: TypeDefinition, _ slot: MemberTable.Slot, _ name: String) {
        var content = FHIRXMLFrame.Content.complex(type)
        if type.number == definitions.resource { content = .wrapper }
        if case .primitive(let primitive) = type.kind {
            content = .primitive(primitive, element["value"].map { primitive.jsonValue(ofXML: $0.string) })
        }
        frames.append(FHIRXMLFrame(content: content, slot: slot, name: name))
        for attribute in element {
            guard attribute.name.namespace.utf8.isEmpty else {
                report(
                    .structure, "there is no such attribute here", at: ValidationRun.shown(attribute.name.local.string))
                continue
            }
            switch content {
            case .primitive where attribute.name == "value": continue
            case .complex(let type) where attribute.name == "url" && type.name == "Extension":
                addAttribute("url", attribute.value.string, of: type)
            case .complex(let type) where attribute.name == "id" && type.kind != .resource:
                addAttribute("id", attribute.value.string, of: type)
            case .primitive where attribute.name == "id":
                addAttribute("id", attribute.value.string, of: definitions.types[definitions.element])
            default:
                report(
                    .structure, "there is no such attribute here", at: ValidationRun.shown(attribute.name.local.string))
            }
        }
    }

    /// `xsi:schemaLocation` is for editors; R4 says that it may be there and means nothing.
    private func isSchemaLocation(_ attribute: XMLAttribute) -> Bool {
        attribute.name == "schemaLocation"
            && attribute.name.namespace == "http://www.w3.org/2001/XMLSchema-instance"
    }

    private func addAttribute(_ name: String, _ value: String, of type: TypeDefinition) {
        guard let slot = type.slot(of: name) else { return }
        let element = type.elements[slot.element]
        frames[frames.count - 1].append(.string(value), nil, element, element.options[slot.option])
    }

    private func add(_ value: JSONValue?, _ shadow: JSONValue?, _ slot: MemberTable.Slot) {
        // No copy of the parent may be alive here: each value that is added would copy all that stand before it.
        guard let type = frames.last?.type(definitions) else { return }
        let element = type.elements[slot.element]
        frames[frames.count - 1].append(value, shadow, element, element.options[slot.option])
    }
}
