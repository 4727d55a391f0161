import JSONDocument

/// One entry of a Bundle, read as far as that is possible without its resource's meaning.
struct FHIREntry {
    /// The entry itself.
    let element: FHIRElement
    /// Its fullUrl.
    let fullURL: String?
    /// Its resource.
    let resource: FHIRElement?
    /// The resource's type as sent; empty when it has none.
    let type: String
    /// What a batch or transaction asks for it.
    let request: FHIREntryRequest?
    /// Why the entry itself cannot be served.
    let failure: FeedRejection?

    /// The resource's id.
    var id: String? { resource?.object["id"]?.string }

    /// The entry of a Bundle of type `bundle`.
    init(_ element: FHIRElement, in bundle: FHIRBundleType, serverBase: String?) {
        self.element = element
        fullURL = element.object["fullUrl"]?.string
        var resource: FHIRElement?
        var request: FHIREntryRequest?
        var failure: FeedRejection?
        var type = ""
        do throws(FeedRejection) {
            _ = try element.string("fullUrl")
            resource = try element.element("resource")
            type = resource?.object["resourceType"]?.string ?? ""
            if bundle.hasRequests {
                request = try FHIREntryRequest(
                    of: element, type: type, resourceID: resource?.object["id"]?.string, serverBase: serverBase)
            }
        } catch {
            failure = error
        }
        self.resource = resource
        self.request = request
        self.failure = failure
        self.type = type
    }
}

/// The bundle types of FHIR R4.
enum FHIRBundleType: String {
    case document, message, transaction, batch, history, searchset, collection
    case transactionResponse = "transaction-response"
    case batchResponse = "batch-response"

    /// Whether each entry says what is to be done with it.
    var hasRequests: Bool { self == .transaction || self == .batch }
}
