import CarrelWorkbench
import Testing

@testable import CarrelCommandLine

@Suite("Help") struct HelpTests {
  @Test(
    "begins with examples that are right, and explains all that may be given",
    arguments: Program.commands.indices)
  func help(_ index: Int) throws {
    let command = Program.commands[index]
    let help = command.help(columns: 100)
    #expect(!command.examples.isEmpty)
    for example in command.examples {
      let words = example.split(separator: " ").map(String.init)
      #expect(words.first == "carrel" && words.dropFirst().starts(with: command.words))
      _ = try Arguments(words.dropFirst(1 + command.words.count), of: command)
      #expect(help.contains("\n  $ \(example)\n"))
    }
    for name in command.operands.map(\.name) + command.options.map({ "--\($0.name)" }) {
      #expect(help.contains("\n  \(name)"))
    }
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func `no two commands are called by the same words`() {
    let names = Program.commands.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
