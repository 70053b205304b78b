// Tests of CarrelValues.
