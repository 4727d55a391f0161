import JSONDocument
import XMLReader

/// Reads Apple Health's `export.xml` as it arrives, in flat memory: an outcome for each Record (those inside a Correlation too), Workout,
/// ActivitySummary, Correlation, Me, ClinicalRecord, Audiogram and whatever else stands in HealthData, in the order in which they end.
///
/// The export names no person: the context's subject is. Times have their offset; the days of ActivitySummary are those of the context's
/// zone, or of UTC with the note `zone-assumed`. Unknown types and elements are archived with a code. Bytes that are no XML end the reading
/// with one rejected outcome; what came before stands. The document type is read over: those of iOS 16 are themselves no XML.
///
///     let reader = AppleHealthReader(context: context, names: names) { outcome in ... }
///     for piece in pieces { reader.read(piece) }
///     reader.finish()
public final class AppleHealthReader {
    private let handler: AppleHealthHandler
    private let reader: XMLReader?
    private var prologue: AppleDocumentType? = AppleDocumentType()

    /// A reader of one export.
    ///
    /// - Parameter keepsSource: whether outcomes carry the element as JSON, for the archive; reading is faster without.
    public init(
        context: FeedContext, names: any PersonNaming, keepsSource: Bool = true,
        onOutcome: @escaping (FactOutcome) -> Void
    ) {
        handler = AppleHealthHandler(context: context, names: names, keepsSource: keepsSource, onOutcome: onOutcome)
        do throws(XMLError) {
            reader = try XMLReader(handler: handler)
        } catch {
            reader = nil
            handler.end(with: error)
        }
    }

    /// The next bytes of the export.
    public func read(_ bytes: some Collection<UInt8>) {
        guard prologue != nil else { return parse(bytes) }
        guard let start = prologue?.take(bytes) else { return }
        prologue = nil
        parse(start)
    }

    /// The export is at its end.
    public func finish() {
        if let rest = prologue?.rest() { parse(rest) }
        prologue = nil
        guard let reader, !handler.isEnded else { return }
        do throws(XMLError) { try reader.finish() } catch { handler.end(with: error) }
    }

    private func parse(_ bytes: some Collection<UInt8>) {
        guard let reader, !handler.isEnded else { return }
        do throws(XMLError) { try reader.parse(bytes) } catch { handler.end(with: error) }
    }
}
