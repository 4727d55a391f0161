import Contracts
import PostgresClient

/// The tables of facts: each batch is one statement a table. A fact that is there changes nothing.
enum FactTables {
    /// Writes `rows` in the transaction that `connection` is in.
    static func write(_ rows: [IngestionRow], to connection: PostgresConnection) throws {
        var batch = Batch()
        for row in rows { batch.add(row) }
        try observations.write(batch.observations, to: connection)
        try medications.write(batch.medications, to: connection)
        try conditions.write(batch.conditions, to: connection)
        try patients.write(latest(batch.patients), to: connection)
        try allergies.write(batch.allergies, to: connection)
        try encounters.write(batch.encounters, to: connection)
        try procedures.write(batch.procedures, to: connection)
        try immunizations.write(batch.immunizations, to: connection)
        try reports.write(batch.reports, to: connection)
        try consents.write(batch.consents, to: connection)
        try genotypeChunks.write(batch.genotypes, to: connection)
        try genotypeCalls.write(
            ListEntry.entries(of: batch.genotypes, patient: \.patient, \.calls), to: connection)
        try expressionChunks.write(batch.expressions, to: connection)
        try scoreChunks.write(batch.scores, to: connection)
        try scoreWeights.write(
            ListEntry.entries(of: batch.scores, patient: { _ in nil }, \.weights), to: connection)
    }

    /// The rows of a batch, apart by kind.
    private struct Batch {
        var observations: [FactLine<ObservationRecorded>] = []
        var medications: [FactLine<MedicationRecorded>] = []
        var conditions: [FactLine<ConditionRecorded>] = []
        var patients: [FactLine<PatientRegistered>] = []
        var allergies: [FactLine<AllergyRecorded>] = []
        var encounters: [FactLine<EncounterRecorded>] = []
        var procedures: [FactLine<ProcedureRecorded>] = []
        var immunizations: [FactLine<ImmunizationRecorded>] = []
        var reports: [FactLine<ReportRecorded>] = []
        var consents: [FactLine<ConsentRecorded>] = []
        var genotypes: [FactLine<GenotypesRecorded>] = []
        var expressions: [FactLine<ExpressionMeasured>] = []
        var scores: [FactLine<PolygenicScoreDefined>] = []

        mutating func add(_ row: IngestionRow) {
            func line<Event>(_ event: Event) -> FactLine<Event> {
                FactLine(event: event, recordID: row.recordID, tenant: row.tenant)
            }
            switch row.fact {
            case .observation(let event): observations.append(line(event))
            case .medication(let event): medications.append(line(event))
            case .condition(let event): conditions.append(line(event))
            case .patient(let event): patients.append(line(event))
            case .allergy(let event): allergies.append(line(event))
            case .encounter(let event): encounters.append(line(event))
            case .procedure(let event): procedures.append(line(event))
            case .immunization(let event): immunizations.append(line(event))
            case .report(let event): reports.append(line(event))
            case .consent(let event): consents.append(line(event))
            case .genotypes(let event): genotypes.append(line(event))
            case .expression(let event): expressions.append(line(event))
            case .score(let event): scores.append(line(event))
            }
        }
    }
}
