import Glibc

/// Conversion between character sets by the C library's iconv, strict: what has no equivalent is an error.
enum Transcoder {
    /// `bytes` in UTF-8, or the offset of the first byte that is not of `encoding`.
    static func decode(_ bytes: ArraySlice<UInt8>, from encoding: String) -> Result<[UInt8], BadByte> {
        convert(bytes, from: encoding, to: "UTF-8")
    }

    /// The UTF-8 `bytes` in `encoding`, or the offset of the first byte that has no equivalent.
    static func encode(_ bytes: ArraySlice<UInt8>, to encoding: String) -> Result<[UInt8], BadByte> {
        convert(bytes, from: "UTF-8", to: encoding)
    }

    /// Where a conversion stopped.
    struct BadByte: Error, Equatable {
        let offset: Int
    }

    private static func convert(
        _ bytes: ArraySlice<UInt8>, from source: String, to target: String
    ) -> Result<[UInt8], BadByte> {
        guard let converter = iconv_open(target, source), Int(bitPattern: converter) != -1 else {
            return .failure(BadByte(offset: 0))
        }
        defer { iconv_close(converter) }
        // iconv's input is not const in its type, and it does not write to it.
        var input = bytes.map { CChar(bitPattern: $0) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2 + 16)
        var buffer = [CChar](repeating: 0, count: 4_096)
        var offset = 0
        var isFlushing = false
        while true {
            var left = input.count - offset
            let status = input.withUnsafeMutableBufferPointer { input -> (isDone: Bool, isFull: Bool, written: Int) in
                buffer.withUnsafeMutableBufferPointer { buffer in
                    var from = input.baseAddress.map { $0 + offset }
                    var to = buffer.baseAddress
                    var room = buffer.count
                    let result =
                        isFlushing
                        ? iconv(converter, nil, nil, &to, &room) : iconv(converter, &from, &left, &to, &room)
                    let failed = result == -1
                    return (!failed, failed && errno == E2BIG, buffer.count - room)
                }
            }
            output.append(contentsOf: buffer[..<status.written].lazy.map { UInt8(bitPattern: $0) })
            if !isFlushing { offset = input.count - left }
            if status.isFull { continue }
            guard status.isDone else { return .failure(BadByte(offset: offset)) }
            if isFlushing { return .success(output) }
            isFlushing = true
        }
    }
}
