import CHealthContracts
import Domain

extension PhenotypeDetermined {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "PhenotypeDetermined", unpack: health__v1__phenotype_determined__unpack
        ) { (message, reader) throws(ContractError) in
            PhenotypeDetermined(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                gene: try reader.required(message.pointee.gene, "gene"),
                version: try reader.number(message.pointee.version, in: 1...Int64.max, "version"),
                callStatus: try reader.value(message.pointee.call_status.rawValue, "call_status"),
                diplotype: try reader.text(message.pointee.diplotype, "diplotype"),
                diplotypeCount: try reader.number(
                    message.pointee.diplotype_count, in: 0...Int64.max, "diplotype_count"),
                topWeight: try reader.finite(
                    message.pointee.top_weight,
                    ifPresent: message.pointee.weight_case == HEALTH__V1__PHENOTYPE_DETERMINED__WEIGHT_TOP_WEIGHT,
                    "top_weight"),
                phenotype: try reader.text(message.pointee.phenotype, "phenotype"),
                phenotypes: try reader.texts(
                    message.pointee.phenotypes, count: message.pointee.n_phenotypes, limit: ContractLimits.listEntries,
                    "phenotypes"),
                activityScore: try reader.finite(
                    message.pointee.activity_score,
                    ifPresent: message.pointee.activity_case
                        == HEALTH__V1__PHENOTYPE_DETERMINED__ACTIVITY_ACTIVITY_SCORE,
                    "activity_score"),
                convertedPhenotype: try reader.text(message.pointee.converted_phenotype, "converted_phenotype"),
                convertedActivityScore: try reader.finite(
                    message.pointee.converted_activity_score,
                    ifPresent: message.pointee.converted_activity_case
                        == HEALTH__V1__PHENOTYPE_DETERMINED__CONVERTED_ACTIVITY_CONVERTED_ACTIVITY_SCORE,
                    "converted_activity_score"),
                inhibitors: try reader.texts(
                    message.pointee.inhibitors, count: message.pointee.n_inhibitors, limit: ContractLimits.listEntries,
                    "inhibitors"),
                missingPositions: try reader.texts(
                    message.pointee.missing_positions, count: message.pointee.n_missing_positions,
                    limit: ContractLimits.listEntries,
                    "missing_positions"),
                novel: try reader.texts(
                    message.pointee.novel, count: message.pointee.n_novel, limit: ContractLimits.listEntries,
                    "novel"),
                knowledgeVersion: try reader.required(message.pointee.knowledge_version, "knowledge_version"),
                inputEventIDs: try reader.eventIDs(
                    message.pointee.input_event_ids, count: message.pointee.n_input_event_ids,
                    limit: ContractLimits.listEntries,
                    "input_event_ids"),
                effectiveAt: try reader.requiredTime(
                    message.pointee.effective_at_us,
                    isPresent: message.pointee.effective_case
                        == HEALTH__V1__PHENOTYPE_DETERMINED__EFFECTIVE_EFFECTIVE_AT_US,
                    "effective_at_us"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__PhenotypeDetermined(), unknownFields: unknownFields,
            initialize: health__v1__phenotype_determined__init,
            size: health__v1__phenotype_determined__get_packed_size, pack: health__v1__phenotype_determined__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.gene = writer.text(gene)
            message.version = version
            message.call_status = Health__V1__PhenotypeCallStatus(rawValue: callStatus.wireNumber)
            message.diplotype = writer.text(diplotype)
            message.diplotype_count = diplotypeCount
            if let topWeight {
                message.weight_case = HEALTH__V1__PHENOTYPE_DETERMINED__WEIGHT_TOP_WEIGHT
                message.top_weight = topWeight
            }
            message.phenotype = writer.text(phenotype)
            message.n_phenotypes = phenotypes.count
            message.phenotypes = writer.texts(phenotypes)
            if let activityScore {
                message.activity_case = HEALTH__V1__PHENOTYPE_DETERMINED__ACTIVITY_ACTIVITY_SCORE
                message.activity_score = activityScore
            }
            message.converted_phenotype = writer.text(convertedPhenotype)
            if let convertedActivityScore {
                message.converted_activity_case =
                    HEALTH__V1__PHENOTYPE_DETERMINED__CONVERTED_ACTIVITY_CONVERTED_ACTIVITY_SCORE
                message.converted_activity_score = convertedActivityScore
            }
            message.n_inhibitors = inhibitors.count
            message.inhibitors = writer.texts(inhibitors)
            message.n_missing_positions = missingPositions.count
            message.missing_positions = writer.texts(missingPositions)
            message.n_novel = novel.count
            message.novel = writer.texts(novel)
            message.knowledge_version = writer.text(knowledgeVersion)
            message.n_input_event_ids = inputEventIDs.count
            message.input_event_ids = writer.texts(inputEventIDs.map(\.description))
            message.effective_case = HEALTH__V1__PHENOTYPE_DETERMINED__EFFECTIVE_EFFECTIVE_AT_US
            message.effective_at_us = effectiveAt.microseconds
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.text("patient", patient.rawValue)
        json.text("gene", gene)
        json.integer("version", version)
        json.value("call_status", callStatus)
        json.text("diplotype", diplotype)
        json.integer("diplotype_count", diplotypeCount)
        if let topWeight { json.number("top_weight", topWeight) }
        json.text("phenotype", phenotype)
        json.texts("phenotypes", phenotypes)
        if let activityScore { json.number("activity_score", activityScore) }
        json.text("converted_phenotype", convertedPhenotype)
        if let convertedActivityScore { json.number("converted_activity_score", convertedActivityScore) }
        json.texts("inhibitors", inhibitors)
        json.texts("missing_positions", missingPositions)
        json.texts("novel", novel)
        json.text("knowledge_version", knowledgeVersion)
        json.texts("input_event_ids", inputEventIDs.map(\.description))
        json.time("effective_at_us", effectiveAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
