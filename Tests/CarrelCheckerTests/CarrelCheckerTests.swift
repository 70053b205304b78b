// Tests of CarrelChecker.
