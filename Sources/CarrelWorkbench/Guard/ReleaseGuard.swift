import CarrelDifferencing
import CarrelDisclosure
import CarrelLedger
import CarrelPlan
import CarrelPolicy
import CarrelSite

/// Judges what a run would let out beside everything that was released.
struct ReleaseGuard {
  let access: SiteAccess
  let run: SiteRun
  let policy: Policy
  let policyDigest: Digest
  /// The head of the release ledger up to which releases count; `nil` for all of them.
  let head: Digest?
  let worker: ConfinedWorker

  /// Every change hides more or takes more, so the end comes; one that takes longer is held.
  private static let mostRounds = 20

  /// What a run comes to beside earlier releases.
  struct Outcome {
    let released: ReleasedResults
    /// The exact numbers that the gate was given.
    let raw: RawResults
    let kept: LedgerRun
    let evidence: DifferencingEvidence
  }

  /// The gate and the guard by turns, until neither changes anything.
  ///
  /// - Parameters:
  ///   - own: What the records say.
  ///   - plan: The plan.
  ///   - maker: Makes the tables that the guard sees.
  ///   - file: The label vectors.
  /// - Returns: What may leave, or why the run is held.
  /// - Throws: A ``Failure``, also where something that was released cannot be compared with.
  func outcome(
    of own: RawResults, _ plan: Plan, by maker: RunTables, in file: OpenedRecords
  ) throws(Failure) -> Result<Outcome, HeldByGuard> {
    let earlier = try EarlierReleases(at: access, except: run, beside: head)
    var facts = TakenFacts(
      own, of: plan, under: policyDigest, differingBy: policy.differencing.mostDifference)
    var last: DifferencingEvidence?
    for _ in 0..<Self.mostRounds {
      guard
        let released = access.site.released(
          facts.raw, of: plan, under: policy, withholding: facts.withheld)
      else { return .failure(.gate) }
      let made = maker.made(of: released, from: facts.raw, origins: facts.origins)
      let tables = made.map(\.table)
      let judged = try earlier.judged(tables, in: file, by: worker, under: policy.differencing)
      let evidence = DifferencingEvidence(
        judged, tables, beside: earlier, under: policy.differencing.minimum, adding: last,
        plan: plan)
      if evidence.isHeld { return .failure(.differencing(evidence)) }
      if !facts.apply(judged, to: made.map(\.targets), tables, beside: earlier, of: run.id) {
        return .success(
          Outcome(
            released: released, raw: facts.raw,
            kept: LedgerRun(tables: tables, questions: evidence.questions), evidence: evidence))
      }
      last = evidence
    }
    return .failure(.differencing(last ?? .nothing))
  }
}

/// Why nothing of a run can leave.
enum HeldByGuard: Error {
  /// The gate proves too little.
  case gate
  /// Something would follow from it and other releases.
  case differencing(DifferencingEvidence)
}

extension Policy {
  /// What the policy asks of the guard.
  var differencing: DifferencingRules {
    DifferencingRules(minimum: hiddenCounts?.upperBound ?? rounding.base)
  }
}
