import CExpat

extension XMLReader {
    /// Registers the callbacks. The parser holds no reference: it is at work only inside `parse` and `finish`, which hold `self`.
    func listen() {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { context, name, attributes in
                guard let context, let name, let attributes else { return }
                XMLReader.of(context).start(name, attributes)
            },
            { context, name in
                guard let context, let name else { return }
                XMLReader.of(context).end(name)
            })
        XML_SetCharacterDataHandler(parser) { context, text, count in
            guard let context, let text else { return }
            XMLReader.of(context).text(text, Int(count))
        }
        XML_SetStartDoctypeDeclHandler(parser) { context, _, system, publicID, _ in
            guard let context, system != nil || publicID != nil else { return }
            XMLReader.of(context).refuse(.externalReference)
        }
        XML_SetEntityDeclHandler(parser) { context, _, _, _, _, _, _, _, _ in
            guard let context else { return }
            XMLReader.of(context).refuse(.entityDeclared)
        }
        XML_SetAttlistDeclHandler(parser) { context, _, _, _, value, _ in
            guard let context, value != nil else { return }
            XMLReader.of(context).refuse(.attributeDefault)
        }
        XML_SetSkippedEntityHandler(parser) { context, _, _ in
            guard let context else { return }
            XMLReader.of(context).refuse(.undefinedEntity)
        }
    }

    private static func of(_ context: UnsafeMutableRawPointer) -> XMLReader {
        Unmanaged<XMLReader>.fromOpaque(context).takeUnretainedValue()
    }

    // A stopped parser may still deliver the rest of the current token; nothing of it is passed on.

    private func start(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
        guard refusal == nil else { return }
        textLength = 0
        depth += 1
        guard depth <= limits.depth else { return refuse(.depthLimit) }
        guard XML_GetSpecifiedAttributeCount(parser) / 2 <= limits.attributes else { return refuse(.attributeLimit) }
        handler.startElement(XMLElement(name: XMLName(text: name, isResolved: isResolving), list: attributes), in: self)
    }

    private func end(_ name: UnsafePointer<CChar>) {
        guard refusal == nil else { return }
        textLength = 0
        depth -= 1
        handler.endElement(XMLName(text: name, isResolved: isResolving), in: self)
    }

    private func text(_ text: UnsafePointer<CChar>, _ count: Int) {
        guard refusal == nil else { return }
        textLength += count
        guard textLength <= limits.textLength else { return refuse(.textLimit) }
        handler.text(XMLBytes(start: text, count: count), in: self)
    }
}
