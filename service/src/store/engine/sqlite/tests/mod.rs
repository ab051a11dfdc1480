//! What becomes of a file: of another version, that refuses, that moves, and of what is erased in it.

mod erasing;
mod moving;
mod refusing;
mod versions;
