internal import CarrelDiagnostics

/// What stands on lines of its own on a page: a statement, or a comment between statements.
struct PageItem {
  var content: Content
  /// Where it is written, with the comment behind it.
  let span: SourceSpan
  /// Whether a gap parts it from what is before.
  var hasGapBefore = false

  enum Content {
    /// A comment; an indented one belongs to what is before it.
    case comment(Comment, isIndented: Bool)
    case statement(LaidOutStatement)
  }
}

/// A statement as it is laid out: the lines of its templates, and columns.
struct LaidOutStatement {
  let templateLines: [Layout]
  let columns: [Layout]
  /// The statements it is like; `nil` where it stands in no columns with others.
  let run: Run?
  /// Whether it stands apart from its neighbours, since it has clauses on lines of their own.
  let isBlock: Bool

  /// What makes statements alike, so that they stand in columns one below another.
  struct Run: Hashable {
    let word: String
    let hasParameters: Bool
  }
}

extension PageItem {
  /// A comment that begins in the first column.
  init(_ comment: Comment) {
    self.init(content: .comment(comment, isIndented: false), span: comment.span)
  }

  var statement: LaidOutStatement? {
    if case .statement(let statement) = content { statement } else { nil }
  }

  var isLeadingComment: Bool {
    if case .comment(_, isIndented: false) = content { true } else { false }
  }

  var isAttachedComment: Bool {
    if case .comment(_, isIndented: true) = content { true } else { false }
  }

  /// Whether this goes on with a run of like statements.
  func continues(_ run: LaidOutStatement.Run?) -> Bool {
    run != nil && statement?.run == run && !hasGapBefore
  }
}
