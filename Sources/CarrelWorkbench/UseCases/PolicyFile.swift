import CarrelDiagnostics
import CarrelFiles
import CarrelPolicy

/// A disclosure policy that somebody named: one that the program carries, or a file.
struct PolicyFile {
  let policy: Policy
  let source: SourceText

  /// Reads a policy by its name, or by the path of its file, which ends in `.policy`.
  init(_ name: String) throws(Failure) {
    if name.hasSuffix(".policy") {
      do throws(FileError) {
        source = SourceText(
          name: name, bytes: try Files.read(name, limitBytes: PolicyReader.longestFile + 1))
      } catch {
        throw Failure(error, help: "name a policy that `carrel policy explain` knows, or its file")
      }
    } else {
      source = try ShippedPolicy.source(named: name)
    }
    policy = try Policy.read(source)
  }

  /// The name and version, as people say them: `opensafely 3`.
  var title: String { "\(policy.name) \(policy.version)" }
}
