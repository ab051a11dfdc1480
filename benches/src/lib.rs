//! Whole waves and parts, timed beside other solvers.
