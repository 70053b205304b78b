/// Which Carrel this is, as receipts and `--version` say it.
public enum CarrelVersion {
  /// The version.
  public static let current = "0.1"
}
