// swift-tools-version: 6.2
import PackageDescription

/// Swift 6 everywhere, every warning an error, imports internal unless an interface shows them.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Modules that solve systems of equations: tests do so many thousand times, which would take them
/// minutes if debug builds did not optimise these.
let solvers: Set = ["CarrelAudit", "CarrelDifferencing", "CarrelWitness"]
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

// A library module: what it may import is written here, and `LayeringTests` holds it to that.
func module(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: solvers.contains(name) ? strict + optimised : strict)
}

// The tests of one module, which see it and whatever it is built on.
// Files that the tests read by path are named under `exclude`.
func tests(
  _ name: String, _ dependencies: Target.Dependency..., exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: ["TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "carrel",
  products: [.executable(name: "carrel", targets: ["carrel"])],
  targets: [
    // The two C libraries, each with one importer.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // The system calls that Swift cannot import, with one importer.
    .target(name: "CSystem"),

    // 0: what stands on nothing.
    module("CarrelValues"),
    module("CarrelStatistics"),
    module("CarrelJSON"),
    module("CarrelFiles"),
    module("CarrelCrypto", "COpenSSL"),
    module("CarrelSandbox", "CSystem"),
    module("CarrelStore", "CSQLite"),
    module("CarrelWitness"),

    // 1: what a study says, and what it may name.
    module("CarrelDiagnostics", "CarrelJSON"),
    module("CarrelSyntax", "CarrelDiagnostics"),
    module("CarrelCatalogue", "CarrelJSON", "CarrelValues"),
    module("CarrelLedger", "CarrelCrypto", "CarrelFiles", "CarrelJSON", "CarrelValues"),
    module("CarrelAudit", "CarrelWitness"),

    // 2: the contract between a study and an engine, and the rules for what leaves.
    module("CarrelDifferencing", "CarrelAudit", "CarrelWitness"),
    module("CarrelPlan", "CarrelValues"),
    module("CarrelPolicy", "CarrelDiagnostics", "CarrelSandbox", "CarrelSyntax", "CarrelValues"),

    // 3: checking, evaluating, and the disclosure gate.
    module(
      "CarrelChecker", "CarrelSyntax", "CarrelCatalogue", "CarrelPlan", "CarrelPolicy",
      "CarrelDiagnostics", "CarrelValues"),
    module("CarrelEngine", "CarrelPlan", "CarrelValues"),
    module(
      "CarrelBundle", "CarrelCatalogue", "CarrelCrypto", "CarrelDiagnostics", "CarrelJSON",
      "CarrelLedger", "CarrelPolicy", "CarrelValues"),
    module(
      "CarrelDisclosure", "CarrelAudit", "CarrelPlan", "CarrelPolicy", "CarrelStatistics",
      "CarrelValues", "CarrelWitness"),

    // 4: records in, numbers out.
    module("CarrelSQL", "CarrelEngine", "CarrelPlan", "CarrelStore", "CarrelValues"),
    module(
      "CarrelRecords", "CarrelCatalogue", "CarrelCrypto", "CarrelFiles", "CarrelSandbox",
      "CarrelStore", "CarrelValues"),
    module(
      "CarrelRehearsal", "CarrelAudit", "CarrelDifferencing", "CarrelDisclosure", "CarrelPlan",
      "CarrelPolicy", "CarrelValues", "CarrelWitness"),
    module("CarrelOutputs", "CarrelDiagnostics", "CarrelDisclosure", "CarrelJSON", "CarrelValues"),
    module(
      "CarrelSite", "CarrelCrypto", "CarrelFiles", "CarrelJSON", "CarrelLedger", "CarrelStore",
      "CarrelValues"),

    // 5: the use cases; files and clocks enter here.
    .target(
      name: "CarrelWorkbench",
      dependencies: [
        "CarrelAudit", "CarrelBundle", "CarrelCatalogue", "CarrelChecker", "CarrelCrypto",
        "CarrelDiagnostics", "CarrelDifferencing", "CarrelDisclosure", "CarrelEngine",
        "CarrelFiles", "CarrelJSON", "CarrelLedger", "CarrelOutputs", "CarrelPlan", "CarrelPolicy",
        "CarrelRecords", "CarrelRehearsal", "CarrelSandbox",
        "CarrelSite", "CarrelSQL", "CarrelStore", "CarrelSyntax", "CarrelValues", "CarrelWitness",
      ],
      resources: [
        .embedInCode("../../SampleData/datapackage.json"),
        .embedInCode("../../SampleData/core.carrel"),
        .embedInCode("../../SampleData/schemas/tpp.json"),
        .embedInCode("../../SampleData/schemas/tpp.carrel"),
        .embedInCode("../../Policies/acro.policy"),
        .embedInCode("../../Policies/cms.policy"),
        .embedInCode("../../Policies/cohort-discovery.policy"),
        .embedInCode("../../Policies/exact.policy"),
        .embedInCode("../../Policies/nhs-england.policy"),
        .embedInCode("../../Policies/nhse-sde.policy"),
        .embedInCode("../../Policies/omop.policy"),
        .embedInCode("../../Policies/ons.policy"),
        .embedInCode("../../Policies/opensafely.policy"),
        .embedInCode("../../Policies/opensafely-midpoint6.policy"),
        .embedInCode("Starter/study.carrel"),
        .embedInCode("Starter/codelists/falls.csv"),
        .embedInCode("Starter/codelists/README.md"),
      ],
      swiftSettings: strict),

    // 6, 7: the command line and its entry point.
    module(
      "CarrelCommandLine", "CarrelWorkbench", "CarrelDiagnostics", "CarrelJSON"),
    .executableTarget(
      name: "carrel", dependencies: ["CarrelCommandLine"], swiftSettings: strict),

    // Makes the invented people of `SampleData`.
    .executableTarget(
      name: "sample-data", dependencies: ["CarrelValues"], path: "SampleData/Generator",
      swiftSettings: strict),

    // Measures what the project promises of its speed.
    .executableTarget(
      name: "carrel-benchmarks",
      dependencies: [
        "CarrelAudit", "CarrelDifferencing", "CarrelFiles", "CarrelSandbox", "CarrelWitness",
      ],
      path: "Benchmarks", swiftSettings: strict),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: [
        "CarrelDiagnostics", "CarrelEngine", "CarrelFiles", "CarrelPlan", "CarrelPolicy",
        "CarrelSQL", "CarrelStore", "CarrelValues",
      ], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("CarrelValuesTests", "CarrelValues"),
    tests("CarrelStatisticsTests", "CarrelStatistics", exclude: ["Fixtures"]),
    tests("CarrelJSONTests", "CarrelJSON"),
    tests("CarrelFilesTests", "CarrelFiles"),
    tests("CarrelDiagnosticsTests", "CarrelDiagnostics", "CarrelJSON"),
    tests("CarrelCryptoTests", "CarrelCrypto"),
    tests("CarrelSandboxTests", "CarrelSandbox", "carrel"),
    tests("CarrelStoreTests", "CarrelStore"),
    tests("CarrelWitnessTests", "CarrelWitness"),
    tests(
      "CarrelAuditTests", "CarrelAudit", "CarrelJSON", "CarrelWitness", exclude: ["Fixtures"]),
    tests("CarrelDifferencingTests", "CarrelDifferencing"),
    tests("CarrelSyntaxTests", "CarrelSyntax", "CarrelDiagnostics", exclude: ["Studies"]),
    tests("CarrelCatalogueTests", "CarrelCatalogue", "CarrelValues", exclude: ["Codelists"]),
    tests(
      "CarrelLedgerTests", "CarrelLedger", "CarrelCrypto", "CarrelFiles", "CarrelJSON",
      exclude: ["Fixtures"]),
    tests(
      "CarrelBundleTests", "CarrelBundle", "CarrelCrypto", "CarrelJSON", "CarrelLedger"),
    tests("CarrelPolicyTests", "CarrelPolicy", "CarrelDiagnostics", "CarrelSandbox"),
    tests("CarrelPlanTests", "CarrelPlan", "CarrelValues"),
    tests(
      "CarrelCheckerTests", "CarrelChecker", "CarrelCatalogue", "CarrelDiagnostics", "CarrelPlan",
      "CarrelPolicy", "CarrelSyntax", "CarrelValues"),
    tests("CarrelEngineTests", "CarrelEngine", "CarrelPlan", "CarrelValues"),
    tests(
      "CarrelDisclosureTests", "CarrelDisclosure", "CarrelPlan", "CarrelPolicy", "CarrelValues"),
    tests("CarrelRehearsalTests", "CarrelRehearsal", "CarrelJSON", "CarrelPolicy", "carrel"),
    tests(
      "CarrelSQLTests", "CarrelSQL", "CarrelEngine", "CarrelPlan", "CarrelStore", "CarrelValues"),
    tests(
      "CarrelRecordsTests", "CarrelRecords", "CarrelCatalogue", "CarrelCrypto", "CarrelSandbox",
      "CarrelSite", "CarrelStore", "CarrelValues", "carrel"),
    tests(
      "CarrelOutputsTests", "CarrelOutputs", "CarrelDisclosure", "CarrelJSON", "CarrelPlan",
      "CarrelPolicy", "CarrelValues"),
    tests(
      "CarrelSiteTests", "CarrelSite", "CarrelCrypto", "CarrelLedger", "CarrelJSON", "CarrelStore",
      "CarrelValues"),
    tests(
      "CarrelWorkbenchTests", "CarrelWorkbench", "CarrelDiagnostics", "CarrelJSON", "CarrelSyntax",
      "carrel"),
    tests("CarrelCommandLineTests", "CarrelCommandLine", "CarrelWorkbench"),
    tests(
      "DifferentialTests", "CarrelEngine", "CarrelPlan", "CarrelSQL", "CarrelValues"),
    tests("LayeringTests"),
    tests(
      "SpecTests", "CarrelCatalogue", "CarrelChecker", "CarrelDiagnostics", "CarrelDisclosure",
      "CarrelEngine", "CarrelJSON", "CarrelOutputs", "CarrelPlan", "CarrelPolicy", "CarrelSQL",
      "CarrelStore", "CarrelSyntax", "CarrelValues", "carrel", "sample-data",
      exclude: ["Fixtures", "Language/Chapters", "Schemas"]),
    .target(
      name: "StudyTrials",
      dependencies: ["CarrelDiagnostics", "CarrelJSON", "CarrelSyntax", "CarrelWorkbench"],
      path: "Tests/StudyTrials", swiftSettings: strict),
    tests("StudyTrialTests", "StudyTrials", exclude: ["Crashers"]),
    tests(
      "TranscriptTests", "CarrelBundle", "CarrelJSON", "CarrelLedger", "CarrelPolicy", "CarrelSite",
      "CarrelStore",
      "carrel",
      exclude: ["Transcripts", "Studies"]),
  ],
  swiftLanguageModes: [.v6]
)

// `make fuzz` alone sets this: libFuzzer's instrumentation, and the program that it drives.
if Context.environment["CARREL_FUZZ"] != nil {
  let instrumented = SwiftSetting.unsafeFlags(["-sanitize=fuzzer"])
  for target in package.targets where target.swiftSettings != nil {
    target.swiftSettings?.append(instrumented)
  }
  package.targets += [
    .target(name: "CFuzzer", path: "Tests/Fuzzer/CFuzzer"),
    .executableTarget(
      name: "carrel-fuzz", dependencies: ["CFuzzer", "CarrelSyntax", "StudyTrials"],
      path: "Tests/Fuzzer/Driver", swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]),
  ]
}
