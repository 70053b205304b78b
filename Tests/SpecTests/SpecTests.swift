// SpecTests
