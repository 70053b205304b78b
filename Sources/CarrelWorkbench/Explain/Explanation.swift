import CarrelCatalogue
import CarrelChecker
import CarrelPlan
import CarrelSQL
import CarrelSyntax
import CarrelValues

/// A study in plain English: what is read, who is counted, what is released, and what never is.
///
/// Every sentence is made from the checked study, so it cannot say anything else than what runs. A
/// label that the study gives stands in quotation marks beside the sentence made from the condition.
public struct Explanation {
  private let study: ReadyStudy
  private let wording: Wording

  /// The explanation of a study.
  public init(of study: ReadyStudy) {
    self.study = study
    wording = Wording(of: study)
  }

  /// The explanation in lines of a width.
  public func text(width: Int) -> String {
    let sections = [heading, reads, populations, releases, safeguards]
    return sections.filter { !$0.isEmpty }
      .map { $0.map { $0.wrapped(to: min(width, 100)) }.joined(separator: "\n") }
      .joined(separator: "\n\n")
  }

  private var heading: [Paragraph] {
    let checked = study.checked
    var lines: [Paragraph] = []
    if !checked.title.isEmpty { lines.append(Paragraph(checked.title)) }
    if let question = checked.question { lines.append(Paragraph("It asks: \(question)")) }
    lines += checked.parameters.map {
      Paragraph("It is run with \($0.name.spoken) = \($0.value)\($0.isSet ? ", as set" : "").")
    }
    return lines
  }

  private var reads: [Paragraph] {
    guard !study.checked.reads.isEmpty else { return [] }
    let tables = study.checked.reads.map { table in
      let columns = table.columns.map(\.spoken).joined(separator: ", ")
      return Paragraph(
        table.columns.isEmpty ? table.table.spoken : "\(table.table.spoken): \(columns)", depth: 1)
    }
    let lists = study.checked.codelists.map { list in
      let kind = list.system.map { "\($0.title) " } ?? ""
      let codes = list.codeCount == 1 ? "code" : "codes"
      let origin = list.path.map { ", from \($0)" } ?? ""
      return Paragraph(
        "the list \(list.name.spoken): \(list.codeCount.grouped) \(kind)\(codes)\(origin)", depth: 1)
    }
    return [Paragraph("What is read")] + tables + lists
  }

  private var populations: [Paragraph] {
    study.checked.populations.flatMap { population in
      [Paragraph("Who is counted as \(population.name.spoken): people of whom all of this is so")]
        + criteria(of: population)
    }
  }

  private func criteria(of population: PopulationSummary) -> [Paragraph] {
    let written = study.file.criteria(ofPopulation: population.name)
    return population.criteria.enumerated().map { index, criterion in
      let condition =
        index < written.count ? wording.words(written[index].condition) : criterion.condition
      let sentence = criterion.isExclusion ? "leaving out those of whom \(condition)" : condition
      let label = written.indices.contains(index) ? written[index].label : nil
      return Paragraph(sentence + (label.map { " (“\($0.text)”)" } ?? ""), depth: 1)
    }
  }

  private var releases: [Paragraph] {
    guard !study.checked.outputs.isEmpty else {
      return [Paragraph("Nothing is released: the study only defines values.")]
    }
    return [Paragraph("What is released")] + study.checked.outputs.map(sentence)
  }

  private func sentence(_ output: OutputSummary) -> Paragraph {
    switch output.kind {
    case .flow(let criteria):
      return Paragraph(
        "\(output.name.spoken): how many people remain after each of the \(criteria) criteria of "
          + "\(output.population.spoken)", depth: 1)
    case .table(let table):
      let shown = study.file.statistics(ofTable: output.name).map(wording.words)
      let groups =
        table.groupings.isEmpty
        ? "of all \(output.population.spoken)"
        : "of \(output.population.spoken), in \(table.groupCount.grouped) groups by "
          + table.groupings.map(\.spoken).joined(separator: " and ")
      return Paragraph(
        "\(output.name.spoken): \(shown.joined(separator: "; ")), \(groups)"
          + intervals(of: table, named: output.name), depth: 1)
    }
  }

