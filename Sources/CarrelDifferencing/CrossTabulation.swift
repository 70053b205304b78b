/// How many patients two tables share, cell by cell: the one number that differencing starts from.
///
/// It holds true counts of small groups, so it never leaves the site.
public struct CrossTabulation: Hashable, Sendable, Codable {
  /// The patients who are in one cell of each table.
  public struct Entry: Hashable, Sendable, Codable {
    /// The label in the first table; 0 is outside of it.
    public var first: Int
    /// The label in the second table; 0 is outside of it.
    public var second: Int
    /// How many patients have both, at least 1.
    public var count: Int

    /// Patients of two labels.
    public init(_ first: Int, _ second: Int, count: Int) {
      self.first = first
      self.second = second
      self.count = count
    }
  }

  /// Every pair of labels that somebody has, by the first and then the second, without those who
  /// are outside of both tables.
  public let entries: [Entry]

  /// Pairs of labels up to which they are counted in a table of their own.
  private static let denseLimit = 1 << 22

  /// Counts the patients of two tables by their labels.
  ///
  /// - Complexity: One pass over both vectors; where the labels make more than four million pairs,
  ///   a sort of the patients besides.
  public init(_ first: LabelVector, _ second: LabelVector) {
    let width = second.labelCount + 1
    let size = (first.labelCount + 1) * width
    let counts =
      size <= Self.denseLimit
      ? Self.dense(first, second, width: width, size: size) : Self.sparse(first, second)
    entries = counts.filter { $0.first != 0 || $0.second != 0 }
  }

  private static func dense(
    _ first: LabelVector, _ second: LabelVector, width: Int, size: Int
  ) -> [Entry] {
    // Counters of 32 bits, so that those of a hundred cells by a hundred stay in the nearest cache.
    let stride = UInt32(width)
    var counts = [UInt32](repeating: 0, count: size)
    counts.withUnsafeMutableBufferPointer { counts in
      first.pairs(with: second) { left, right in
        for place in left.indices {
          counts[Int(left[place] &* stride &+ right[place])] &+= 1
        }
      } common: { left, right, count in
        counts[Int(left &* stride &+ right)] += UInt32(count)
      }
    }
    return counts.indices.compactMap { place in
      let count = Int(counts[place])
      return count == 0 ? nil : Entry(place / width, place % width, count: count)
    }
  }

  private static func sparse(_ first: LabelVector, _ second: LabelVector) -> [Entry] {
    var pairs: [UInt64] = []
    first.pairs(with: second) { left, right in
      for place in left.indices { pairs.append(UInt64(left[place]) << 32 | UInt64(right[place])) }
    } common: { left, right, count in
      guard left != 0 || right != 0 else { return }
      pairs += repeatElement(UInt64(left) << 32 | UInt64(right), count: count)
    }
    pairs.sort()
    var entries: [Entry] = []
    for pair in pairs {
      let (left, right) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
      if let last = entries.last, last.first == left, last.second == right {
        entries[entries.count - 1].count += 1
      } else {
        entries.append(Entry(left, right, count: 1))
      }
    }
    return entries
  }
}

extension LabelVector {
  /// Reads two vectors side by side, block by block; the shorter one is outside from its end on.
  ///
  /// - Parameters:
  ///   - other: The vector at its side.
  ///   - mixed: Gets the labels of a block, equally many of both.
  ///   - common: Gets the two labels and the number of patients where everyone of a block has them.
  func pairs(
    with other: LabelVector,
    mixed: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void,
    common: (UInt32, UInt32, Int) -> Void
  ) {
    let outside = [UInt32](repeating: 0, count: Self.blockSize)
    outside.withUnsafeBufferPointer { outside in
      withCursor { own in
        other.withCursor { others in
          while true {
            let (left, right) = (own.next(), others.next())
            guard left != nil || right != nil else { return }
            let count = max(left?.count ?? 0, right?.count ?? 0)
            let leftLabel = left == nil ? 0 : left?.count == count ? own.commonLabel : nil
            let rightLabel = right == nil ? 0 : right?.count == count ? others.commonLabel : nil
            if let leftLabel, let rightLabel {
              common(leftLabel, rightLabel, count)
            } else {
              mixed((left ?? outside).extended(to: count), (right ?? outside).extended(to: count))
            }
          }
        }
      }
    }
  }
}

extension UnsafeBufferPointer<UInt32> {
  /// As many labels, those behind the end of a vector being zeros.
  fileprivate func extended(to count: Int) -> Self { Self(start: baseAddress, count: count) }
}
