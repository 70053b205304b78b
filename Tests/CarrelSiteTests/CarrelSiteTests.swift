// Tests of CarrelSite.
