// Tests of CarrelEngine.
