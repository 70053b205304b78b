import CarrelValues
import Glibc

extension CivilDate {
  /// The day it is now, in universal time.
  static var today: CivilDate {
    CivilDate(dayNumber: Int(time(nil)) / 86_400) ?? .last
  }
}
