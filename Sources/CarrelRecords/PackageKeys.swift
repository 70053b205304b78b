internal import CarrelCatalogue
internal import CarrelCrypto
internal import CarrelStore

/// The keys and references of a whole package.
struct PackageKeys {
  private var sets: [KeySet] = []
  private let package: DataPackage

  init(_ package: DataPackage, in database: Database) throws {
    self.package = package
    let hasher = try KeyHasher()
    for resource in package.resources {
      for fields in Self.uniqueKeys(of: resource) {
        try add(resource, fields, hasher, database)
      }
      for reference in resource.foreignKeys {
        try add(resource, reference.fields, hasher, database)
        if let target = package.resource(named: reference.table) {
          try add(target, reference.referencedFields, hasher, database)
        }
      }
    }
  }

  /// The sets that a table's rows are added to.
  func sets(of resource: Resource) -> [KeySet] {
    sets.filter { $0.resource.name == resource.name }
  }

  /// Logs every key that is repeated, and every reference to nothing: one place of each.
  func check(_ log: BreachLog, in database: Database) throws {
    for resource in package.resources {
      for fields in Self.uniqueKeys(of: resource) {
        guard let place = try set(resource.name, fields)?.repeatedPlace(in: database) else {
          continue
        }
        try log.add(breach(resource, place, .repeatedKey(fields)))
      }
      for reference in resource.foreignKeys {
        guard let from = set(resource.name, reference.fields),
          let to = set(reference.table, reference.referencedFields),
          let place = try from.placeMissing(from: to, in: database)
        else { continue }
        try log.add(breach(resource, place, .unknownReference(table: reference.table)))
      }
    }
  }

  private static func uniqueKeys(of resource: Resource) -> [[String]] {
    (resource.primaryKey.isEmpty ? [] : [resource.primaryKey])
      + resource.uniqueKeys.filter { $0 != resource.primaryKey }
  }

  private func set(_ resource: String, _ fields: [String]) -> KeySet? {
    sets.first { $0.resource.name == resource && $0.fields == fields }
  }

  private mutating func add(
    _ resource: Resource, _ fields: [String], _ hasher: KeyHasher, _ database: Database
  ) throws {
    guard set(resource.name, fields) == nil else { return }
    sets.append(try KeySet(resource, fields, number: sets.count, hasher: hasher, in: database))
  }

  private func breach(
    _ resource: Resource, _ place: Place, _ rule: FormatBreach.Rule
  ) -> FormatBreach {
    FormatBreach(resource.paths[place.file], line: place.line, rule)
  }
}
