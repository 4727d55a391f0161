import JSONDocument

/// Says whether resources have the structure that FHIR R4 (4.0.1) gives them, and all that is wrong when they have not.
///
/// Checked are: the closed content model, types, cardinalities, choices, the forms of primitives, `_name` siblings, contained resources,
/// references, extensions, narratives, entries of Bundles, codes of required bindings that R4 itself lists, and the constraints of the
/// specification. Not checked are profiles and terminologies from elsewhere. A constraint is broken when its expression is false; one that
/// cannot be decided, such as the order of dates of different precision, is not.
///
///     let issues = FHIRValidator().validate(try JSONValue(parsing: bytes))
///     let isAccepted = !issues.contains(where: \.isStructural)
public struct FHIRValidator: Sendable {
    /// What is asked beyond the specification.
    public struct Options: Sendable {
        /// Which extensions are taken.
        public enum Extensions: Sendable, Equatable {
            /// Any, as the specification has it: a receiver ignores the ones it does not know.
            case any
            /// Those of FHIR itself, and those whose URL begins with one of the texts.
            case known(domains: [String])
        }

        /// Which extensions are taken.
        public var extensions: Extensions
        /// Whether URLs of example.org and the like are taken where a real one has to stand.
        public var allowsExampleURLs: Bool
        /// Whether R4's profiles of vital signs hold for Observations with their codes.
        public var checksVitalSigns: Bool
        /// Whether warnings are among the issues.
        public var reportsWarnings: Bool
        /// Issues listed at most; a last one says when there are more.
        public var issueLimit: Int

        /// Options; the specification alone by default.
        public init(
            extensions: Extensions = .any, allowsExampleURLs: Bool = true, checksVitalSigns: Bool = false,
            reportsWarnings: Bool = true, issueLimit: Int = 100
        ) {
            self.extensions = extensions
            self.allowsExampleURLs = allowsExampleURLs
            self.checksVitalSigns = checksVitalSigns
            self.reportsWarnings = reportsWarnings
            self.issueLimit = issueLimit
        }

        /// As strict as HL7's own validator is without other packages: extensions of FHIR alone, no example URLs, vital signs by profile.
        public static let strict = Options(
            extensions: .known(domains: []), allowsExampleURLs: false, checksVitalSigns: true)
    }

    private let definitions: FHIRDefinitions
    private let options: Options

    /// A validator; cheap, the definitions are shared.
    public init(options: Options = Options()) {
        definitions = .r4
        self.options = options
    }

    /// What is wrong with `resource`, in the order of the document; constraints of an element follow its content.
    public func validate(_ resource: JSONValue) -> [FHIRIssue] { validate(resource, isFromXML: false) }

    func validate(_ resource: JSONValue, isFromXML: Bool) -> [FHIRIssue] {
        var run = ValidationRun(definitions: definitions, options: options)
        run.comparesSignedContent = !isFromXML
        run.validate(resource)
        return run.issues
    }

    /// What is wrong with the text of a resource in JSON: what keeps it from being read, or else what ``validate(_:)-(JSONValue)`` says. A
    /// byte-order mark before the text is passed over (RFC 8259, section 8.1).
    public func validate(json bytes: some Collection<UInt8>, limits: JSONLimits = .standard) -> [FHIRIssue] {
        do {
            let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
            return validate(try JSONValue(parsing: bytes.dropFirst(hasMark ? 3 : 0), limits: limits))
        } catch {
            return [FHIRIssue(error)]
        }
    }
}
