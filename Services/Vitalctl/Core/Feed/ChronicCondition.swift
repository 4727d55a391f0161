/// A long illness that a generated person may have, and what is prescribed for it.
///
/// Codes are SNOMED CT and RxNorm identifiers as they stand in the public Synthea R4 sample (SMART on FHIR, generated-sample-data); those of
/// clopidogrel and citalopram are the ingredients' of CPIC's list of gene-drug pairs.
struct ChronicCondition: Sendable {
    struct Coding: Sendable {
        let code: String
        let display: String
    }

    let snomed: Coding
    let prescription: Coding
    let dosage: String
    /// The share of people around fifty who have it; a round figure, not epidemiology.
    let prevalence: Double

    static let all = [
        ChronicCondition(
            snomed: Coding(code: "38341003", display: "Hypertension"),
            prescription: Coding(code: "316049", display: "Hydrochlorothiazide 25 MG"), dosage: "1 tablet each morning",
            prevalence: 0.3),
        ChronicCondition(
            snomed: Coding(code: "44054006", display: "Diabetes"),
            prescription: Coding(
                code: "860975", display: "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet"),
            dosage: "1 tablet with the evening meal", prevalence: 0.1),
        ChronicCondition(
            snomed: Coding(code: "55822004", display: "Hyperlipidemia"),
            prescription: Coding(code: "316672", display: "Simvistatin 10 MG"), dosage: "1 tablet at night",
            prevalence: 0.2),
        ChronicCondition(
            snomed: Coding(code: "195967001", display: "Asthma"),
            prescription: Coding(code: "745679", display: "200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler"),
            dosage: "2 puffs when needed", prevalence: 0.08),
        ChronicCondition(
            snomed: Coding(code: "49436004", display: "Atrial Fibrillation"),
            prescription: Coding(code: "855332", display: "Warfarin Sodium 5 MG Oral Tablet"),
            dosage: "1 tablet daily", prevalence: 0.03),
        ChronicCondition(
            snomed: Coding(code: "53741008", display: "Coronary Heart Disease"),
            prescription: Coding(code: "32968", display: "clopidogrel"), dosage: "75 mg daily", prevalence: 0.06),
        ChronicCondition(
            snomed: Coding(code: "370143000", display: "Major depressive disorder"),
            prescription: Coding(code: "2556", display: "citalopram"), dosage: "20 mg each morning", prevalence: 0.07),
    ]
}
