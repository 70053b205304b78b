/// Where a run stands between its submission and its end.
///
/// ```
/// submitted → held → approved → released
///               ↑ ↓ ↘          ↘ held (the audit at release differs)
///        returned    rejected
/// ```
/// A run can be withdrawn by its author until they are told how it ended.
public enum RunState: String, Hashable, Sendable, CaseIterable {
  /// Accepted, and not yet computed.
  case submitted
  /// Computed; waits for guardians.
  case held
  /// The guardians agree that it may leave; waits for its release.
  case approved
  /// The guardians ask for a change.
  case returned
  /// The guardians refuse it.
  case rejected
  /// Its author took it back.
  case withdrawn
  /// It has left.
  case released

  /// What a run is called to its researcher, for whom everything before an end looks alike.
  public var publicName: String {
    switch self {
    case .submitted, .held, .approved: "in review"
    case .returned, .rejected, .withdrawn, .released: rawValue
    }
  }

  /// Whether nothing can happen to the run any more.
  public var isFinal: Bool {
    switch self {
    case .submitted, .held, .approved, .returned, .rejected: false
    case .withdrawn, .released: true
    }
  }

  /// The state after something happened, or `nil` where it cannot happen now.
  public func after(_ event: RunEvent) -> RunState? {
    switch (self, event) {
    case (.submitted, .compute): .held
    case (.held, .approve): .approved
    case (.held, .return): .returned
    case (.held, .reject): .rejected
    case (.returned, .resubmit): .submitted
    case (.approved, .release): .released
    case (.approved, .hold): .held
    case (.submitted, .withdraw), (.held, .withdraw), (.approved, .withdraw),
      (.returned, .withdraw), (.rejected, .withdraw):
      .withdrawn
    default: nil
    }
  }
}

/// What can happen to a run.
public enum RunEvent: String, Hashable, Sendable, CaseIterable {
  /// The worker's results have passed the gate, or the run has failed for a guardian to see.
  case compute
  /// The guardians' reviews agree on approval.
  case approve
  /// The guardians' reviews ask for a change.
  case `return`
  /// The guardians' reviews refuse.
  case reject
  /// The author sends the study again, in a new round.
  case resubmit
  /// The author takes the run back.
  case withdraw
  /// The outputs leave.
  case release
  /// The audit at release says something other than the one that was reviewed.
  case hold
}
