//! Waves for the intermediary: the list, a new one from a workbook or from the register, what one is, and its file.

mod check;
mod list;
mod names;
mod new;
mod one;
mod refill;
pub(super) mod rows;
mod upload;

use super::declared::Pages;

/// The pages of this folder.
pub fn pages() -> Pages {
    Pages::new().and(list::pages()).and(new::pages()).and(one::pages()).and(check::pages()).and(refill::pages())
}
