// Tests of CarrelDisclosure.
