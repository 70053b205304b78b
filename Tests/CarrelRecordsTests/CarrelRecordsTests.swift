// Tests of CarrelRecords.
