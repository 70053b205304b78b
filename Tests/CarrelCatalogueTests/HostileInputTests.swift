import CarrelCatalogue
import CarrelValues
import TestSupport
import Testing

extension SeededGenerator {
  /// Bytes with some of them changed, dropped or doubled.
  fileprivate mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &self) {
      guard let index = bytes.indices.randomElement(using: &self) else { break }
      switch Int.random(in: 0..<4, using: &self) {
      case 0: bytes[index] = .random(in: 0...255, using: &self)
      case 1: bytes.remove(at: index)
      case 2: bytes.insert(Array("\"{}[],:\n\r\\".utf8).randomElement(using: &self) ?? 0, at: index)
      default: bytes.removeSubrange(index..<min(index + 40, bytes.count))
      }
    }
    return bytes
  }
}

@Suite("Hostile input") struct HostileInputTests {
  @Test func `a damaged description is read or refused, never both and never neither`() {
    var random = SeededGenerator(seed: 1)
    let whole = Array(package(patients: #", "dialect": {"delimiter": ";"}"#).utf8)
    var refused = 0
    for _ in 0..<1_000 {
      let reading = DataPackage.read(random.damaged(whole), reservedWords: [])
      #expect((reading.package == nil) == reading.problems.contains { $0.severity == .error })
      refused += reading.package == nil ? 1 : 0
    }
    #expect(refused > 500)
  }

  @Test func `damaged CSV gives the same records or the same mistake in any chunks`() {
    var random = SeededGenerator(seed: 2)
    let whole = Array("code,term\r\n\"a\",\"b \"\"c\"\" é\"\r\nd,\"e\nf\"\r\n,\"\"\r\n".utf8)
    for _ in 0..<1_000 {
      let bytes = random.damaged(whole)
      let size = Int.random(in: 1...9, using: &random)
      let (once, chunked) = (outcome(bytes, chunk: bytes.count + 1), outcome(bytes, chunk: size))
      #expect(once == chunked, "bytes \(bytes) in chunks of \(size)")
    }
  }

  private func outcome(_ bytes: [UInt8], chunk: Int) -> Result<[[String]], CSVError> {
    var reader = CSVReader()
    var record = CSVRecord()
    var records: [[String]] = []
    do throws(CSVError) {
      for start in stride(from: 0, to: bytes.count, by: chunk) {
        reader.append(Array(bytes[start..<min(start + chunk, bytes.count)]))
        while try reader.next(&record) { records.append(record.texts) }
      }
      reader.finish()
      while try reader.next(&record) { records.append(record.texts) }
      return .success(records)
    } catch {
      return .failure(error)
    }
  }

  @Test func `a damaged code list never gives a code that its system could not hold`() throws {
    var random = SeededGenerator(seed: 3)
    let whole = try codelist("opensafely-warfarin")
    for _ in 0..<100 {
      let reading = CodelistFile.read(random.damaged(whole))
      let list = reading.file?.codelist(named: "warfarin", in: .dmd).codelist
      for code in list?.codes ?? [] { #expect(CodingSystem.dmd.isWellFormed(code)) }
    }
  }

  @Test(
    "no message of a refused file holds what the file holds",
    arguments: ["\"canary", "a,b\ncanary\n", "a\ncan\"ary\n", "a\ncanary\0\n", "a\ncanary\r\r\n"])
  func canary(text: String) {
    let error = #expect(throws: CSVError.self) { try CSVReader.records(of: Array(text.utf8)) }
    #expect(error?.description.contains("canary") == false)
  }
}
