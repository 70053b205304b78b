// Tests of CarrelCommandLine.
