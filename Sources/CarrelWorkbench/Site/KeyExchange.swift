import CarrelLedger
import CarrelSite

/// Keys of a site that are exchanged for new ones, with an entry in its public log.
public enum KeyExchange {
  /// Has the key that signs the log hand over to a new one.
  ///
  /// Whoever knows the old key follows to the new one by what both signed, which every checkpoint
  /// carries from then on. What was signed before stays signed.
  ///
  /// - Parameter place: The site.
  /// - Returns: Lines with the new key, and what to do with it.
  /// - Throws: A ``Failure``; where it is cut off, the next command that changes something goes on.
  public static func ledger(
    at place: StudyPlace
  ) throws(Failure) -> (text: String, next: String) {
    let access = try SiteAccess(place, for: "site exchange-key")
    return try access.look {
      let key = try access.database.exchangeLedgerKey(clock: access.clock)
      let place = try access.site.ledger().handovers.last?.place ?? 0
      return (
        "the ledger \(key.name) is signed by a new key from entry \(place) on\n\(key.text)",
        "publish the new key; whoever knows the old one follows"
      )
    }
  }

  /// Has pseudonyms made under a new key from the next load on.
  ///
  /// The keys before it are kept: by them a person is known again, so that everybody has the number
  /// that releases are compared by.
  ///
  /// - Parameter place: The site.
  /// - Returns: A line that says so, and what to do next.
  /// - Throws: A ``Failure``; where it is cut off, the next load or exchange goes on.
  public static func pseudonym(
    at place: StudyPlace
  ) throws(Failure) -> (text: String, next: String) {
    let access = try SiteAccess(place, for: "site exchange-key")
    return try access.look {
      try access.database.exchangePseudonymKey(clock: access.clock)
      return (
        "there is a new key of pseudonyms, which the next load uses; everybody keeps their number",
        "carrel load DATAPACKAGE --site \(access.site.path)"
      )
    }
  }
}
