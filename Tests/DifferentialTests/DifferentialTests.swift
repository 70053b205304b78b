// DifferentialTests
