import CarrelCommandLine
import Glibc

@main
struct Carrel {
  static func main() {
    exit(Program.main(Array(CommandLine.arguments.dropFirst())))
  }
}