  /// Where a table has intervals, what they are.
  private func intervals(of table: TableSummary, named name: String) -> String {
    guard let intervals = table.intervals else { return "" }
    if let ends = intervals.ends {
      return ", in each of \(intervals.words) from \(ends.start.inWords) to \(ends.end.inWords)"
    }
    let origin = study.file.origin(ofTable: name).map(wording.words) ?? ""
    return ", in each of \(intervals.words) from each person's own date: \(origin)"
  }

  private var safeguards: [Paragraph] {
    [
      Paragraph(
        "Nothing about one person can leave: only numbers of groups are released, after the site's "
          + "disclosure policy has hidden small ones. The study sees no names, no identifiers and "
          + "no postcodes, and dates of birth only to the month.")
    ]
  }
}

/// Some words that are set as lines of a width.
private struct Paragraph {
  let text: String
  let depth: Int

  init(_ text: String, depth: Int = 0) {
    self.text = text
    self.depth = depth
  }

  func wrapped(to width: Int) -> String {
    text.wrapped(to: width, indent: String(repeating: "  ", count: depth))
  }
}

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
    for case .define(let definition) in study.file.statements {
      for parameter in definition.parameters where parameter.type.text == "date" {
        dates.insert(parameter.name.text)
      }
    }
    self.init(dates: dates, codelists: Set(study.checked.codelists.map(\.name)))
  }

  /// A statistic as a phrase.
  func words(_ statistic: CarrelSyntax.Statistic) -> String {
    let label = statistic.label.map { " (“\($0.text)”)" } ?? ""
    return switch statistic.figure {
    case .count: "how many people there are\(label)"
    case .of(.percent, let condition): "the share of whom \(words(condition))\(label)"
    case .of(let measure, let value): "the \(measure.rawValue) of \(words(value))\(label)"
    case .quantile(_, let value): "a quantile of \(words(value))\(label)"
    case .rate(let value, _, _): "the rate of \(words(value))\(label)"
    case .ratio(let above, let below): "the ratio of \(words(above)) to \(words(below))\(label)"
    }
  }
}

extension StudyFile {
  /// The criteria of a population as written; its name may be followed by arguments.
  fileprivate func criteria(ofPopulation name: String) -> [CarrelSyntax.Criterion] {
    let declared = name.split(separator: "(").first.map(String.init) ?? name
    for case .population(let population) in statements where population.name.text == declared {
      return population.criteria
    }
    return []
  }

  /// The date of each person that the intervals of a table follow.
  fileprivate func origin(ofTable name: String) -> CarrelSyntax.Expression? {
    for case .table(let table) in statements where table.header.name.text == name {
      if case .followUp(_, let origin)? = table.intervals?.extent { return origin }
    }
    return nil
  }

  /// The statistics of a table as written.
  fileprivate func statistics(ofTable name: String) -> [CarrelSyntax.Statistic] {
    for case .table(let table) in statements where table.header.name.text == name {
      return table.statistics
    }
    return []
  }
}

extension String {
  /// A name of a study as a person says it: spaces for underscores.
  var spoken: String { split(separator: "_").joined(separator: " ") }
}

extension ReadyStudy {
  /// The plan that an engine receives, for those who build the program.
  public var planText: String { checked.plan.text }

  /// The SQL that the plan becomes, with its parameters.
  public var sqlText: String {
    checked.plan.sqliteStatements.map { statement in
      let parameters = statement.parameters.enumerated().map {
        "-- ?\($0.offset + 1) = \($0.element.plainText)"
      }
      return ([statement.text] + parameters).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}

extension OpenedStudy {
  /// The words of the study, one a line.
  public var tokensText: String { TreePrinter.print(file.tokens) }

  /// The syntax tree of the study, indented.
  public var treeText: String { TreePrinter.print(file) }
}
