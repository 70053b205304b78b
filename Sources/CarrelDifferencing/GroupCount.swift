/// Counts the patients in small groups of many tables together, without keeping the groups.
///
/// Each patient gets a digest of 64 bits of all labels; equal digests are a group. Two groups of one
/// digest would count as one larger one, which asks for more people, not for fewer.
struct GroupCount {
  /// For each cohort the patients in groups of up to the minimum.
  private(set) var small: [Int]
  /// For each cohort the groups of more.
  private(set) var larger: [Int]
  private let minimum: Int
  private var tableCount = 0
  /// By index.
  private var digests: [UInt64] = []
  /// By index: 1 for whoever is in a small group, 2 for one patient of each larger one, else 0.
  private var marks: [UInt8] = []

  init(cohortCount: Int, minimum: Int) {
    small = [Int](repeating: 0, count: cohortCount)
    larger = small
    self.minimum = minimum
  }

  /// Adds the labels of a table to the digests.
  mutating func mix(_ vector: LabelVector) {
    tableCount += 1
    while digests.count < vector.patientCount { digests.append(0) }
    let table = UInt64(tableCount) << 32
    digests.withUnsafeMutableBufferPointer { digests in
      vector.forEach { index, label in
        digests[Int(index)] &+= Self.mixed(table | UInt64(label))
      }
    }
  }

  /// The finaliser of Steele, Lea and Flood: equal sums of it come of equal labels.
  private static func mixed(_ word: UInt64) -> UInt64 {
    var mixed = word &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Marks who is in a small group, once all tables are mixed.
  mutating func settle() {
    var slots = 16
    while slots < 2 * digests.count { slots *= 2 }
    // The first patient of each digest, counted from 1, and how many have it up to one too many.
    var owners = [UInt32](repeating: 0, count: slots)
    var counts = [UInt8](repeating: 0, count: slots)
    let limit = UInt8(clamping: minimum + 1)
    func slot(of digest: UInt64, _ owners: [UInt32]) -> Int {
      var slot = Int(digest >> 7) & (slots - 1)
      while owners[slot] != 0, digests[Int(owners[slot]) - 1] != digest {
        slot = (slot + 1) & (slots - 1)
      }
      return slot
    }
    for index in digests.indices {
      let slot = slot(of: digests[index], owners)
      if owners[slot] == 0 { owners[slot] = UInt32(index + 1) }
      counts[slot] = min(limit, counts[slot] + 1)
    }
    marks = digests.indices.map { index in
      let slot = slot(of: digests[index], owners)
      if counts[slot] < limit { return 1 }
      return owners[slot] == UInt32(index + 1) ? 2 : 0
    }
  }

  /// Counts the marks of a cohort.
  mutating func add(_ vector: LabelVector, cohort: Int) {
    vector.forEach { index, _ in
      switch marks[Int(index)] {
      case 1: small[cohort] += 1
      case 2: larger[cohort] += 1
      default: break
      }
    }
  }
}
