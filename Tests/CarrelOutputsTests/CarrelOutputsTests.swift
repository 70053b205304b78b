// Tests of CarrelOutputs.
