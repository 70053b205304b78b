import CarrelFiles
import Glibc

/// The invented people that the project ships.
enum SampleData {
  /// The nearest folder `SampleData` beside the program or above it, which is where a build puts it.
  static var folder: String? {
    guard let program = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(program) }
    var folder = Path.parent(of: String(cString: program))
    while folder != "/" && folder != "." {
      let candidate = Path.join(folder, "SampleData")
      if Files.exists(Path.join(candidate, "datapackage.json")) { return candidate }
      folder = Path.parent(of: folder)
    }
    return nil
  }
}
