import Contracts
import Domain
import JSONDocument

/// A SampledData (R4, datatypes): a series of measurements at equal distances, each a fact at its own time.
///
/// A number is `origin + number * factor` in the origin's unit. `E` (error) is a value that is absent; `L` and `U` are bounds, kept as text like every
/// other bound. Nothing is interpolated.
struct FHIRSampledData {
    /// Samples of one series at most; a longer one belongs in a waveform file.
    static let limit = 4_096

    /// One sample: its distance from the start of the series and what it tells.
    struct Sample {
        let offset: Duration
        let content: FHIRObservedValue.Content
    }

    let samples: [Sample]

    /// The samples of the SampledData `element`; `loinc` is the LOINC code of what was measured, or empty.
    init(of element: FHIRElement, loinc: String) throws {
        guard let origin = try element.element("origin"), let period = try element.decimal("period"),
            let dimensions = try element.decimal("dimensions")
        else { throw element.rejection("missing-element", nil, "must have origin, period and dimensions") }
        guard let milliseconds = period.double, milliseconds > 0, milliseconds <= 86_400_000 else {
            throw element.rejection("number-out-of-range", "period", "must be above 0 ms and at most a day")
        }
        guard dimensions.int64 == 1 else {
            throw element.unmapped(
                "sampled-data-dimensions", "dimensions", "no facts of series with more than one value at a time")
        }
        guard let data = try element.string("data") else {
            throw element.unmapped("no-value", "data", "the series has no samples")
        }
        let zero = try origin.decimal("value")?.double ?? 0
        let factor = try element.decimal("factor")?.double ?? 1
        let code = try origin.code("code")
        let spelled = try origin.boundedString("unit")
        let sent = code ?? spelled ?? ""
        let isUCUM = try code == nil || origin.string("system") == UCUM.system
        let unit = isUCUM ? (code ?? UCUM.code(commonSpelling: sent, of: loinc)) : sent
        let lower = try element.decimal("lowerLimit")?.text
        let upper = try element.decimal("upperLimit")?.text
        let words = data.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count <= Self.limit else {
            throw element.unmapped(
                "sampled-data-too-long", "data", "no facts of series with more than \(Self.limit) samples")
        }
        var samples: [Sample] = []
        samples.reserveCapacity(words.count)
        for (index, word) in words.enumerated() {
            let content: FHIRObservedValue.Content
            switch word {
            case "E": content = FHIRObservedValue.Content(value: .absent(reason: "error"), identity: "absent:error")
            case "L", "U":
                // A limit is in the unit of the samples, before the factor.
                let bound = (word == "L" ? lower : upper) ?? "limit"
                let text = "\(word == "L" ? "<" : ">")\(bound) (of the device's range)"
                content = FHIRObservedValue.Content(value: .text(text), identity: "text:\(text)")
            default:
                guard let number = JSONNumber(String(word)), let raw = number.double else {
                    throw element.rejection("invalid-sampled-data", "data", "must be numbers, E, L and U")
                }
                let value = zero + raw * factor
                guard value.isFinite,
                    let canonical = UCUM.canonical(value.description, unit: isUCUM ? unit : "", code: loinc)
                else { throw element.rejection("number-out-of-range", "data", "must be in the range of a double") }
                content = FHIRObservedValue.Content(
                    value: .quantity(isUCUM ? canonical.value : value), unit: isUCUM ? canonical.unit : sent,
                    originalValue: isUCUM && canonical.isConverted ? value.description : "",
                    originalUnit: !isUCUM || canonical.unit == sent ? "" : sent,
                    identity: "quantity:\(number.canonicalText) \(sent)")
            }
            samples.append(
                Sample(offset: .microseconds(Int64((Double(index) * milliseconds * 1_000).rounded())), content: content)
            )
        }
        self.samples = samples
    }
}
