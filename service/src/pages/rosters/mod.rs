//! Rosters for the intermediary: the list, a new one, a week with everybody in it, decisions, what happens when somebody falls out, lists.

mod acts;
mod against;
mod elsewhere;
mod fallout;
mod invitations;
mod invited;
mod list;
mod lists;
mod new;
mod show;
mod state;
mod told;
mod units;

use super::declared::Pages;
use crate::access::Role;

const ROLES: &[Role] = &[Role::Intermediair];

/// The pages of this folder.
pub fn pages() -> Pages {
    Pages::new()
        .and(list::pages())
        .and(new::pages())
        .and(show::pages())
        .and(acts::pages())
        .and(elsewhere::pages())
        .and(fallout::pages())
        .and(lists::pages())
        .and(invitations::pages())
        .and(invited::pages())
}

/// Those for whoever has a personal link.
pub fn open() -> Pages {
    invited::open()
}
