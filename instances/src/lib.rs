//! Wave files: read, checked and written; generators of waves.

pub mod generate;
