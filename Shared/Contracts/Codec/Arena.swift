import CProtobufC

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Memory for one call of protobuf-c: allocations are cut from a block and freed together.
///
/// Each allocation is preceded by its size, so that the exact length of a decoded string is known without `strlen`, NUL characters
/// included. The sum of all allocations is bounded: a message of a megabyte of two-byte fields would otherwise cost sixty.
struct Arena: ~Copyable {
    /// The present block.
    private var block: UnsafeMutableRawPointer
    private var blockSize: Int
    private var used: Int
    /// Earlier blocks, linked through their first word.
    private var remaining: Int
    /// Whether an allocation was refused because the bound was reached.
    private(set) var isExhausted = false

    /// The size word before each allocation and the link at the head of each block; also the alignment of everything.
    static let headerSize = 16

    /// What decoding one message may take: the largest message with its texts copied, and some twenty thousand fields. The bound is the same
    /// for every message, so that what was accepted is accepted again after forwarding, however much shorter its form became.
    static let decodingBytes = 4 << 20

    /// An arena whose first block has `firstBlockSize` bytes and that hands out no more than `limit` bytes.
    init(firstBlockSize: Int, limit: Int) {
        blockSize = (firstBlockSize + 2 * Self.headerSize + 15) & ~15
        // A failing malloc of a few kilobytes ends the process, as any Swift allocation would.
        block = UnsafeMutableRawPointer.allocate(byteCount: blockSize, alignment: 16)
        block.storeBytes(of: nil, as: UnsafeMutableRawPointer?.self)
        used = Self.headerSize
        remaining = limit
    }

    deinit {
        var next: UnsafeMutableRawPointer? = block
        while let current = next {
            next = current.load(as: UnsafeMutableRawPointer?.self)
            current.deallocate()
        }
    }

    /// `size` bytes, aligned to 16, or nil when the bound is reached.
    mutating func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        guard size >= 0, size <= remaining else {
            isExhausted = true
            return nil
        }
        let total = (size + Self.headerSize + 15) & ~15
        remaining -= min(remaining, total)
        if total > blockSize - used { addBlock(for: total) }
        let header = block + used
        header.storeBytes(of: size, as: Int.self)
        used += total
        return header + Self.headerSize
    }

    private mutating func addBlock(for total: Int) {
        let size = max(2 * blockSize, total + Self.headerSize)
        let next = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        next.storeBytes(of: block, as: UnsafeMutableRawPointer?.self)
        block = next
        blockSize = size
        used = Self.headerSize
    }

    /// How many bytes were asked for when `pointer` was allocated.
    static func size(of pointer: UnsafeRawPointer) -> Int {
        (pointer - headerSize).load(as: Int.self)
    }

    /// A copy of `text` with a NUL at its end. A NUL inside of it becomes U+FFFD.
    mutating func cString(_ text: String) -> UnsafeMutablePointer<CChar>? {
        var text = text
        let copied: UnsafeMutablePointer<CChar>?? = text.withUTF8 { utf8 in
            guard !utf8.contains(0) else { return .none }
            guard let memory = allocate(utf8.count + 1) else { return .some(nil) }
            if let source = utf8.baseAddress { memory.copyMemory(from: source, byteCount: utf8.count) }
            memory.storeBytes(of: 0, toByteOffset: utf8.count, as: UInt8.self)
            return memory.assumingMemoryBound(to: CChar.self)
        }
        if let copied { return copied }
        return cString(String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value == 0 ? "\u{FFFD}" : $0 })))
    }
}

extension ProtobufCAllocator {
    /// An allocator that cuts from the arena at `arena`; freeing does nothing.
    init(cuttingFrom arena: UnsafeMutablePointer<Arena>) {
        self.init(
            alloc: { arena, size in
                arena?.assumingMemoryBound(to: Arena.self).pointee.allocate(Int(clamping: size))
            },
            free: { _, _ in },
            allocator_data: UnsafeMutableRawPointer(arena))
    }
}
