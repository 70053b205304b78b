import CarrelCatalogue
import CarrelChecker
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Wording {
  /// The wording of a study: it knows which of its names are dates and which are code lists.
  init(of study: ReadyStudy) {
    var dates: Set<String> = []
    for table in study.schema.inUse.schema.tables {
      for column in table.columns where column.scalarType == .date { dates.insert(column.name) }
    }
    for column in study.checked.preview
    where study.checked.patientPlan.type(of: column.expression) == .date {
      dates.insert(column.name)
    }
    for parameter in study.checked.parameters where parameter.type == "date" {
      dates.insert(parameter.name)
    }
    let statements = study.checked.statements + (study.schema.inUse.definitions?.statements ?? [])
    for case .define(let definition) in statements {
      for parameter in definition.parameters where parameter.type.text == "date" {
        dates.insert(parameter.name.text)
      }
    }
    self.init(dates: dates, codelists: Set(study.checked.codelists.map(\.name)))
  }

  /// A statistic as a phrase.
  func words(_ statistic: CarrelSyntax.Statistic) -> String {
    let interval = statistic.intervalPercent.map { ", with its \(words($0))% confidence interval" }
    let label = statistic.label.map { " (“\($0.text)”)" }
    return words(statistic.figure) + (interval ?? "") + (label ?? "")
  }

  private func words(_ figure: Figure) -> String {
    switch figure {
    case .count: "how many they are"
    case .of(.percent, let condition): "the share for whom \(truth(of: condition))"
    case .of(let measure, let value): "the \(measure.rawValue) of \(words(value))"
    case .quantile(_, let value): "a quantile of \(words(value))"
    case .rate(let value, _, _): "the rate of \(words(value))"
    case .ratio(let above, let below): "the ratio of \(words(above)) to \(words(below))"
    }
  }

  /// What an entry of the vocabulary stands for; nothing for people, who have a section of their own.
  func meaning(of entry: Vocabulary.Entry) -> String? {
    switch entry.meaning {
    case .value(let value): words(value)
    case .rows(let events): words(events)
    case .people: nil
    }
  }

  /// This wording with the arguments of a use of a definition in place of its parameters.
  func given(_ use: CarrelSyntax.Expression, in vocabulary: Vocabulary) -> Wording {
    guard case .call(_, let values) = use.kind, let entry = use.definition(in: vocabulary) else {
      return self
    }
    var copy = self
    for (parameter, value) in zip(entry.parameters, values) {
      copy.arguments[parameter.name.text] = words(value)
    }
    return copy
  }

  /// A condition as a clause: a bare name is not one by itself.
  private func truth(of condition: CarrelSyntax.Expression) -> String {
    switch condition.kind {
    case .name, .call: "“\(words(condition))” is true"
    default: words(condition)
    }
  }
}

extension Vocabulary.Entry {
  /// The name as a person says it, with what it is given.
  var spokenName: String {
    guard !parameters.isEmpty else { return name.spoken }
    return name.spoken.joined(with: parameters.map(\.name.text.spoken))
  }
}
