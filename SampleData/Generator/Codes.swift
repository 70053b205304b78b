/// The clinical codes that the sample data uses; `SampleData/README.md` says where they come from.
enum Code {
  /// SNOMED CT codes of diagnoses, findings and measurements.
  static let asthma: [(weight: Int, choice: String)] = [
    (70, "195967001"), (8, "370218001"), (6, "370219009"), (4, "370221004"), (12, "389145006"),
  ]
  static let asthmaResolved = "162660004"
  static let asthmaReview: [(weight: Int, choice: String)] = [
    (62, "394700004"), (18, "394720003"), (20, "754061000000100"),
  ]
  static let hypertension: [(weight: Int, choice: String)] = [(35, "38341003"), (65, "59621000")]
  static let systolic = "271649006"
  static let diastolic = "271650006"
  static let depression = "35489007"
  static let fall: [(weight: Int, choice: String)] = [(80, "1912002"), (20, "217082002")]
  static let smoking: [(weight: Int, choice: String)] = [
    (15, "77176002"), (27, "8517006"), (58, "266919005"),
  ]
  static let ethnicity: [(weight: Int, choice: String)] = [
    (740, "976631000000101"), (62, "976691000000100"), (31, "976791000000107"),
    (27, "976811000000108"), (25, "976891000000104"), (10, "976911000000101"),
    (9, "976751000000104"), (7, "976851000000107"), (22, "976971000000106"),
  ]
}

/// Codes of medicines: invented, in the form of dm+d, with correct check digits.
enum Medicine {
  static let antidepressants: [(weight: Int, choice: String)] = [
    (34, "19999999103"), (24, "29999999105"), (14, "39999999107"), (13, "49999999102"),
    (10, "59999999104"), (5, "69999999101"),
  ]
  static let reliever = "79999999109"
  static let preventer = "89999999106"
  static let antihypertensives: [(weight: Int, choice: String)] = [
    (40, "99999999108"), (35, "109999999109"), (25, "119999999106"),
  ]
}

/// ICD-10 codes of causes of death and reasons for admission.
enum Diagnosis {
  static let asthma = "J459"
  static let hypertension = "I10"
  static let depression = "F329"

  /// Underlying causes of death of people under 50, from 50 to 74, and of 75 or over.
  static let causeOfDeath: [[(weight: Int, choice: String)]] = [
    [
      (18, "X64"), (12, "X420"), (10, "K703"), (10, "C509"), (8, "C189"), (9, "I219"), (6, "V892"),
      (5, "G409"), (6, "J189"), (16, "R99"),
    ],
    [
      (17, "I219"), (14, "C349"), (8, "C189"), (7, "C509"), (6, "C259"), (9, "J449"), (6, "K703"),
      (6, "I64"), (5, "J189"), (5, "I259"), (17, "C80"),
    ],
    [
      (16, "F03"), (9, "G309"), (13, "I219"), (10, "I259"), (10, "I64"), (8, "J189"), (8, "J449"),
      (6, "C349"), (4, "C61"), (4, "N390"), (12, "R54"),
    ],
  ]
  static let covid = "U071"
  /// Conditions mentioned on a certificate or beside the reason for an admission.
  static let mentioned: [(weight: Int, choice: String)] = [
    (20, "E119"), (18, "I48"), (16, "N189"), (14, "J449"), (12, "F03"), (10, "I509"), (10, "J189"),
  ]
  /// Reasons for admission of people under 18, from 18 to 64, and of 65 or over.
  static let admission: [[(weight: Int, choice: String)]] = [
    [
      (22, "J219"), (16, "B349"), (14, "J039"), (12, "S009"), (10, "A099"), (8, "K359"),
      (18, "R104"),
    ],
    [
      (16, "R074"), (15, "R104"), (12, "K802"), (9, "L031"), (9, "N390"), (8, "I219"), (7, "F329"),
      (7, "K359"), (17, "Z511"),
    ],
    [
      (16, "J189"), (13, "N390"), (12, "I509"), (11, "S720"), (10, "I48"), (9, "J449"), (8, "I64"),
      (7, "I219"), (14, "R296"),
    ],
  ]
}
