// Tests of CarrelSQL.
