import CarrelJSON
import CarrelPolicy

/// How a tool rounds the figures that it shows, as a file says it.
struct TableRounding {
  let rounding: Rounding

  /// A rule in words: `nearest 5`, `nearest 10 ties even`, `midpoint 6`, `none`; or a base alone.
  init?(_ json: JSON) {
    if let base = json.integer {
      self.init(words: ["nearest", String(base)])
    } else if let text = json.string {
      let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
      self.init(words: words.map(String.init).filter { !Self.fillers.contains($0) })
    } else if let members = json.members, members.count == 1, let base = members[0].value.integer {
      self.init(words: [members[0].name.lowercased(), String(base)])
    } else {
      return nil
    }
  }

  private init(rounding: Rounding) { self.rounding = rounding }

  private static let fillers = ["round", "rounded", "rounding", "to", "the", "multiple", "of"]

  private init?(words: [String]) {
    switch (words.first, words.dropFirst().first.flatMap { Int($0) }) {
    case ("none", nil) where words.count == 1: self.init(rounding: .none)
    case ("midpoint", 6), ("midpoint6", nil): self.init(rounding: .midpointSix)
    case ("nearest", 1): self.init(rounding: .none)
    case ("nearest", let base?) where base > 1 && base <= 1_000_000:
      let ties = words.dropFirst(2).last
      guard let ties = Rounding.Ties(rawValue: ties ?? "up") else { return nil }
      self.init(rounding: .nearest(base: base, ties: ties))
    case (let base?, nil) where Int(base) != nil && words.count == 1:
      self.init(words: ["nearest", base])
    default: return nil
    }
  }

  /// The counts that are shown as a figure; `nil` where none is.
  func counts(shownAs figure: Int) -> ClosedRange<Int>? {
    switch rounding {
    case .none: return figure...figure
    default:
      let near = max(0, figure - rounding.base)...figure + rounding.base
      let counts = near.filter { rounding.rounded($0) == figure }
      guard let low = counts.first, let high = counts.last else { return nil }
      return low...high
    }
  }
}
