import JSONDocument

extension FHIRIssue {
    /// Why a text that should be FHIR JSON is not even JSON; the place is the JSON pointer written as a FHIRPath place, without the type.
    public init(_ error: JSONError) {
        let code: Code =
            switch error.code {
            case .duplicateKey: .duplicate
            case .depthLimit, .sizeLimit, .numberTooLong: .tooLong
            default: .invalid
            }
        var place = ""
        for step in error.pointer.split(separator: "/") {
            if step.allSatisfy(\.isNumber) {
                place += "[\(step)]"
            } else {
                place += (place.isEmpty ? "" : ".") + step
            }
        }
        self.init(
            severity: .error, code: code, expression: place,
            detail: "\(error.code.rawValue) at line \(error.line), column \(error.column)")
    }
}
