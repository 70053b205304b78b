extension SiteDatabase {
  /// What the file of a new site is made with.
  ///
  /// `ledger_entries` are those that the site's public log has or is to have: each is written with
  /// the change that it tells of, and has its number once it is in the log. `checkpoints` are those that
  /// witnesses were asked to cosign, and `log_seen` says how far the log was when this file was last
  /// changed.
  static let tables = """
    CREATE TABLE ledger_entries (
      id INTEGER PRIMARY KEY, event BLOB NOT NULL, actor TEXT, attempt INTEGER,
      number INTEGER UNIQUE) STRICT;
    CREATE TABLE people (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, organisation TEXT NOT NULL, roles TEXT NOT NULL,
      public_key BLOB NOT NULL UNIQUE, added_at INTEGER NOT NULL, lapsed_at INTEGER) STRICT;
    CREATE TABLE projects (
      id TEXT PRIMARY KEY, document BLOB NOT NULL, policy BLOB NOT NULL, state TEXT NOT NULL,
      random TEXT NOT NULL, proposed_at INTEGER NOT NULL) STRICT;
    CREATE TABLE project_decisions (
      project TEXT NOT NULL REFERENCES projects, guardian TEXT NOT NULL REFERENCES people,
      word TEXT NOT NULL, decided_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
      reason TEXT NOT NULL, message TEXT, envelope BLOB NOT NULL,
      PRIMARY KEY (project, guardian)) STRICT;
    CREATE TABLE runs (
      id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, project TEXT NOT NULL REFERENCES projects,
      author TEXT NOT NULL REFERENCES people, title TEXT NOT NULL, submitted_at INTEGER NOT NULL,
      round INTEGER NOT NULL, state TEXT NOT NULL, is_told INTEGER NOT NULL, digest TEXT,
      failure TEXT) STRICT;
    CREATE TABLE rounds (
      run TEXT NOT NULL REFERENCES runs, round INTEGER NOT NULL, submission TEXT NOT NULL,
      random TEXT NOT NULL, policy TEXT NOT NULL,
      entry INTEGER NOT NULL REFERENCES ledger_entries, snapshot TEXT, release_head TEXT,
      version TEXT, PRIMARY KEY (run, round)) STRICT;
    CREATE TABLE submitted_files (
      run TEXT NOT NULL, round INTEGER NOT NULL, path TEXT NOT NULL, bytes BLOB NOT NULL,
      PRIMARY KEY (run, round, path), FOREIGN KEY (run, round) REFERENCES rounds) STRICT;
    CREATE TABLE held_files (
      run TEXT NOT NULL, round INTEGER NOT NULL, path TEXT NOT NULL, bytes BLOB NOT NULL,
      PRIMARY KEY (run, round, path), FOREIGN KEY (run, round) REFERENCES rounds) STRICT;
    CREATE TABLE packet_files (
      run TEXT NOT NULL, round INTEGER NOT NULL, path TEXT NOT NULL, bytes BLOB NOT NULL,
      PRIMARY KEY (run, round, path), FOREIGN KEY (run, round) REFERENCES rounds) STRICT;
    CREATE TABLE memberships (
      run TEXT NOT NULL, round INTEGER NOT NULL, file TEXT NOT NULL UNIQUE, tag TEXT NOT NULL,
      tables BLOB NOT NULL, fact_counts TEXT NOT NULL, PRIMARY KEY (run, round),
      FOREIGN KEY (run, round) REFERENCES rounds) STRICT;
    CREATE TABLE decisions (
      run TEXT NOT NULL, round INTEGER NOT NULL, guardian TEXT NOT NULL REFERENCES people,
      word TEXT NOT NULL, decided_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
      reason TEXT NOT NULL, message TEXT, envelope BLOB NOT NULL,
      PRIMARY KEY (run, round, guardian), FOREIGN KEY (run, round) REFERENCES rounds) STRICT;
    CREATE TABLE releases (
      entry INTEGER PRIMARY KEY REFERENCES ledger_entries, run TEXT NOT NULL UNIQUE REFERENCES runs,
      digest TEXT NOT NULL, released_at INTEGER NOT NULL, approvals TEXT NOT NULL, receipt BLOB,
      statement BLOB, proof BLOB) STRICT;
    CREATE TABLE witnesses (
      name TEXT PRIMARY KEY, public_key BLOB NOT NULL UNIQUE, added_at INTEGER NOT NULL,
      lapsed_at INTEGER) STRICT;
    CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;
    CREATE TABLE log_seen (
      id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, root TEXT NOT NULL) STRICT;
    """
}
