// Tests of CarrelCatalogue.
