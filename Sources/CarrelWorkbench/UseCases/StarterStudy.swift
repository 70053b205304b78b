import CarrelFiles

/// The study that `carrel new` makes: short, commented, and it runs as it is.
public enum StarterStudy {
  /// Makes a folder with the study, its code list and where that came from.
  ///
  /// - Parameter folder: A path that does not exist yet.
  /// - Returns: A line for each thing that was made.
  /// - Throws: A ``Failure`` where the folder exists or cannot be made; then nothing was.
  public static func make(in folder: String) throws(Failure) -> [String] {
    let files: [(path: String, bytes: [UInt8])] = [
      ("study.carrel", PackageResources.study_carrel),
      ("codelists/falls.csv", PackageResources.falls_csv),
      ("codelists/README.md", PackageResources.README_md),
    ]
    do throws(FileError) {
      var new = try NewFolder(folder)
      for file in files { try new.write(file.bytes, to: file.path) }
      try new.publish()
    } catch {
      throw Failure(making: folder, error)
    }
    let names = ["study.carrel", "codelists/"].map { Path.join(folder, $0) }
    let width = names.map(\.count).max() ?? 0
    let meanings = [
      "a study that runs now; change the question first",
      "one small list, with where it came from",
    ]
    return zip(names, meanings).map { name, meaning in
      name + String(repeating: " ", count: width - name.count + 2) + meaning
    }
  }
}
