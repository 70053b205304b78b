import Glibc

// Measures the program, as `make benchmark` does: `carrel-benchmarks NAME PROGRAM`. Figures depend on
// the machine, and so are printed and never tested.
let arguments = Array(CommandLine.arguments.dropFirst())

do {
  switch arguments.first {
  case "check" where arguments.count == 2: try CheckBenchmark(program: arguments[1]).run()
  default: print("usage: carrel-benchmarks check PROGRAM, from the root of the checkout")
  }
} catch {
  print("\(error)")
  exit(1)
}
