import CarrelFiles

/// The address by which an editor names a file, such as `file:///home/ada/study.carrel`.
enum DocumentAddress {
  private static let scheme = "file://"

  /// The path of a `file:` address; `nil` for any other, such as that of a text never saved.
  static func path(of address: String) -> String? {
    guard address.utf8.starts(with: scheme.utf8) else { return nil }
    // What stands before the path is a host: none, or this one.
    let rest = address.dropFirst(scheme.count)
    guard let slash = rest.firstIndex(of: "/") else { return nil }
    return decoded(rest[slash...].utf8)
  }

  /// The address of a file with an absolute path.
  static func address(of path: String) -> String {
    scheme
      + path.utf8.map { byte in isPlain(byte) ? String(UnicodeScalar(byte)) : encoded(byte) }
      .joined()
  }

  private static func decoded(_ bytes: Substring.UTF8View) -> String? {
    var result: [UInt8] = []
    var rest = Array(bytes)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return nil }
      result.append(value)
      rest = rest.dropFirst(2)
    }
    return result.contains(0) ? nil : String(validating: result, as: UTF8.self)
  }

  private static func encoded(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.count == 1 ? "0" : "") + digits
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch UnicodeScalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9", "/", "-", "_", ".", "~": true
    default: false
    }
  }
}

extension StudyPlace {
  /// The nearest site around a file: a folder above it that is one.
  static func around(_ path: String) -> StudyPlace? {
    var folder = Path.parent(of: path)
    while true {
      if Files.exists(Path.join(folder, "site.json")) { return .site(folder) }
      let parent = Path.parent(of: folder)
      if parent == folder || parent == "." { return nil }
      folder = parent
    }
  }
}
