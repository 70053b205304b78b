// Tests of CarrelSyntax.
