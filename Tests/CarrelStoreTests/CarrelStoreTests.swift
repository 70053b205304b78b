// Tests of CarrelStore.
