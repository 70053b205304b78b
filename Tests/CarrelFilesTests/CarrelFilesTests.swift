// Tests of CarrelFiles.
