//! Review: the list, one proposal beside it, deciding, what is tried together, the sample before a group, and undo.

use axum::routing::{get, post};

use super::declared::Pages;
use super::paths;
use crate::access::Role;

mod decide;
mod detail;
mod list;
mod listed;
mod one;
mod other;
mod picked;
mod place;
mod reject;
mod sample;
mod say;
mod screen;
mod tray;
mod trayed;
mod unplaced;

/// Who may review.
const ROLES: &[Role] = &[Role::Intermediair];

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::WAVE_REVIEW, get(list::show))
        .at(ROLES, paths::REVIEW_SEEK, get(list::again).post(list::seek))
        .at(ROLES, paths::WAVE_REVIEWED, get(one::show))
        .at(ROLES, paths::REVIEW_AGREE, get(decide::back).post(decide::agree))
        .at(ROLES, paths::REVIEW_FIX, get(decide::back).post(decide::fix))
        .at(ROLES, paths::REVIEW_CHOOSE, get(decide::back).post(decide::choose))
        .at(ROLES, paths::REVIEW_WITHDRAW, get(decide::back).post(decide::withdraw))
        .at(ROLES, paths::REVIEW_NOTE, get(decide::back).post(decide::note))
        .at(ROLES, paths::REVIEW_ASK, get(decide::back).post(one::ask))
        .at(ROLES, paths::REVIEW_MAIL, get(one::question))
        .at(ROLES, paths::REVIEW_AGAIN, get(decide::back).post(one::again))
        .at(ROLES, paths::REVIEW_REJECT, get(reject::show).post(reject::reject))
        .at(ROLES, paths::REVIEW_PLACE, get(place::show).post(place::place))
        .at(ROLES, paths::REVIEW_TRY, get(decide::back).post(tray::attempt))
        .at(ROLES, paths::REVIEW_UNDO, get(list::again).post(decide::undo))
        .at(ROLES, paths::REVIEW_TRAY, get(tray::show))
        .at(ROLES, paths::REVIEW_TRAY_TAKE, post(tray::take))
        .at(ROLES, paths::REVIEW_TRAY_EMPTY, post(tray::empty))
        .at(ROLES, paths::REVIEW_TRAY_KEEP, post(tray::keep))
        .at(ROLES, paths::REVIEW_SAMPLE, get(sample::show).post(sample::agree))
}
