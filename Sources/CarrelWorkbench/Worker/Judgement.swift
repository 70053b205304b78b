import CarrelDifferencing
import CarrelEngine
import CarrelSandbox
import Glibc

extension JudgementRequest {
  /// Judges the tables, in the process that may read who is in them.
  ///
  /// - Throws: ``EngineError`` where a label vector cannot be read, or is damaged.
  func judged() throws(EngineError) -> Judged {
    var vectors: [LabelVector] = []
    for table in new { vectors.append(try table.vector()) }
    let judgement = try DifferencingGuard(rules).judgement(
      of: new.map(\.table), vectors: vectors, against: earlier.map(\.table),
      earlierVector: { (place) throws(EngineError) in try earlier[place].vector() },
      values: { (place) throws(EngineError) in
        switch place {
        case .new(let number): try new[number].valueVector()
        case .earlier(let number): try earlier[number].valueVector()
        }
      })
    var same: [[Bool]] = []
    for (number, verdicts) in judgement.verdicts.enumerated() {
      same.append([])
      for (figure, verdict) in verdicts.enumerated() {
        let isSame = try hasSameMembers(figure, of: number, vectors, as: verdict)
        same[number].append(isSame)
      }
    }
    return Judged(judgement: judgement, hasSameMembers: same)
  }

  /// Whether a figure has the members of the one whose fact it takes, no more and no fewer.
  private func hasSameMembers(
    _ figure: Int, of table: Int, _ vectors: [LabelVector], as verdict: FigureVerdict
  ) throws(EngineError) -> Bool {
    guard case .takes(let place) = verdict else { return false }
    let (other, vector) =
      switch place.table {
      case .new(let number): (new[number], vectors[number])
      case .earlier(let number): (earlier[number], try earlier[number].vector())
      }
    let own = Set(new[table].table.figures[figure].labels)
    let its = Set(other.table.figures[place.figure].labels)
    return CrossTabulation(vectors[table], vector).entries.allSatisfy { entry in
      own.contains(entry.first) == its.contains(entry.second)
    }
  }
}

extension JudgementRequest.StoredTable {
  fileprivate func vector() throws(EngineError) -> LabelVector { try vector(in: part) }

  fileprivate func valueVector() throws(EngineError) -> LabelVector? {
    guard let values else { return nil }
    return try vector(in: values)
  }

  private func vector(in part: VectorPlace) throws(EngineError) -> LabelVector {
    do { return try LabelVector(try bytes(of: part)) } catch {
      throw EngineError(operation: "read a label vector", reason: "it is damaged")
    }
  }

  private func bytes(of part: VectorPlace) throws(EngineError) -> [UInt8] {
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
