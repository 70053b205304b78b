// Tests of CarrelSandbox.
