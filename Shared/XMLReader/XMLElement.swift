import CExpat
import Glibc

/// The name of an element or attribute; lent for the duration of one event.
public struct XMLName {
    /// The separator that the parser is told to put between namespace and local name; XML allows it in no document.
    static let separator: CChar = 1

    let text: UnsafePointer<CChar>
    /// Whether the reader resolves namespaces, and a separator may stand in the text.
    let isResolved: Bool

    private var localStart: UnsafePointer<CChar> {
        guard isResolved else { return text }
        return strchr(text, Int32(Self.separator)).map { UnsafePointer($0) + 1 } ?? text
    }

    /// The namespace's URI; empty without one, and always when the reader does not resolve namespaces.
    public var namespace: XMLBytes {
        let start = localStart
        return XMLBytes(start: text, count: start == text ? 0 : start - text - 1)
    }

    /// The name within its namespace; the name as written when the reader does not resolve namespaces.
    public var local: XMLBytes { XMLBytes(terminated: localStart) }

    /// Whether the name is `literal`, whatever its namespace. Copies nothing.
    public static func == (name: XMLName, literal: StaticString) -> Bool {
        // A static string ends with a zero, as the parser's names do.
        literal.hasPointerRepresentation
            && strcmp(name.localStart, UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
    }
}

/// One attribute; lent for the duration of one event.
public struct XMLAttribute {
    /// The name.
    public let name: XMLName
    /// The value, references resolved and white space normalised.
    public let value: XMLBytes
}

/// An element that begins; lent for the duration of one event.
public struct XMLElement: Sequence {
    /// The element's name.
    public let name: XMLName
    let list: UnsafeMutablePointer<UnsafePointer<CChar>?>

    /// The attributes in written order; declarations of namespaces are not among them when the reader resolves namespaces.
    public func makeIterator() -> Iterator { Iterator(position: list, isResolved: name.isResolved) }

    /// The value of the attribute with the local name `name`, or nil. Linear in the attributes.
    public subscript(name: StaticString) -> XMLBytes? {
        for attribute in self where attribute.name == name { return attribute.value }
        return nil
    }

    /// Goes through the attributes.
    public struct Iterator: IteratorProtocol {
        var position: UnsafeMutablePointer<UnsafePointer<CChar>?>
        let isResolved: Bool

        /// The next attribute.
        public mutating func next() -> XMLAttribute? {
            guard let name = position[0], let value = position[1] else { return nil }
            position += 2
            return XMLAttribute(name: XMLName(text: name, isResolved: isResolved), value: XMLBytes(terminated: value))
        }
    }
}
