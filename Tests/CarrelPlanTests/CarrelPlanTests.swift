// Tests of CarrelPlan.
