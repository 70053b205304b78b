import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import Testing

@Suite("Declarations and their uses") struct DeclarationsTests {
  @Test(
    "a study declares each name once, and none that means something already",
    arguments: [
      Mistake(
        "twice", "define a = 1\nevents a = admissions",
        says: """
          error[C102]: `a` is declared twice
            study.carrel:2:8
              2 | events a = admissions
                |        ^
              1 | define a = 1
                |        - first declared here
             help: give one of them another name
          """),
      Mistake(
        "a function", "define round = 1",
        says: """
          error[C103]: `round` cannot be declared
            study.carrel:1:8
              1 | define round = 1
                |        ^^^^^ a function of the language
             help: give a definition another name
          """),
      Mistake(
        "a table", "define patients = 1",
        says: """
          error[C103]: `patients` cannot be declared
            study.carrel:1:8
              1 | define patients = 1
                |        ^^^^^^^^ a table of the schema
             help: give a definition another name
          """),
      Mistake(
        "a parameter that takes a declared name", "let d = 1\ndefine f(d : date) = d",
        says: """
          error[C102]: `d` is declared twice
            study.carrel:2:10
              2 | define f(d : date) = d
                |          ^
              1 | let d = 1
                |     - first declared here
             help: give the parameter another name
          """),
      Mistake(
        "two parameters of one name", "define f(d : date, d : date) = d",
        says: """
          error[C102]: `d` is declared twice
            study.carrel:1:20
              1 | define f(d : date, d : date) = d
                |                    ^
              1 | define f(d : date, d : date) = d
                |          - first declared here
             help: give the parameter another name
          """),
    ])
  func declaredNames(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }

  @Test(
    "a definition that uses itself shows the way round",
    arguments: [
      Mistake(
        "through others", "define a = b + 1\ndefine b = c\ndefine c = a",
        says: """
          error[C104]: `a` uses itself
            study.carrel:1:8
              1 | define a = b + 1
                |        ^ `a` → `b` → `c` → `a`
              2 | define b = c
                |        - part of the cycle
              3 | define c = a
                |        - part of the cycle
             help: take one of them out of the cycle
          """),
      Mistake(
        "with parameters", "define f(n : integer) = f(n - 1) + f(n - 2)\ndefine x = f(3)",
        says: """
          error[C104]: `f` uses itself
            study.carrel:1:8
              1 | define f(n : integer) = f(n - 1) + f(n - 2)
                |        ^ `f` → `f`
             help: take one of them out of the cycle
          """),
      Mistake(
        "through a population",
        "define a = grown\npopulation grown include a",
        says: """
          error[C104]: `a` uses itself
            study.carrel:1:8
              1 | define a = grown
                |        ^ `a` → `grown` → `a`
              2 | population grown include a
                |            ----- part of the cycle
             help: take one of them out of the cycle
          """),
    ])
  func cycles(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }

  @Test("the order of declarations does not matter, and a column may have a definition's own name")
  func order() {
    #expect(
      mistakes(
        in: """
          population adults include age >= 18
          define age = age_on(index)
          let index = first_day + 1 year
          parameter first_day : date = 2023-01-01
          """) == "")
    #expect(
      check("define ward = ward of last admissions").study != nil,
      "the column is asked for, so the definition does not use itself")
  }

  @Test(
    "a use has the arguments that the declaration asks for",
    arguments: [
      Mistake(
        "too few", "define x = age_on()",
        says: """
          error[C112]: `age_on` takes 1 argument
            study.carrel:1:12
              1 | define x = age_on()
                |            ^^^^^^^^ found 0
             help: its parameters are `d : date`
          """),
      Mistake(
        "none", "define x = age_on > 3",
        says: """
          error[C112]: `age_on` needs 1 argument
            study.carrel:1:12
              1 | define x = age_on > 3
                |            ^^^^^^
             help: write `age_on(d)` with a value for each
          """),
      Mistake(
        "for something without parameters", "define a = 1\ndefine x = a(3)",
        says: """
          error[C112]: `a` takes no arguments
            study.carrel:2:12
              2 | define x = a(3)
                |            ^^^^ found 1
             help: write `a` by itself
          """),
      Mistake(
        "of another type", "define x = age_on(3)",
        says: """
          error[C120]: `age_on` needs a date, not an integer
            study.carrel:1:19
              1 | define x = age_on(3)
                |                   ^ an integer
          """),
      Mistake(
        "of a function", "define x = round(1, 2)",
        says: """
          error[C112]: `round` takes 1 argument
            study.carrel:1:12
              1 | define x = round(1, 2)
                |            ^^^^^^^^^^^ found 2
             help: write `round(x)`
          """),
      Mistake(
        "of an unknown type", "define f(d : daet) = d\ndefine x = f(2024-01-01)",
        says: """
          error[C114]: there is no type `daet`
            study.carrel:1:14
              1 | define f(d : daet) = d
                |              ^^^^
             help: did you mean `date`?
          """),
    ])
  func arguments(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }

  @Test("one mistake has one message, whatever uses it")
  func followers() {
    let study = """
      define a = zebra
      define b = a + 1
      define c(p : period) = b > 1 and (any admissions where admission_date in p)
      define d = c(2024) or a > 3
      population q include b > 1 include c(2024-01)
      flow f of q
      table t of q by a show count, mean b
      """
    #expect(
      mistakes(in: study).split(separator: "\n").filter { $0.contains("[C") } == [
        "error[C105]: there is nothing called `zebra`",
        "error[C120]: `c` needs a period, not an integer",
      ])
  }

  @Test("the names of a statement that could not be read are no mistakes of their own")
  func lostNames() {
    var diagnostics = Diagnostics()
    let text = "define a = 1 +\ndefine b = a\nevents e = admissions where\ndefine c = any e"
    let study = StudyFile.parse(
      SourceText(name: "study.carrel", text: text), reporting: &diagnostics)
    #expect(diagnostics.hasErrors)
    let checker = StudyChecker(
      schemas: [SchemaInUse(schema: SampleSchemas.core)],
      codelists: { _ in .unreadable(reason: "", help: "") })
    #expect(checker.check(study, under: nil).diagnostics.isEmpty)
  }

  @Test("definitions with parameters are looked at even if nothing calls them")
  func uncalled() throws {
    #expect(
      mistakes(in: "define f(p : period, n : integer) = zebra in p").contains(
        "there is nothing called `zebra`"))
    let fine = """
      define f(c : codelist, n : integer, e : admissions, u : duration) =
        (bands of (count e where primary_diagnosis in c and bed_days > n) at (n, 10)) < "10+" or
        2024-01-01 + u > 2024-01-02
      """
    #expect(mistakes(in: fine) == "")
    #expect(try checked(fine).patientPlan.values.isEmpty)
  }
}
