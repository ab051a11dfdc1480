//! The multi-year plan for the intermediary: its numbers with what they add up to, other numbers tried, and runs that look for the best plan.

mod acts;
mod fields;
mod files;
mod list;
mod outcome;
mod show;
mod told;

use super::declared::Pages;
use crate::access::Role;

const ROLES: &[Role] = &[Role::Intermediair];

/// The pages of this folder.
pub fn pages() -> Pages {
    Pages::new().and(list::pages()).and(show::pages()).and(acts::pages()).and(files::pages()).and(outcome::pages())
}
