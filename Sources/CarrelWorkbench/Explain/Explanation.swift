import CarrelCatalogue
import CarrelChecker
import CarrelSyntax
import CarrelValues

/// A study in plain English: who is counted, what is released, what its words mean, and what is read.
///
/// Every sentence is made from the checked study, so it cannot say anything else than what runs. A
/// label that the study gives stands in quotation marks beside the sentence made from the condition.
public struct Explanation {
  private let study: ReadyStudy
  private let wording: Wording
  private let vocabulary: Vocabulary

  /// The explanation of a study.
  public init(of study: ReadyStudy) {
    self.study = study
    wording = Wording(of: study)
    vocabulary = Vocabulary(of: study.checked.statements, over: study.schema.inUse.definitions)
  }

  /// The explanation in lines of a width.
  public func text(width: Int) -> String {
    let sections = [heading] + populations + [releases, meanings, reads, safeguards]
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

  private var populations: [[Paragraph]] {
    study.checked.populations.map { population in
      [Paragraph("Who is counted as \(population.name.spoken): people for whom all of this is so")]
        + criteria(of: population)
    }
  }

  private func criteria(of population: PopulationSummary) -> [Paragraph] {
    let written = study.checked.statements.criteria(ofPopulation: population.name)
    return zip(population.criteria, written).map { summary, criterion in
      let condition = unfolded(criterion.condition)
      let sentence = summary.isExclusion ? "not those for whom \(condition)" : condition
      return Paragraph(sentence + (criterion.label.map { " (“\($0.text)”)" } ?? ""), depth: 1)
    }
  }

  /// A condition as a phrase; where it is only a name, also what the name stands for.
  private func unfolded(_ condition: Expression) -> String {
    let phrase = wording.words(condition)
    guard case .value(let value) = condition.definition(in: vocabulary)?.meaning else {
      return phrase
    }
    return "\(phrase), that is, \(wording.given(condition, in: vocabulary).words(value))"
  }

  private var releases: [Paragraph] {
    guard !study.checked.outputs.isEmpty else {
      return [Paragraph("Nothing is released: the study only defines values.")]
    }
    return [Paragraph("What is released")]
      + study.checked.outputs.map {
        Paragraph(OutputSentences(study.checked.statements, wording).sentence($0), depth: 1)
      }
  }

  /// Every name that the outputs use, once, unless a criterion has said it already.
  private var meanings: [Paragraph] {
    let criteria = study.checked.populations.flatMap {
      study.checked.statements.criteria(ofPopulation: $0.name)
    }
    let said = criteria.compactMap { $0.condition.definition(in: vocabulary)?.name }
    let lines = vocabulary.entries.filter { !said.contains($0.name) }.compactMap { entry in
      wording.meaning(of: entry).map { Paragraph("\(entry.spokenName): \($0)", depth: 1) }
    }
    return lines.isEmpty ? [] : [Paragraph("What the words mean")] + lines
  }

  private var reads: [Paragraph] {
    guard !study.checked.reads.isEmpty else { return [] }
    let tables = study.checked.reads.map { table in
      // Picks break ties by columns that nobody names; a reader asks for those that are named.
      let columns = table.columns.filter(vocabulary.mentioned.contains).map(\.spoken)
      let list = columns.isEmpty ? "" : ": \(columns.joined(separator: ", "))"
      return Paragraph(table.table.spoken + list, depth: 1)
    }
    let lists = study.checked.codelists.map { list in
      let kind = list.system.map { "\($0.title) " } ?? ""
      let codes = list.codeCount == 1 ? "code" : "codes"
      let origin = list.path.map { ", from \($0)" } ?? ""
      return Paragraph(
        "the list \(list.name.spoken): \(list.codeCount.grouped) \(kind)\(codes)\(origin)", depth: 1
      )
    }
    return [Paragraph("What is read")] + tables + lists
  }

  private var safeguards: [Paragraph] {
    let cut = study.schema.inUse.schema.tables.flatMap { table in
      table.columns.filter { column in
        column.privacy == .datePrecision
          && study.checked.reads.contains {
            $0.table == table.name && $0.columns.contains(column.name)
          }
      }
    }
    let months = cut.isEmpty ? "" : "; \(cut.map(\.name.spoken).listed) only to the month"
    return [
      Paragraph(
        "Nothing about one person can leave: only numbers of groups are released, after the site's "
          + "disclosure policy has hidden small ones. The study sees nothing but what is listed "
          + "here, and no identifier of a person\(months).")
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

  /// The lines; what does not fit on the first stands under it a little to the right.
  func wrapped(to width: Int) -> String {
    let indent = String(repeating: "  ", count: depth)
    guard depth > 0 else { return text.wrapped(to: width) }
    let lines = text.wrapped(to: width - 2, indent: indent).split(separator: "\n")
    return lines.joined(separator: "\n  ")
  }
}

extension [Statement] {
  /// The criteria of a population as written; its name may be followed by arguments.
  fileprivate func criteria(ofPopulation name: String) -> [CarrelSyntax.Criterion] {
    let declared = name.split(separator: "(").first.map(String.init) ?? name
    for case .population(let population) in self where population.name.text == declared {
      return population.criteria
    }
    return []
  }
}
