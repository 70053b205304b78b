import CarrelBundle
import CarrelJSON
import CarrelLedger
import Testing

@Suite("What a run was given") struct CrateInputTests {
  /// The entities of the metadata of a bundle, by their ids.
  private func entities(of fixture: Fixture) throws -> [String: JSON] {
    let folder = try fixture.bundle().folder()
    let metadata = try #require(folder.first { $0.path == "ro-crate-metadata.json" })
    let graph = try #require(try JSON(parsing: metadata.bytes)["@graph"]?.array)
    return Dictionary(uniqueKeysWithValues: graph.map { ($0["@id"]?.string ?? "", $0) })
  }

  @Test func `the policy and the value of each parameter say what they are values of`() throws {
    let index = RunReceipt.Parameter(name: "index_date", value: "2024-03-31")
    let fixture = Fixture(parameters: [index])
    let entities = try entities(of: fixture)
    let given: JSON = [["@id": "policy/plain.policy"], ["@id": "#value-index_date"]]
    #expect(entities["#run"]?["object"] == given)
    #expect(entities["policy/plain.policy"]?["exampleOfWork"] == ["@id": "#policy"])
    for text in [
      ##"{"@id":"#policy","@type":"FormalParameter","name":"policy","additionalType":"File"}"##,
      ##"""
      {"@id":"#value-index_date","@type":"PropertyValue","name":"index_date",\##
      "value":"2024-03-31","exampleOfWork":{"@id":"#parameter-index_date"}}
      """##,
      ##"""
      {"@id":"#parameter-index_date","@type":"FormalParameter","name":"index_date",\##
      "additionalType":"PropertyValue"}
      """##,
    ] {
      let entity = try JSON(parsing: Array(text.utf8))
      #expect(entities[entity["@id"]?.string ?? ""] == entity)
    }
    #expect(BundleVerification(of: try fixture.bytes()).isRight)
  }

  @Test func `a study without parameters was given the policy alone`() throws {
    #expect(try entities(of: Fixture())["#run"]?["object"] == [["@id": "policy/plain.policy"]])
  }
}

/// What the folder should hold was written by hand from the text of Workflow RO-Crate 1.0.
@Suite("The study in a bundle") struct WorkflowCrateTests {
  private static let metadata = ##"""
    {
      "@context": "https://w3id.org/ro/crate/1.1/context",
      "@graph": [
        {
          "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
          "conformsTo": [
            {"@id": "https://w3id.org/ro/crate/1.1"},
            {"@id": "https://w3id.org/workflowhub/workflow-ro-crate/1.0"}
          ]
        },
        {
          "@id": "./", "@type": "Dataset", "name": "Asthma review",
          "description": "The study and its code lists, as they were run",
          "mainEntity": {"@id": "asthma-review.carrel"}, "datePublished": "2025-05-21T16:00:00Z",
          "license": {"@id": "#terms"}, "author": {"@id": "#researcher"},
          "hasPart": [{"@id": "asthma-review.carrel"}, {"@id": "codelists/asthma.csv"}]
        },
        {"@id": "#researcher", "@type": "Person", "name": "A. Researcher"},
        {
          "@id": "#terms", "@type": "CreativeWork", "name": "Terms of project P-014",
          "description": "The study was released with its results for the purpose of the project"
        },
        {"@id": "#language", "@type": "ComputerLanguage", "name": "Carrel"},
        {
          "@id": "#policy", "@type": "FormalParameter", "name": "policy", "additionalType": "File"
        },
        {
          "@id": "asthma-review.carrel",
          "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
          "name": "asthma-review.carrel", "description": "The study, as it was run",
          "encodingFormat": "text/plain", "contentSize": "22",
          "programmingLanguage": {"@id": "#language"}, "input": [{"@id": "#policy"}]
        },
        {
          "@id": "codelists/asthma.csv", "@type": "File", "name": "asthma.csv",
          "description": "A code list of the study", "encodingFormat": "text/csv",
          "contentSize": "27"
        }
      ]
    }
    """##

  @Test func `is a Workflow RO-Crate by itself`() throws {
    let folder = try Fixture().bundle().folder()
    let found = try #require(folder.first { $0.path == "study/ro-crate-metadata.json" })
    #expect(try JSON(parsing: found.bytes) == JSON(parsing: Array(Self.metadata.utf8)))
  }

  @Test func `must be the one that the bundle is named after`() throws {
    let whole = try Fixture().bundle()
    let renamed = whole.files.map { file in
      file.path == "study/asthma-review.carrel"
        ? BundleFile(path: "study/other.carrel", bytes: file.bytes) : file
    }
    let other = Bundle(
      files: renamed, receipt: whole.receipt, release: whole.release, decisions: whole.decisions,
      proof: whole.proof)
    #expect(throws: BundleError.missingFile(path: "study/asthma-review.carrel")) {
      try other.folder()
    }
  }

  @Test func `has no file under the name of one that is made at release`() throws {
    try Bundle.checkNames(["study/metadata.json", "study/codelists/ro-crate-metadata.json"])
    for path in ["study/ro-crate-metadata.json", "study/RO-Crate-Metadata.json"] {
      #expect(throws: UnpackableName.self, "\(path)") { try Bundle.checkNames([path]) }
    }
  }
}
