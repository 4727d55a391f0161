public import Contracts

/// What the stream of the service takes.
public enum PharmacogenomicsInput: Sendable {
    /// A chunk of a submission of genotypes.
    case genotypes(GenotypesRecorded)
    /// A medication.
    case medication(MedicationRecorded)
    /// What a laboratory or another tool reports of a gene.
    case diplotype(DiplotypeReported)
    /// A person, for the sex.
    case patient(PatientRegistered)
    /// A release of the tables.
    case release(KnowledgeReleased)
    /// A person to be evaluated again, or a page of them to be found.
    case reevaluation(ReevaluationRequested)

    /// The topics that these come on.
    public static let topics = [
        Topic.genotypesRecorded, Topic.medicationRecorded, Topic.diplotypeReported, Topic.patientRegistered,
        Topic.knowledgeReleased, Topic.reevaluationRequested,
    ]
}
