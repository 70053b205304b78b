// Tests of CarrelPolicy.
