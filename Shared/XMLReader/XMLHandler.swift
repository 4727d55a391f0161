/// Takes the events of a reader. What an event lends is valid during the call alone.
public protocol XMLHandler: AnyObject {
    /// An element begins.
    func startElement(_ element: XMLElement, in reader: XMLReader)
    /// A piece of text; the text between two tags may come in several pieces.
    func text(_ text: XMLBytes, in reader: XMLReader)
    /// An element ends.
    func endElement(_ name: XMLName, in reader: XMLReader)
}

extension XMLHandler {
    /// Does nothing.
    public func text(_ text: XMLBytes, in reader: XMLReader) {}
    /// Does nothing.
    public func endElement(_ name: XMLName, in reader: XMLReader) {}
}
