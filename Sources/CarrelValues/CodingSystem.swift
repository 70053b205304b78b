/// A clinical coding system: codes of different systems never compare.
public enum CodingSystem: String, Hashable, Sendable, Codable, CaseIterable {
  case snomedct, dmd, icd10, ctv3, opcs4, bnf, read2

  /// The name that people use for the system.
  public var title: String {
    switch self {
    case .snomedct: "SNOMED CT"
    case .dmd: "dm+d"
    case .icd10: "ICD-10"
    case .ctv3: "CTV3"
    case .opcs4: "OPCS-4"
    case .bnf: "BNF"
    case .read2: "Read v2"
    }
  }
}
