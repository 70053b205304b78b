import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax

extension Checker {
  /// Adds what a statement releases to the plan.
  func output(_ statement: Statement) {
    switch statement {
    case .flow(let flow): self.flow(flow)
    case .table(let table): self.table(table)
    case .deciles(let deciles): self.deciles(deciles)
    case .summary(let summary): self.summary(summary)
    case .histogram(let histogram): self.histogram(histogram)
    case .survival(let survival): self.survival(survival)
    case .model(let model): self.model(model)
    case .trend(let trend): self.trend(trend)
    default: break
    }
  }

  private func flow(_ flow: Flow) {
    guard let population = population(named: flow.header.population) else { return }
    let position = self.position(of: population)
    state.plan.add(.flow(FlowOutput(name: flow.header.name.text, population: position)))
  }
}
