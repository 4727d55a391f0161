import JSONDocument
import XMLReader

/// Reads FHIR XML into the same tree as FHIR JSON, by R4's definitions, so that one validator and one mapping read both.
///
/// What the tree cannot show is checked here: the order of elements, namespaces, unknown elements and attributes, text between elements. A
/// document type with entities is refused.
public enum FHIRXML {
    /// What was read.
    public struct Reading: Sendable {
        /// The resource as JSON; nil when the text is not well-formed XML or its root is no resource of R4. What is unknown is left out.
        public let resource: JSONValue?
        /// What is wrong with the XML form; what is wrong with the resource is the validator's to say.
        public let issues: [FHIRIssue]
    }

    /// Depth, attributes and sizes of FHIR documents.
    public static let limits = XMLLimits(
        depth: 128, attributes: 32, tokenLength: 64 << 20, textLength: 16 << 20, bytes: 64 << 20, memory: 256 << 20)

    /// Reads the whole of `bytes`.
    public static func read(_ bytes: some Collection<UInt8>, limits: XMLLimits = limits, issueLimit: Int = 100)
        -> Reading
    {
        guard !hasDocumentType(bytes) else {
            let issue = FHIRIssue(
                severity: .error, code: .invalid, expression: "", detail: "a document type may not stand in FHIR XML")
            return Reading(resource: nil, issues: [issue])
        }
        let builder = FHIRXMLBuilder(definitions: .r4, issueLimit: issueLimit)
        do throws(XMLError) {
            let reader = try XMLReader(handler: builder, limits: limits, resolvesNamespaces: true)
            try reader.parse(bytes)
            try reader.finish()
        } catch {
            return Reading(resource: nil, issues: builder.issues + [FHIRIssue(error)])
        }
        return Reading(resource: builder.resource, issues: builder.issues)
    }

    /// Whether a document type stands before the root element. The zeros of UTF-16 are passed over.
    private static func hasDocumentType(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes.prefix(1 << 16).filter { $0 != 0 })[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[start...]
            if rest.starts(with: "<!DOCTYPE".utf8) { return true }
            let end: [UInt8]
            if rest.starts(with: "<!--".utf8) {
                end = Array("-->".utf8)
            } else if rest.starts(with: "<?".utf8) {
                end = Array("?>".utf8)
            } else {
                return false
            }
            guard let close = rest.dropFirst(2).firstRange(of: end) else { return false }
            rest = rest[close.upperBound...]
        }
        return false
    }
}

extension FHIRIssue {
    /// Why a text that should be FHIR XML is not even XML.
    public init(_ error: XMLError) {
        let code: Code =
            switch error.code {
            case .depthLimit, .attributeLimit, .tokenLimit, .textLimit, .sizeLimit, .memoryLimit: .tooLong
            case .duplicateAttribute: .duplicate
            default: .invalid
            }
        self.init(
            severity: .error, code: code, expression: "",
            detail: "\(error.code.rawValue) at line \(error.line), column \(error.column)")
    }
}

extension FHIRValidator {
    /// What is wrong with the text of a resource in XML.
    public func validate(xml bytes: some Collection<UInt8>, limits: XMLLimits = FHIRXML.limits) -> [FHIRIssue] {
        let reading = FHIRXML.read(bytes, limits: limits)
        return reading.issues + (reading.resource.map { validate($0, isFromXML: true) } ?? [])
    }
}
