import CarrelDifferencing
import CarrelEngine
import CarrelSandbox
import Glibc

extension JudgementRequest {
  /// Judges the tables, in the process that may read who is in them.
  ///
  /// - Throws: ``EngineError`` where a label vector cannot be read, or is damaged.
  func judged() throws(EngineError) -> GuardJudgement {
    var vectors: [LabelVector] = []
    for table in new { vectors.append(try table.vector()) }
    return try DifferencingGuard(rules).judgement(
      of: new.map(\.table), vectors: vectors, against: earlier.map(\.table)
    ) { (place) throws(EngineError) in try earlier[place].vector() }
  }
}

extension JudgementRequest.StoredTable {
  fileprivate func vector() throws(EngineError) -> LabelVector {
    do { return try LabelVector(try bytes()) } catch {
      throw EngineError(operation: "read a label vector", reason: "it is damaged")
    }
  }

  private func bytes() throws(EngineError) -> [UInt8] {
    let descriptor = ConfinedChild.fileNumber + CInt(file)
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: part.byteCount) { buffer, count in
      while count < part.byteCount {
        let more = pread(
          descriptor, buffer.baseAddress?.advanced(by: count), part.byteCount - count,
          off_t(part.offset + count))
        if more < 0, errno == EINTR { continue }
        guard more > 0 else {
          failed = true
          return
        }
        count += more
      }
    }
    if failed {
      throw EngineError(operation: "read a label vector", reason: "its file is too short")
    }
    return bytes
  }
}
