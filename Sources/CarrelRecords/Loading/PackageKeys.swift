internal import CarrelCatalogue
internal import CarrelStore

/// The keys and references of a whole package.
struct PackageKeys {
  private var sets: [KeySet] = []
  private let package: DataPackage

  init(_ package: DataPackage, in database: Database) throws(StoreError) {
    self.package = package
    for (number, key) in package.keyFields.enumerated() {
      sets.append(try KeySet(key, number: number, in: database))
    }
  }

  /// The sets that a table's rows are added to.
  func sets(of resource: Resource) -> [KeySet] {
    sets.filter { $0.key.resource.name == resource.name }
  }

  /// Logs every key that is repeated, and every reference to nothing: one place of each.
  func check(_ log: BreachLog, in database: Database) throws {
    for resource in package.resources {
      for fields in resource.rowKeys {
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

  private func set(_ resource: String, _ fields: [String]) -> KeySet? {
    sets.first { $0.key.resource.name == resource && $0.key.fields == fields }
  }

  private func breach(
    _ resource: Resource, _ place: Place, _ rule: FormatBreach.Rule
  ) -> FormatBreach {
    FormatBreach(resource.paths[place.file], line: place.line, rule)
  }
}

extension DataPackage {
  /// Every set of fields whose values are compared, in an order that follows from the description.
  var keyFields: [KeyFields] {
    var found: [KeyFields] = []
    func add(_ resource: Resource, _ fields: [String]) {
      if !found.contains(where: { $0.resource.name == resource.name && $0.fields == fields }) {
        found.append(KeyFields(resource, fields))
      }
    }
    for resource in resources {
      for fields in resource.rowKeys { add(resource, fields) }
      for reference in resource.foreignKeys {
        add(resource, reference.fields)
        if let target = self.resource(named: reference.table) {
          add(target, reference.referencedFields)
        }
      }
    }
    return found
  }
}

extension Resource {
  /// The sets of fields in which no two rows are the same.
  fileprivate var rowKeys: [[String]] {
    (primaryKey.isEmpty ? [] : [primaryKey]) + uniqueKeys.filter { $0 != primaryKey }
  }
}
