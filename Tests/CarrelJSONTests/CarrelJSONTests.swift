// Tests of CarrelJSON.
