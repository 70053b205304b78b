import CarrelDiagnostics
import CarrelFiles
import CarrelSyntax

extension OpenedStudy {
  /// Writes the study anew with every correction that cannot change what it means.
  ///
  /// - Returns: Whether there was any.
  /// - Throws: A ``Failure`` where the file cannot be written; it is then as it was.
  public func applySafeFixes() throws(Failure) -> Bool {
    let fixes = diagnostics.sorted.compactMap(\.help?.fix).filter {
      $0.isSafe && $0.span.source == file.source
    }
    var bytes = file.source.bytes
    var end = bytes.count
    // From the last to the first, so that places stay what they were; of two that overlap the
    // later one in the file is taken now, and the other when the study is checked again.
    for fix in fixes.sorted(by: { $0.span.range.lowerBound > $1.span.range.lowerBound })
    where fix.span.range.upperBound <= end {
      bytes.replaceSubrange(fix.span.range, with: Array(fix.replacement.utf8))
      end = fix.span.range.lowerBound
    }
    guard end < file.source.bytes.count else { return false }
    do throws(FileError) {
      try Files.write(bytes, to: path, access: .everyone)
    } catch {
      throw Failure(error)
    }
    return true
  }
}
