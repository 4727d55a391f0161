import CHealthContracts

extension KnowledgeFile {
    /// The file that `message` means; every field is checked.
    init(_ message: UnsafeMutablePointer<Health__V1__KnowledgeFile>, _ reader: MessageReader) throws(ContractError) {
        let name = try reader.required(message.pointee.name, "files.name")
        let content = try reader.binary(message.pointee.content_zstd, "files.content_zstd")
        guard !content.isEmpty else { throw reader.error(.missing, "files.content_zstd") }
        self.init(
            name: name, contentZstd: content, unknownFields: try reader.unknownFields(message.pointee.base))
    }

    /// The C form of the file.
    func message(_ writer: inout MessageWriter) -> Health__V1__KnowledgeFile {
        var message = Health__V1__KnowledgeFile()
        health__v1__knowledge_file__init(&message)
        message.name = writer.text(name)
        message.content_zstd = writer.binary(contentZstd)
        writer.keep(unknownFields, in: &message.base)
        return message
    }

    /// The file in the JSON mirror.
    var json: String {
        var json = CanonicalJSON()
        json.text("name", name)
        json.binary("content_zstd", contentZstd)
        return json.object
    }
}
