import CarrelChecker
import CarrelPlan
import CarrelSQL
import CarrelSyntax
import CarrelValues

extension OpenedStudy {
  /// The words of the study, one a line.
  public var tokensText: String { TreePrinter.print(file.tokens).trimmedAtLineEnd }

  /// The syntax tree of the study, indented.
  public var treeText: String { TreePrinter.print(file).trimmedAtLineEnd }
}

extension ReadyStudy {
  /// The plan that an engine receives, for those who build the program.
  public var planText: String { checked.plan.text.trimmedAtLineEnd }

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
