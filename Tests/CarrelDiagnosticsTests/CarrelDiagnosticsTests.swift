// Tests of CarrelDiagnostics.
