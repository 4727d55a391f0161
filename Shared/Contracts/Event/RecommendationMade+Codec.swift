import CHealthContracts
import Domain

extension RecommendationMade {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "RecommendationMade", unpack: health__v1__recommendation_made__unpack
        ) { (message, reader) throws(ContractError) in
            RecommendationMade(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                recommendationID: try reader.eventID(message.pointee.recommendation_id, "recommendation_id"),
                version: try reader.number(message.pointee.version, in: 1...Int64.max, "version"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                drug: try reader.required(message.pointee.drug, "drug"),
                rxnorm: try reader.text(message.pointee.rxnorm, "rxnorm"),
                isActiveMedication: message.pointee.is_active_medication != 0,
                status: try reader.value(message.pointee.status.rawValue, "status"),
                guidelineSource: try reader.text(message.pointee.guideline_source, "guideline_source"),
                guideline: try reader.text(message.pointee.guideline, "guideline"),
                guidelineVersion: try reader.text(message.pointee.guideline_version, "guideline_version"),
                population: try reader.text(message.pointee.population, "population"),
                actions: try reader.texts(
                    message.pointee.actions, count: message.pointee.n_actions, limit: ContractLimits.listEntries,
                    "actions"),
                strength: try reader.text(message.pointee.strength, "strength"),
                riskClass: try reader.text(message.pointee.risk_class, "risk_class"),
                summary: try reader.text(message.pointee.summary, "summary"),
                missingGenes: try reader.texts(
                    message.pointee.missing_genes, count: message.pointee.n_missing_genes,
                    limit: ContractLimits.listEntries,
                    "missing_genes"),
                settledBy: try reader.texts(
                    message.pointee.settled_by, count: message.pointee.n_settled_by, limit: ContractLimits.listEntries,
                    "settled_by"),
                conflicts: try reader.texts(
                    message.pointee.conflicts, count: message.pointee.n_conflicts, limit: ContractLimits.listEntries,
                    "conflicts"),
                genes: try reader.texts(
                    message.pointee.genes, count: message.pointee.n_genes, limit: ContractLimits.listEntries,
                    "genes"),
                phenotypes: try reader.texts(
                    message.pointee.phenotypes, count: message.pointee.n_phenotypes, limit: ContractLimits.listEntries,
                    "phenotypes"),
                isWithdrawn: message.pointee.is_withdrawn != 0,
                explanation: try reader.text(
                    message.pointee.explanation, "explanation", limit: ContractLimits.explanationBytes),
                knowledgeVersion: try reader.required(message.pointee.knowledge_version, "knowledge_version"),
                inputEventIDs: try reader.eventIDs(
                    message.pointee.input_event_ids, count: message.pointee.n_input_event_ids,
                    limit: ContractLimits.listEntries,
                    "input_event_ids"),
                effectiveAt: try reader.requiredTime(
                    message.pointee.effective_at_us,
                    isPresent: message.pointee.effective_case
                        == HEALTH__V1__RECOMMENDATION_MADE__EFFECTIVE_EFFECTIVE_AT_US,
                    "effective_at_us"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__RecommendationMade(), unknownFields: unknownFields,
            initialize: health__v1__recommendation_made__init,
            size: health__v1__recommendation_made__get_packed_size, pack: health__v1__recommendation_made__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.recommendation_id = writer.text(recommendationID)
            message.version = version
            message.patient = writer.text(patient)
            message.drug = writer.text(drug)
            message.rxnorm = writer.text(rxnorm)
            message.is_active_medication = isActiveMedication ? 1 : 0
            message.status = Health__V1__RecommendationStatus(rawValue: status.wireNumber)
            message.guideline_source = writer.text(guidelineSource)
            message.guideline = writer.text(guideline)
            message.guideline_version = writer.text(guidelineVersion)
            message.population = writer.text(population)
            message.n_actions = actions.count
            message.actions = writer.texts(actions)
            message.strength = writer.text(strength)
            message.risk_class = writer.text(riskClass)
            message.summary = writer.text(summary)
            message.n_missing_genes = missingGenes.count
            message.missing_genes = writer.texts(missingGenes)
            message.n_settled_by = settledBy.count
            message.settled_by = writer.texts(settledBy)
            message.n_conflicts = conflicts.count
            message.conflicts = writer.texts(conflicts)
            message.n_genes = genes.count
            message.genes = writer.texts(genes)
            message.n_phenotypes = phenotypes.count
            message.phenotypes = writer.texts(phenotypes)
            message.is_withdrawn = isWithdrawn ? 1 : 0
            message.explanation = writer.text(explanation)
            message.knowledge_version = writer.text(knowledgeVersion)
            message.n_input_event_ids = inputEventIDs.count
            message.input_event_ids = writer.texts(inputEventIDs.map(\.description))
            message.effective_case = HEALTH__V1__RECOMMENDATION_MADE__EFFECTIVE_EFFECTIVE_AT_US
            message.effective_at_us = effectiveAt.microseconds
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.id("recommendation_id", recommendationID)
        json.integer("version", version)
        json.text("patient", patient.rawValue)
        json.text("drug", drug)
        json.text("rxnorm", rxnorm)
        json.boolean("is_active_medication", isActiveMedication)
        json.value("status", status)
        json.text("guideline_source", guidelineSource)
        json.text("guideline", guideline)
        json.text("guideline_version", guidelineVersion)
        json.text("population", population)
        json.texts("actions", actions)
        json.text("strength", strength)
        json.text("risk_class", riskClass)
        json.text("summary", summary)
        json.texts("missing_genes", missingGenes)
        json.texts("settled_by", settledBy)
        json.texts("conflicts", conflicts)
        json.texts("genes", genes)
        json.texts("phenotypes", phenotypes)
        json.boolean("is_withdrawn", isWithdrawn)
        json.text("explanation", explanation)
        json.text("knowledge_version", knowledgeVersion)
        json.texts("input_event_ids", inputEventIDs.map(\.description))
        json.time("effective_at_us", effectiveAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
