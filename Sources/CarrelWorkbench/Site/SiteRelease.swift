import CarrelDisclosure
import CarrelOutputs
import CarrelPlan
import CarrelPolicy
import CarrelSite

extension Site {
  /// What may leave of the raw results of a plan; `nil` where it is held.
  ///
  /// It is held where the gate finds no proof that hidden counts are safe, and where the files that
  /// would be made of it, read back, say anything that the gate did not let out.
  func released(
    _ raw: RawResults, of plan: Plan, under policy: Policy, withholding withheld: Withheld = .init()
  ) -> ReleasedResults? {
    let order = SuppressionOrder { place(of: $0) }
    guard
      let released = try? DisclosureGate.release(
        raw, of: plan, under: policy, order: order, withholding: withheld),
      ReadBack.faults(in: OutputFiles.files(of: released), of: released).isEmpty
    else { return nil }
    return released
  }
}
