import CarrelValues
import Glibc

/// A comma-separated file while it is being written.
///
/// No field of the sample data holds a comma outside `all_diagnoses`, a quote mark or a line break.
struct CSVTable {
  let name: String
  private(set) var bytes: [UInt8] = []

  init(_ name: String, columns: [String]) {
    self.name = name
    append(columns)
  }

  mutating func append(_ fields: [String]) {
    for (position, field) in fields.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      let isQuoted = field.utf8.contains(UInt8(ascii: ","))
      if isQuoted { bytes.append(UInt8(ascii: "\"")) }
      bytes.append(contentsOf: field.utf8)
      if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes the file into a folder that exists, over one of the same name.
  func write(into folder: String) throws(GeneratorError) {
    let path = "\(folder)/\(name).csv"
    guard let file = fopen(path, "w") else {
      throw GeneratorError(
        description: "cannot write `\(path)`: \(String(cString: strerror(errno)))")
    }
    let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    guard fclose(file) == 0, written == bytes.count else {
      throw GeneratorError(
        description: "cannot write all of `\(path)`: \(String(cString: strerror(errno)))")
    }
  }
}

/// A failure of the world while the sample data was written.
struct GeneratorError: Error, CustomStringConvertible {
  let description: String
}

/// How values are written: dates as `YYYY-MM-DD`, a missing value as nothing.
func field(_ date: CivilDate?) -> String { date.map { "\($0)" } ?? "" }
func field(_ number: Int?) -> String { number.map(String.init) ?? "" }
