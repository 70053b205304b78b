import CarrelWorkbench

extension Command {
  /// `carrel site exchange-key`: a new key in the place of one of a site's own.
  static let exchangeKey = Command(
    words: ["site", "exchange-key"],
    summary: "exchange a key of a site for a new one",
    usage: "ledger|pseudonym --site DIR",
    details: """
      The key of the ledger signs its checkpoints and what the site says of releases. The old key \
      signs the new one: whoever knows it follows, and believes the old one no more. Bundles from \
      before still verify. The key of pseudonyms stands behind what the records call people; the next \
      load uses the new one, and everybody keeps their number. The ledger tells of every exchange.
      """,
    operands: [Operand(name: "KEY", isRequired: true, meaning: "`ledger` or `pseudonym`")],
    options: [.site],
    examples: [
      "carrel site exchange-key ledger --site northmoor",
      "carrel site exchange-key pseudonym --site northmoor",
    ]
  ) { (arguments, terminal) throws(Failure) in
    let exchanged =
      switch arguments["KEY"] {
      case "ledger": try KeyExchange.ledger(at: arguments.place)
      case "pseudonym": try KeyExchange.pseudonym(at: arguments.place)
      default:
        throw Failure(
          "U004", "a site has no key `\(arguments["KEY"] ?? "")`",
          help: "write `ledger` or `pseudonym`",
          status: .wrongCommandLine)
      }
    try terminal.result(exchanged.text)
    terminal.next(exchanged.next)
    return .done
  }
}
