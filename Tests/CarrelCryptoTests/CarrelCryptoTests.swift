// Tests of CarrelCrypto.
