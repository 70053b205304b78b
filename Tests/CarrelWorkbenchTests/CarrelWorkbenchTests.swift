// Tests of CarrelWorkbench.
