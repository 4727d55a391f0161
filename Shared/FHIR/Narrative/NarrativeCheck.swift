/// Reads the XHTML of a narrative and says what is wrong with it. Builds no tree; follows no reference; bounded depth.
///
/// The rules are those of R4's page on narrative (constraints txt-1 and txt-2): one `div` in the XHTML namespace, well-formed without entities
/// other than XML's own, formatting elements and attributes alone, no active content, and something to see.
struct NarrativeCheck {
    enum Fault: String {
        case notWellFormed = "is not well-formed XML"
        case entity = "uses an entity other than those of XML"
        case declaration = "has a document type or processing instruction"
        case root = "must be one div element"
        case namespace = "must be in the XHTML namespace"
        case element = "has an element that narratives may not have (txt-1)"
        case attribute = "has an attribute that narratives may not have (txt-1)"
        case active = "has active content (txt-1)"
        case isEmpty = "has no content (txt-2)"
        case tooDeep = "is nested too deeply"
    }

    static let depthLimit = 128

    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var open: [Range<Int>] = []
    private var hasContent = false

    private init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// What is wrong with `text`; nil when nothing is.
    static func fault(in text: String) -> Fault? {
        var text = text
        return text.withUTF8 { bytes in
            var check = NarrativeCheck(bytes)
            do throws(Failure) {
                try check.document()
                return nil
            } catch {
                return error.fault
            }
        }
    }

    private struct Failure: Error {
        let fault: Fault
    }

    private func fail(_ fault: Fault) -> Failure { Failure(fault: fault) }

    private mutating func document() throws(Failure) {
        skipSpace()
        guard position < text.count, text[position] == UInt8(ascii: "<") else { throw fail(.root) }
        repeat {
            if text[position] == UInt8(ascii: "<") {
                try markup()
            } else {
                try characters()
            }
        } while !open.isEmpty && position < text.count
        guard open.isEmpty else { throw fail(.notWellFormed) }
        skipSpace()
        guard position == text.count else { throw fail(.root) }
        guard hasContent else { throw fail(.isEmpty) }
    }

    private mutating func characters() throws(Failure) {
        while position < text.count, text[position] != UInt8(ascii: "<") {
            let byte = text[position]
            if byte == UInt8(ascii: "&") {
                let space = try reference()
                if !space { hasContent = true }
                continue
            }
            if !byte.isSpace {
                if byte < 0x20 { throw fail(.notWellFormed) }
                hasContent = true
            }
            position += 1
        }
    }

    /// Passes `&name;` or `&#number;`; true when it stands for white space.
    private mutating func reference() throws(Failure) -> Bool {
        let start = position + 1
        guard let end = text[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")), end > start else {
            throw fail(.notWellFormed)
        }
        position = end + 1
        let name = text[start..<end]
        if name[start] == UInt8(ascii: "#") {
            let isHexadecimal = name.count > 1 && name[start + 1] == UInt8(ascii: "x")
            let digits = name.dropFirst(isHexadecimal ? 2 : 1)
            guard let number = UInt32(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10),
                Unicode.Scalar(number) != nil, number >= 0x20 || [9, 10, 13].contains(number)
            else { throw fail(.notWellFormed) }
            return [9, 10, 13, 32].contains(number)
        }
        for known in ["lt", "gt", "amp", "quot", "apos"] as [StaticString] where Self.equal(name, known) {
            return false
        }
        throw fail(.entity)
    }

    private mutating func markup() throws(Failure) {
        position += 1
        guard position < text.count else { throw fail(.notWellFormed) }
        switch text[position] {
        case UInt8(ascii: "/"): try endTag()
        case UInt8(ascii: "?"): throw fail(.declaration)
        case UInt8(ascii: "!"):
            if skip("!--") {
                try pass("--", then: ">")
            } else if !open.isEmpty, skip("![CDATA[") {
                let start = position
                try pass("]]>", then: "")
                if text[start..<(position - 3)].contains(where: { !$0.isSpace }) { hasContent = true }
            } else {
                throw fail(.declaration)
            }
        default: try startTag()
        }
    }

