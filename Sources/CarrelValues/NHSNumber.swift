/// The number that identifies a patient of the National Health Service: nine digits and a check
/// digit, often written in groups.
///
/// Source: NHS Data Dictionary, "NHS Number", modulus 11.
public enum NHSNumber {
  /// The ten digits of a valid number, without the spaces or hyphens it may be written with.
  public static func digits(of text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count >= 10, text.count <= 12 else { return nil }
    let digits = text.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
    guard digits.count == 10,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    let values = digits.map { Int($0 - UInt8(ascii: "0")) }
    let sum = zip(values, (2...10).reversed()).reduce(0) { $0 + $1.0 * $1.1 }
    // A remainder that would need the check digit 10 is never issued.
    return (11 - sum % 11) % 11 == values[9] ? digits : nil
  }

  /// Whether the valid number is in the range that is never issued: it begins with 999.
  public static func isForTests(_ digits: [UInt8]) -> Bool {
    digits.starts(with: Array("999".utf8))
  }
}
