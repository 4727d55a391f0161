import CHealthContracts

extension VariantWeight {
    /// The weight that `message` means; every field is checked.
    init(_ message: UnsafeMutablePointer<Health__V1__VariantWeight>, _ reader: MessageReader) throws(ContractError) {
        let chromosome = try reader.text(message.pointee.chromosome, "weights.chromosome")
        let position =
            message.pointee.place_case == HEALTH__V1__VARIANT_WEIGHT__PLACE_POSITION
            ? try reader.number(message.pointee.position, in: 1...Int64.max, "weights.position") : nil
        let identifier = try reader.text(message.pointee.identifier, "weights.identifier")
        if identifier.isEmpty, chromosome.isEmpty || position == nil {
            throw reader.error(.missing, "weights.identifier")
        }
        self.init(
            chromosome: chromosome,
            position: position,
            identifier: identifier,
            effectAllele: try reader.required(message.pointee.effect_allele, "weights.effect_allele"),
            otherAllele: try reader.text(message.pointee.other_allele, "weights.other_allele"),
            weight: try reader.finite(message.pointee.weight, "weights.weight"),
            model: try reader.value(message.pointee.model.rawValue, "weights.model"),
            unknownFields: try reader.unknownFields(message.pointee.base))
    }

    /// The C form of the weight.
    func message(_ writer: inout MessageWriter) -> Health__V1__VariantWeight {
        var message = Health__V1__VariantWeight()
        health__v1__variant_weight__init(&message)
        message.chromosome = writer.text(chromosome)
        if let position {
            message.place_case = HEALTH__V1__VARIANT_WEIGHT__PLACE_POSITION
            message.position = position
        }
        message.identifier = writer.text(identifier)
        message.effect_allele = writer.text(effectAllele)
        message.other_allele = writer.text(otherAllele)
        message.weight = weight
        message.model = Health__V1__WeightModel(rawValue: model.wireNumber)
        writer.keep(unknownFields, in: &message.base)
        return message
    }

    /// The weight in the JSON mirror.
    var json: String {
        var json = CanonicalJSON()
        json.text("chromosome", chromosome)
        if let position { json.integer("position", position) }
        json.text("identifier", identifier)
        json.text("effect_allele", effectAllele)
        json.text("other_allele", otherAllele)
        json.number("weight", weight)
        json.value("model", model)
        return json.object
    }
}
