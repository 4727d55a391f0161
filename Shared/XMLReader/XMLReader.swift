import CExpat

/// Reads XML as it arrives: bytes in, in pieces of any size, events out, in flat memory. Over Expat.
///
/// Entities, defaults of attributes and anything outside of the document are refused; a document type that declares elements and attributes
/// is accepted and not enforced. Not to be shared between threads.
///
///     let reader = try XMLReader(handler: handler)
///     while let piece = try file.read(upToCount: 1 << 18) { try reader.parse(piece) }
///     try reader.finish()
public final class XMLReader {
    /// Pieces below this many bytes are collected: Expat scans an unfinished token again from its start with each piece.
    private static let leastPiece = 32 << 10

    let limits: XMLLimits
    let handler: any XMLHandler
    let parser: XML_Parser
    let isResolving: Bool
    private let budget: UnsafeMutablePointer<expat_budget>
    private var collected: [UInt8] = []
    private var pushed = 0
    private var isParsing = false
    private var isFinished = false
    private var failure: XMLError?
    var refusal: XMLError.Code?
    var depth = 0
    var textLength = 0

    /// A reader that gives its events to `handler`. Throws `memoryLimit` when there is no memory for a parser.
    ///
    /// - Parameter resolvesNamespaces: whether names are split into namespace and local name, and prefixes checked.
    public init(handler: any XMLHandler, limits: XMLLimits = .standard, resolvesNamespaces: Bool = false)
        throws(XMLError)
    {
        self.limits = limits
        self.handler = handler
        isResolving = resolvesNamespaces
        budget = .allocate(capacity: 1)
        budget.initialize(to: expat_budget(used: 0, limit: limits.memory))
        let separator: [CChar] = [XMLName.separator, 0]
        guard let parser = resolvesNamespaces ? expat_create(budget, separator) : expat_create(budget, nil) else {
            budget.deallocate()
            throw XMLError(code: .memoryLimit, operation: "create", line: 1, column: 1)
        }
        self.parser = parser
        listen()
    }

    deinit {
        expat_free(budget, parser)
        budget.deallocate()
    }

    /// The line of the current event, from 1.
    public var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

    /// The column of the current event, from 1, counted in bytes.
    public var column: Int { Int(XML_GetCurrentColumnNumber(parser)) + 1 }

    /// The bytes that the parser holds now.
    public var heldBytes: Int { budget.pointee.used + collected.count }

    /// Ends the reading from within a handler: `parse` throws `stopped`.
    public func stop() {
        refuse(.stopped)
    }

    /// The next bytes of the document. Throws at the first fault, and the same error ever after.
    public func parse(_ bytes: some Collection<UInt8>) throws(XMLError) {
        try enter()
        defer { isParsing = false }
        if let limit = limits.bytes, bytes.count > limit - pushed - collected.count {
            try fail(.sizeLimit)
        }
        guard bytes.count >= Self.leastPiece else {
            collected += bytes
            if collected.count >= Self.leastPiece { try flush(isFinal: false) }
            return
        }
        try flush(isFinal: false)
        // Only the closure's own XMLError can come out of it, and it is carried as a value.
        let outcome = bytes.withContiguousStorageIfAvailable { buffer in
            Result { () throws(XMLError) in try push(buffer, isFinal: false) }
        }
        if let outcome {
            try outcome.get()
        } else {
            try Array(bytes).withUnsafeBufferPointer { buffer throws(XMLError) in try push(buffer, isFinal: false) }
        }
    }

    /// The document is at its end. Throws when it is not complete.
    public func finish() throws(XMLError) {
        try enter()
        defer { isParsing = false }
        try flush(isFinal: true)
        isFinished = true
    }

    private func enter() throws(XMLError) {
        if let failure { throw failure }
        guard !isParsing, !isFinished else {
            throw XMLError(code: .misuse, operation: "parse", line: line, column: column)
        }
        isParsing = true
    }

    private func flush(isFinal: Bool) throws(XMLError) {
        guard isFinal || !collected.isEmpty else { return }
        let piece = collected
        collected.removeAll(keepingCapacity: true)
        try piece.withUnsafeBufferPointer { buffer throws(XMLError) in try push(buffer, isFinal: isFinal) }
    }

    /// Hands `bytes` to Expat in slices of at most the token limit, so that an unfinished token is seen soon after it passes the limit.
    private func push(_ bytes: UnsafeBufferPointer<UInt8>, isFinal: Bool) throws(XMLError) {
        let step = min(max(limits.tokenLength, Self.leastPiece), 1 << 20)
        var start = 0
        repeat {
            let slice = UnsafeBufferPointer(rebasing: bytes[start..<min(start + step, bytes.count)])
            start += slice.count
            pushed += slice.count
            let isLast = isFinal && start == bytes.count
            let status = slice.withMemoryRebound(to: CChar.self) { slice in
                expat_parse(budget, parser, slice.baseAddress, Int32(slice.count), isLast ? 1 : 0)
            }
            guard status == XML_STATUS_OK else { try fail(refusal ?? Self.code(of: XML_GetErrorCode(parser))) }
            if !isLast, pushed - Int(XML_GetCurrentByteIndex(parser)) > limits.tokenLength { try fail(.tokenLimit) }
        } while start < bytes.count
    }

    private func fail(_ code: XMLError.Code) throws(XMLError) -> Never {
        let error = XMLError(code: code, operation: "parse", line: max(line, 1), column: max(column, 1))
        failure = error
        throw error
    }

    /// Marks why the parser is stopped; the first reason stands.
    func refuse(_ code: XMLError.Code) {
        guard refusal == nil else { return }
        refusal = code
        _ = XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    private static func code(of error: XML_Error) -> XMLError.Code {
        switch error {
        case XML_ERROR_NO_MEMORY: .memoryLimit
        case XML_ERROR_NO_ELEMENTS: .noElement
        case XML_ERROR_INVALID_TOKEN, XML_ERROR_BAD_CHAR_REF: .invalidToken
        case XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR, XML_ERROR_UNCLOSED_CDATA_SECTION: .unexpectedEnd
        case XML_ERROR_TAG_MISMATCH: .tagMismatch
        case XML_ERROR_DUPLICATE_ATTRIBUTE: .duplicateAttribute
        case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: .trailingContent
        case XML_ERROR_UNDEFINED_ENTITY, XML_ERROR_ASYNC_ENTITY: .undefinedEntity
        case XML_ERROR_PARAM_ENTITY_REF, XML_ERROR_RECURSIVE_ENTITY_REF, XML_ERROR_BINARY_ENTITY_REF,
            XML_ERROR_ENTITY_DECLARED_IN_PE, XML_ERROR_AMPLIFICATION_LIMIT_BREACH:
            .entityDeclared
        case XML_ERROR_ATTRIBUTE_EXTERNAL_ENTITY_REF, XML_ERROR_EXTERNAL_ENTITY_HANDLING, XML_ERROR_NOT_STANDALONE:
            .externalReference
        case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING: .encoding
        case XML_ERROR_UNBOUND_PREFIX, XML_ERROR_UNDECLARING_PREFIX, XML_ERROR_RESERVED_PREFIX_XML,
            XML_ERROR_RESERVED_PREFIX_XMLNS, XML_ERROR_RESERVED_NAMESPACE_URI:
            .namespacePrefix
        case XML_ERROR_ABORTED: .stopped
        case XML_ERROR_FINISHED, XML_ERROR_SUSPENDED, XML_ERROR_NOT_SUSPENDED: .misuse
        default: .syntax
        }
    }
}