    private mutating func pass(_ end: StaticString, then: StaticString) throws(Failure) {
        while position < text.count {
            if skip(end) {
                guard skip(then) else { throw fail(.notWellFormed) }
                return
            }
            position += 1
        }
        throw fail(.notWellFormed)
    }

    private mutating func startTag() throws(Failure) {
        let name = try self.name()
        guard open.count < Self.depthLimit else { throw fail(.tooDeep) }
        if open.isEmpty {
            guard Self.equal(text[name], "div") else { throw fail(.root) }
        }
        guard NarrativeVocabulary.elements.contains(string(name)) else { throw fail(.element) }
        if Self.equal(text[name], "img") { hasContent = true }
        var namespace: Range<Int>?
        var seen: Set<String> = []
        while true {
            let hadSpace = position < text.count && text[position].isSpace
            skipSpace()
            if skip("/>") { break }
            if skip(">") {
                open.append(name)
                break
            }
            guard hadSpace else { throw fail(.notWellFormed) }
            let attribute = string(try self.name())
            guard seen.insert(attribute).inserted else { throw fail(.notWellFormed) }
            skipSpace()
            guard skip("=") else { throw fail(.notWellFormed) }
            skipSpace()
            let value = try quoted()
            if attribute == "xmlns" {
                namespace = value
            } else if !NarrativeVocabulary.allows(attribute, of: string(name)) {
                throw fail(attribute.hasPrefix("on") ? .active : .attribute)
            } else if NarrativeVocabulary.links.contains(attribute), NarrativeVocabulary.isActive(string(value)) {
                throw fail(.active)
            }
        }
        let isRoot = open.isEmpty || (open.count == 1 && open[0] == name)
        guard let namespace else {
            if isRoot { throw fail(.namespace) }
            return
        }
        guard Self.equal(text[namespace], "http://www.w3.org/1999/xhtml") else { throw fail(.namespace) }
    }

    private mutating func endTag() throws(Failure) {
        position += 1
        let name = try self.name()
        skipSpace()
        guard skip(">"), let start = open.popLast(), text[start].elementsEqual(text[name]) else {
            throw fail(.notWellFormed)
        }
    }

    private mutating func name() throws(Failure) -> Range<Int> {
        let start = position
        while position < text.count {
            let byte = text[position]
            let isInner = byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            guard
                byte.isLetter || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "_") || byte >= 0x80
                    || (isInner && position > start)
            else { break }
            position += 1
        }
        guard position > start else { throw fail(.notWellFormed) }
        return start..<position
    }

    private mutating func quoted() throws(Failure) -> Range<Int> {
        guard position < text.count, text[position] == UInt8(ascii: "\"") || text[position] == UInt8(ascii: "'") else {
            throw fail(.notWellFormed)
        }
        let quote = text[position]
        position += 1
        let start = position
        while position < text.count, text[position] != quote {
            switch text[position] {
            case UInt8(ascii: "<"): throw fail(.notWellFormed)
            case UInt8(ascii: "&"): _ = try reference()
            default: position += 1
            }
        }
        guard position < text.count else { throw fail(.notWellFormed) }
        position += 1
        return start..<(position - 1)
    }

    private mutating func skipSpace() {
        while position < text.count, text[position].isSpace { position += 1 }
    }

    private mutating func skip(_ literal: StaticString) -> Bool {
        guard text.count - position >= literal.utf8CodeUnitCount else { return false }
        for index in 0..<literal.utf8CodeUnitCount where text[position + index] != literal.utf8Start[index] {
            return false
        }
        position += literal.utf8CodeUnitCount
        return true
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    private static func equal(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ literal: StaticString) -> Bool {
        guard bytes.count == literal.utf8CodeUnitCount else { return false }
        for (index, byte) in bytes.enumerated() where byte != literal.utf8Start[index] { return false }
        return true
    }
}
