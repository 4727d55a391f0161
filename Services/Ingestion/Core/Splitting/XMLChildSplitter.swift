/// Cuts an XML document between the children of its root; every piece has the root's own tags round it, and is a document.
///
/// It knows as much of XML as that takes: tags and their quotes, comments, CDATA, processing instructions and the document type. What is no XML
/// it hands on or refuses; the reader of the pieces is the judge.
struct XMLChildSplitter: FeedSplitter {
    /// The longest child, in bytes.
    static let longestChild = 16 << 20

    private enum Place {
        case text
        /// Behind `<`.
        case tag(isClosing: Bool, quote: UInt8?, last: UInt8)
        /// Inside what ends with `ending`.
        case skipped(ending: [UInt8])
        /// Inside `<!DOCTYPE`, between so many brackets and quotes.
        case documentType(brackets: Int, quote: UInt8?)
    }

    private let size: Int
    private var place = Place.text
    private var depth = 0
    private var root: (opening: [UInt8], closing: [UInt8])?
    /// The bytes since the last cut that was possible.
    private var child: [UInt8] = []
    /// Where in `child` the present markup begins.
    private var markup = 0
    private var piece: [UInt8] = []

    init(size: Int) {
        self.size = size
    }

    mutating func split(_ bytes: some Collection<UInt8>) throws(FeedRejection) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        for byte in bytes {
            child.append(byte)
            if take(byte), let full = endChild() { pieces.append(full) }
            guard child.count <= Self.longestChild else {
                throw FeedRejection(
                    code: "element-too-long", place: "",
                    detail: "an element must have at most \(Self.longestChild) bytes")
            }
        }
        return pieces
    }

    mutating func finish() throws(FeedRejection) -> [UInt8]? {
        guard depth == 0, let root, case .text = place else {
            throw FeedRejection(code: "xml-incomplete", place: "", detail: "the document ends before its root does")
        }
        defer { piece = [] }
        return piece.isEmpty ? nil : root.opening + piece + root.closing
    }

    /// Follows one byte; true at the end of a child of the root.
    private mutating func take(_ byte: UInt8) -> Bool {
        switch place {
        case .text:
            guard byte == UInt8(ascii: "<") else { return false }
            markup = child.count - 1
            place = .tag(isClosing: false, quote: nil, last: byte)
        case .tag(var isClosing, let quote, let last):
            if let quote {
                place = .tag(isClosing: isClosing, quote: byte == quote ? nil : quote, last: byte)
                return false
            }
            switch byte {
            case UInt8(ascii: "/") where last == UInt8(ascii: "<"): isClosing = true
            case UInt8(ascii: "?") where last == UInt8(ascii: "<"):
                place = .skipped(ending: Array("?>".utf8))
                return false
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                place = .tag(isClosing: isClosing, quote: byte, last: byte)
                return false
            case UInt8(ascii: ">"):
                place = .text
                return endTag(isClosing: isClosing, isEmpty: last == UInt8(ascii: "/"))
            default: break
            }
            place = .tag(isClosing: isClosing, quote: nil, last: byte)
            let tag = child[markup...]
            if tag.count == 4, tag.elementsEqual("<!--".utf8) { place = .skipped(ending: Array("-->".utf8)) }
            if tag.count == 9, tag.elementsEqual("<![CDATA[".utf8) { place = .skipped(ending: Array("]]>".utf8)) }
            if tag.count == 9, tag.elementsEqual("<!DOCTYPE".utf8) { place = .documentType(brackets: 0, quote: nil) }
        case .skipped(let ending):
            if byte == UInt8(ascii: ">"), child.count - markup >= ending.count + 2,
                child.suffix(ending.count) == ending[...]
            {
                place = .text
                if depth == 0 { child = [] }
            }
        case .documentType(let brackets, let quote):
            if let quote {
                place = .documentType(brackets: brackets, quote: byte == quote ? nil : quote)
                return false
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): place = .documentType(brackets: brackets, quote: byte)
            case UInt8(ascii: "["): place = .documentType(brackets: brackets + 1, quote: nil)
            case UInt8(ascii: "]"): place = .documentType(brackets: brackets - 1, quote: nil)
            case UInt8(ascii: ">") where brackets <= 0:
                place = .text
                child = []
            default: break
            }
        }
        return false
    }

    /// True when the tag ends a child of the root.
    private mutating func endTag(isClosing: Bool, isEmpty: Bool) -> Bool {
        if isClosing {
            depth -= 1
            guard depth == 0 else { return depth == 1 }
            child = []
            return false
        }
        if depth == 0, root == nil {
            let tag = Array(child[markup...])
            let name = tag.dropFirst().prefix { !" \t\r\n/>".utf8.contains($0) }
            root = (tag, Array("</".utf8) + name + Array(">".utf8))
            child = []
            if !isEmpty { depth = 1 }
            return false
        }
        if !isEmpty { depth += 1 }
        return isEmpty && depth == 1
    }

    private mutating func endChild() -> [UInt8]? {
        piece += child
        child.removeAll(keepingCapacity: true)
        guard piece.count >= size, let root else { return nil }
        defer { piece.removeAll(keepingCapacity: true) }
        return root.opening + piece + root.closing
    }
}
