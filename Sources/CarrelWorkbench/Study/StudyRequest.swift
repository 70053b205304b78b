import CarrelFiles

/// Which study is meant, where its records or its schema are, and what its parameters are set to.
public struct StudyRequest: Sendable {
  /// The study's file.
  public var path: String
  /// Where the schema comes from, and the records if there are any.
  public var place: StudyPlace
  /// The texts given for parameters, by name.
  public var settings: [String: String]
  /// The policy to judge it by; the site's, or else `opensafely`, where none is named.
  public var policy: String?
  /// Whether it is judged as where the people are real, whatever the place.
  public var isForProtectedSite: Bool

  /// A study with its place and settings, and by what it is judged.
  public init(
    path: String, place: StudyPlace, settings: [String: String] = [:], policy: String? = nil,
    isForProtectedSite: Bool = false
  ) {
    self.path = path
    self.place = place
    self.settings = settings
    self.policy = policy
    self.isForProtectedSite = isForProtectedSite
  }
}

/// Where a study finds its schema and its records.
public enum StudyPlace: Hashable, Sendable {
  /// A site.
  case site(String)
  /// A folder with a data package, read directly and by `preview` only.
  case folder(String)
  /// Neither: the schema is the one that ships with the program, and there are no records.
  case nowhere

  /// The place that a command line and the environment point at: a folder or a site that is named,
  /// else the site of the environment, else the current folder where that is a site.
  public static func chosen(site: String?, folder: String?, environment: String?) -> StudyPlace {
    if let folder { return .folder(folder) }
    if let named = site ?? environment.flatMap({ $0.isEmpty ? nil : $0 }) { return .site(named) }
    return Files.exists("site.json") ? .site(".") : .nowhere
  }
}

extension StudyRequest {
  /// The same request on the invented people of `SampleData`, where no place was named.
  public func onSampleDataIfNowhere() throws(Failure) -> StudyRequest {
    guard place == .nowhere else { return self }
    guard let sample = SampleData.folder else {
      throw Failure(
        "S013", "there is no site here, and no SampleData beside the program",
        help: "name a folder with `--data DIR` or a site with `--site DIR`", status: .worldFailed)
    }
    var request = self
    request.place = .folder(sample)
    return request
  }
}
