public import CarrelJSON
import CarrelSandbox

/// What a process that reads records or incoming files gives up, shown by processes that tried to do it nevertheless.
public struct SandboxStatus {
  private let proof: SandboxProof

  /// Tries everything; it takes about two seconds.
  public init() throws(Failure) {
    do { proof = try SandboxProof() } catch {
      throw Failure(
        "S023", error.description, help: "run the program from a place that it can be started from",
        status: .worldFailed)
    }
  }

  /// Whether every layer that is required is there, and nothing got out.
  public var isWhole: Bool { proof.missing.isEmpty && proof.failures.isEmpty }

  /// A line for each attempt: against each layer alone, then against all.
  public var text: String {
    let head = [["layer", "tried to", "what happened"]]
    let rows = proof.lines.map { line in
      [line.layer?.rawValue ?? "all together", line.attempt.summary, line.result]
    }
    return Columns(head + rows).text + "\n\n" + conclusion
  }

  private var conclusion: String {
    let absent = proof.report.missing.filter { !$0.isRequired }
    let note =
      absent.isEmpty
      ? "" : " Not here, and not required: \(absent.map(\.rawValue).joined(separator: ", "))."
    if !proof.missing.isEmpty {
      return "Missing: \(proof.missing.map(\.rawValue).joined(separator: ", ")). "
        + "Records of people are not read on this machine unless their policy says so." + note
    }
    if !proof.failures.isEmpty {
      let failed = proof.failures.map { "\($0.layer?.rawValue ?? "all") (\($0.attempt.summary))" }
      return "Broken: \(failed.joined(separator: ", "))." + note
    }
    return "\(proof.lines.count) attempts, none of which worked." + note
  }

  /// The same for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "status"), .init("ok", .boolean(isWhole)),
      .init(
        "layers",
        .array(
          SandboxLayer.allCases.map { layer in
            .object([
              .init("layer", .string(layer.rawValue)),
              .init("required", .boolean(layer.isRequired)),
              .init("state", .string("\(proof.report[layer])")),
            ])
          })),
      .init("attempts", .array(proof.lines.map(\.json))),
    ])
  }
}

extension SandboxProof.Line {
  fileprivate var result: String {
    if case .inPlace = state { "\(outcome)" } else { "\(state)" }
  }

  fileprivate var json: JSON {
    .object([
      .init("layer", layer.map { .string($0.rawValue) } ?? .null),
      .init("attempt", .string(attempt.rawValue)),
      .init("stopped", .boolean(outcome.isStopped)),
      .init("outcome", .string(result)),
    ])
  }
}
