/// The definitions of FHIR R4 (4.0.1) as a graph of numbers: every resource and data type with its elements and constraints.
///
/// Built once from the text that deploy/checks/embed_fhir_definitions.py writes; immutable.
public final class FHIRDefinitions: Sendable {
    /// The core definitions.
    public static let r4 = FHIRDefinitions()

    let types: [TypeDefinition]
    let typeNumbers: [String: Int]
    let codes: [Set<String>]
    let extensions: [String: CoreExtension]
    let pathNames: [String: Int]

    /// The types that code asks for by name.
    let resource, domainResource, element, bundle, bundleEntry: Int

    private init() {
        var reader = DefinitionReader()
        reader.read()
        types = reader.types
        typeNumbers = reader.numbers
        codes = reader.codes
        extensions = reader.extensions
        pathNames = reader.pathNames
        func number(_ name: String) -> Int { reader.numbers[name] ?? -1 }
        resource = number("Resource")
        domainResource = number("DomainResource")
        element = number("Element")
        bundle = number("Bundle")
        bundleEntry = number("Bundle.entry")
    }

    /// The names of the resource types, sorted.
    public var resourceTypes: [String] { types.filter { $0.kind == .resource }.map(\.name).sorted() }

    /// Every constraint with its place, in the order of the definitions.
    public var constraints: [FHIRConstraint] {
        var seen: Set<String> = []
        return (types.flatMap(\.constraints) + types.flatMap(\.elements).flatMap(\.constraints))
            .filter { seen.insert("\($0.key) \($0.place)").inserted }
    }

    /// Constraints whose expression this module cannot evaluate and that it does not check otherwise.
    public var unsupportedConstraints: [FHIRConstraint] {
        constraints.filter { $0.compiled == nil && !FHIRConstraint.native.contains($0.key) }
    }

    /// The type `name`, when it is that of a resource that can stand for itself.
    func resourceType(_ name: String) -> TypeDefinition? {
        guard let number = typeNumbers[name], types[number].kind == .resource else { return nil }
        return types[number]
    }

    /// The number by which FHIRPath finds elements called `name`; -1 when no type has one.
    func pathName(_ name: String) -> Int { pathNames[name] ?? -1 }
}

/// What R4 itself says of an extension that it defines.
struct CoreExtension: Sendable {
    /// An extension within an extension.
    struct Part: Sendable {
        let url: String
        let isRequired: Bool
        let isRepeated: Bool
        let types: Set<String>?
    }

    let isModifier: Bool
    /// The types of the value as member names have them (`CodeableConcept`, `String`); empty when it holds extensions instead, nil for any.
    let types: Set<String>?
    let parts: [Part]
}
