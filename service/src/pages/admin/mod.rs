//! Administration: accounts and invitations, tokens, policies that wait for a second person, settings, and the log with its check. No
//! candidate is named on any of these pages.

mod accounts;
mod draft;
mod identities;
mod invite;
mod log;
mod overview;
mod policies;
mod saving;
mod settings;
mod tokens;
mod trial;
mod trial_ask;

use axum::routing::{get, post};

use super::declared::Pages;
use super::frame::{Entry, Frame, Section, WaveBar};
use super::paths;
use super::visitor::Visitor;
use crate::access::Role;
use crate::serve::app::App;

const B: &[Role] = &[Role::Beheerder];
const I: &[Role] = &[Role::Intermediair];
const IB: &[Role] = &[Role::Intermediair, Role::Beheerder];

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new()
        .at(B, paths::ADMIN, get(overview::show))
        .at(B, paths::ADMIN_ACCOUNTS, get(accounts::list))
        .at(B, paths::ADMIN_INVITE, get(invite::blank).post(invite::invite))
        .at(B, paths::ADMIN_ACCOUNT, get(accounts::one).post(accounts::act))
        .at(B, paths::ADMIN_IDENTITIES, get(identities::list).post(identities::confirm))
        .at(B, paths::ADMIN_TOKENS, get(tokens::list).post(tokens::make))
        .at(B, paths::ADMIN_TOKEN, post(tokens::end))
        .at(B, paths::ADMIN_POLICIES, get(policies::list))
        .at(B, paths::ADMIN_POLICY, get(policies::one).post(policies::act))
        .at(B, paths::ADMIN_SETTINGS, get(settings::list).post(settings::put))
        .at(B, paths::ADMIN_LOG, get(log::admin))
        .at(I, paths::LOG, get(log::own))
        .at(I, paths::POLICIES, get(draft::list))
        .at(I, paths::POLICY_DRAFT, get(draft::form).post(draft::save))
        .at(I, paths::POLICY_SAVING, get(saving::form).post(saving::act))
        .at(I, paths::TRY_POLICY, get(trial_ask::form).post(trial_ask::ask))
        .at(IB, paths::POLICY_TRIAL, get(trial::show))
        .at(I, paths::STOP_POLICY_TRIAL, post(trial::stop))
}

/// A page of administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sheet {
    Overview,
    Accounts,
    Identities,
    Tokens,
    Policies,
    Log,
    Settings,
}

/// The frame of a page of administration, with a bar of its pages.
fn frame(app: &App, visitor: &Visitor, here: Sheet) -> Frame {
    let frame = visitor.frame(app, Section::Admin);
    let m = frame.m.admin;
    let all = [
        (Sheet::Overview, m.tab_overview(), paths::ADMIN),
        (Sheet::Accounts, m.tab_accounts(), paths::ADMIN_ACCOUNTS),
        (Sheet::Identities, m.tab_identities(), paths::ADMIN_IDENTITIES),
        (Sheet::Tokens, m.tab_tokens(), paths::ADMIN_TOKENS),
        (Sheet::Policies, m.tab_policies(), paths::ADMIN_POLICIES),
        (Sheet::Log, m.tab_log(), paths::ADMIN_LOG),
        (Sheet::Settings, m.tab_settings(), paths::ADMIN_SETTINGS),
    ];
    // Whoever comes by an invitation waits for nobody.
    let shown = all.into_iter().filter(|(sheet, ..)| *sheet != Sheet::Identities || *sheet == here || app.provider.is_some());
    let tabs = shown.map(|(sheet, label, place)| Entry { label, place: place.to_owned(), here: sheet == here }).collect();
    let bar = WaveBar { name: m.title().to_owned(), phase: String::new(), tabs, undone: None, run: None };
    Frame { wave: Some(bar), ..frame }
}

/// A moment as people read it, day first: 24 nov 2026, 13.52.
fn moment(at: i64) -> String {
    let text = crate::store::clock::read_by_people(at);
    match text.split_once(' ') {
        Some((day, time)) => format!("{}, {}", crate::present::day::short(day), time.replace(':', ".")),
        None => text,
    }
}

/// The day of a moment: 24 nov 2026.
fn day(at: i64) -> String {
    let text = crate::store::clock::read_by_people(at);
    crate::present::day::short(text.split(' ').next().unwrap_or_default())
}
