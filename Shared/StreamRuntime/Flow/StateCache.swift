/// The states of an owned partition's keys, at most `capacity` of them.
///
/// Two generations: a key that is used moves to the young one; when that is half the capacity, the old one is let go. Look-ups stay
/// O(1) and the keys used last stay.
public struct StateCache<State: Sendable>: Sendable {
    private var generation: Int
    private var young: [String: State] = [:]
    private var old: [String: State] = [:]

    /// A cache of about `capacity` keys.
    public init(capacity: Int) {
        generation = max(1, capacity / 2)
    }

    /// About how many keys may be held; takes effect as keys are stored.
    public var capacity: Int {
        get { generation * 2 }
        set { generation = max(1, newValue / 2) }
    }

    /// How many keys are held.
    public var count: Int { young.count + old.count }

    /// The state of `key`, or nil when it must be read from the database.
    public mutating func state(of key: String) -> State? {
        if let state = young[key] { return state }
        guard let state = old.removeValue(forKey: key) else { return nil }
        store(state, for: key)
        return state
    }

    /// Holds `state` for `key`.
    public mutating func store(_ state: State, for key: String) {
        if young.count >= generation, young[key] == nil {
            old = young
            young = Dictionary(minimumCapacity: min(generation, 4096))
        }
        young[key] = state
    }

    /// Lets `key` go.
    public mutating func forget(_ key: String) {
        young[key] = nil
        old[key] = nil
    }

    /// Lets every key go.
    public mutating func removeAll() {
        young.removeAll()
        old.removeAll()
    }
}
