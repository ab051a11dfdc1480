//! Letters, printed lists and calendars: PDFs read back by another program's reader, and what each of them tells whom.

mod calendars;
mod papers;
pub mod reading;
mod tags;
