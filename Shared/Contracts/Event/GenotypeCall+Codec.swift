import CHealthContracts

extension GenotypeCall {
    /// The call that `message` means; every field is checked.
    init(_ message: UnsafeMutablePointer<Health__V1__GenotypeCall>, _ reader: MessageReader) throws(ContractError) {
        let position = try reader.number(message.pointee.position, in: 0...Int64.max, "calls.position")
        let alternates = try reader.texts(
            message.pointee.alternates, count: message.pointee.n_alternates, limit: ContractLimits.listEntries,
            "calls.alternates")
        let alleles = try reader.integers(
            message.pointee.alleles, count: message.pointee.n_alleles, limit: ContractLimits.listEntries,
            in: -1...Int32(truncatingIfNeeded: alternates.count), "calls.alleles")
        self.init(
            chromosome: try reader.required(message.pointee.chromosome, "calls.chromosome"),
            position: position,
            end: try reader.number(message.pointee.end, in: position...Int64.max, "calls.end"),
            identifier: try reader.text(message.pointee.identifier, "calls.identifier"),
            reference: try reader.text(message.pointee.reference, "calls.reference"),
            alternates: alternates,
            alleles: alleles,
            isPhased: message.pointee.is_phased != 0,
            phaseSet: message.pointee.phase_case == HEALTH__V1__GENOTYPE_CALL__PHASE_PHASE_SET
                ? message.pointee.phase_set : nil,
            depth: message.pointee.read_depth_case == HEALTH__V1__GENOTYPE_CALL__READ_DEPTH_DEPTH
                ? try reader.number(message.pointee.depth, in: 0...Int32.max, "calls.depth") : nil,
            quality: try reader.finite(
                message.pointee.quality,
                ifPresent: message.pointee.genotype_quality_case
                    == HEALTH__V1__GENOTYPE_CALL__GENOTYPE_QUALITY_QUALITY, "calls.quality"),
            filter: try reader.text(message.pointee.filter, "calls.filter"),
            siteQuality: try reader.finite(
                message.pointee.site_quality,
                ifPresent: message.pointee.site_case == HEALTH__V1__GENOTYPE_CALL__SITE_SITE_QUALITY,
                "calls.site_quality"),
            unknownFields: try reader.unknownFields(message.pointee.base))
    }

    /// The C form of the call.
    func message(_ writer: inout MessageWriter) -> Health__V1__GenotypeCall {
        var message = Health__V1__GenotypeCall()
        health__v1__genotype_call__init(&message)
        message.chromosome = writer.text(chromosome)
        message.position = position
        message.end = end
        message.identifier = writer.text(identifier)
        message.reference = writer.text(reference)
        message.n_alternates = alternates.count
        message.alternates = writer.texts(alternates)
        message.n_alleles = alleles.count
        message.alleles = writer.array(alleles)
        message.is_phased = isPhased ? 1 : 0
        if let phaseSet {
            message.phase_case = HEALTH__V1__GENOTYPE_CALL__PHASE_PHASE_SET
            message.phase_set = phaseSet
        }
        if let depth {
            message.read_depth_case = HEALTH__V1__GENOTYPE_CALL__READ_DEPTH_DEPTH
            message.depth = depth
        }
        if let quality {
            message.genotype_quality_case = HEALTH__V1__GENOTYPE_CALL__GENOTYPE_QUALITY_QUALITY
            message.quality = quality
        }
        message.filter = writer.text(filter)
        if let siteQuality {
            message.site_case = HEALTH__V1__GENOTYPE_CALL__SITE_SITE_QUALITY
            message.site_quality = siteQuality
        }
        writer.keep(unknownFields, in: &message.base)
        return message
    }

    /// The call in the JSON mirror.
    var json: String {
        var json = CanonicalJSON()
        json.text("chromosome", chromosome)
        json.integer("position", position)
        json.integer("end", end)
        json.text("identifier", identifier)
        json.text("reference", reference)
        json.texts("alternates", alternates)
        json.integers("alleles", alleles)
        json.boolean("is_phased", isPhased)
        if let phaseSet { json.integer("phase_set", phaseSet) }
        if let depth { json.integer("depth", depth) }
        if let quality { json.number("quality", quality) }
        json.text("filter", filter)
        if let siteQuality { json.number("site_quality", siteQuality) }
        return json.object
    }
}
