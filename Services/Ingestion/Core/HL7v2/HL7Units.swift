import Domain
import HL7v2

/// Units of OBX-6 and of doses as UCUM codes.
enum HL7Units {
    /// The unit as it was sent (component 1), and its UCUM code: that of a coding of UCUM, a spelling of ISO+ (HL7 chapter 7) or a common one.
    /// `loinc` is the LOINC code of what was measured, or empty: it tells what `C`, `F` or `lb` mean.
    static func unit(_ element: HL7Element, of loinc: String = "") -> (sent: String, ucum: String) {
        let coded = HL7CodedElement(element)
        if let ucum = coded.codings.first(where: { $0.system.uppercased() == "UCUM" }) {
            return (coded.codings.first?.code ?? ucum.code, ucum.code)
        }
        let sent = coded.codings.first?.code ?? coded.text
        return (sent, iso[sent.lowercased()] ?? UCUM.code(commonSpelling: sent, of: loinc))
    }

    /// ISO+ (HL7 v2.5 chapter 7, figures 7-6 to 7-9) and the ANSI+ forms that feeds still send; in lower case, as ISO+ is written.
    private static let iso: [String: String] = [
        "tera.l-1": "10*12/L", "giga.l-1": "10*9/L", "mega.l-1": "10*6/L", "10*9.l-1": "10*9/L", "10*12.l-1": "10*12/L",
        "g.l-1": "g/L", "g/l": "g/L", "mg.l-1": "mg/L", "mg/dl": "mg/dL", "g/dl": "g/dL", "gm/dl": "g/dL",
        "mg/l": "mg/L",
        "mmol.l-1": "mmol/L", "mmol/l": "mmol/L", "umol.l-1": "umol/L", "umol/l": "umol/L", "meq/l": "meq/L",
        "meq.l-1": "meq/L", "ng/ml": "ng/mL", "ug/ml": "ug/mL", "pg/ml": "pg/mL", "iu/l": "[iU]/L", "u/l": "U/L",
        "fl": "fL",
        "bpm": "/min", "beats/min": "/min", "beat/min": "/min", "/min": "/min", "br/min": "/min", "breaths/min": "/min",
        "mm(hg)": "mm[Hg]", "mmhg": "mm[Hg]", "mm hg": "mm[Hg]", "mm[hg]": "mm[Hg]", "kpal": "kPa", "kpa": "kPa",
        "cel": "Cel", "degc": "Cel", "deg c": "Cel", "degf": "[degF]", "deg f": "[degF]", "kg": "kg", "lbs": "[lb_av]",
        "cm": "cm", "kg/m2": "kg/m2", "kg/m^2": "kg/m2", "pct": "%", "percent": "%", "sec": "s", "ml": "mL", "l": "L",
    ]
}
