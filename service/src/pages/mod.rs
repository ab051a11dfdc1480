//! The map of the pages: a file or folder for each area, who may see it, and around all of them what holds for every page.

use axum::Router;
use axum::extract::Path;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;

use self::declared::{Declared, Pages};
use crate::serve::app::App;
use crate::serve::guard as service;

pub mod admin;
pub mod afterwards;
pub mod answers;
pub mod asked;
pub mod assets;
pub mod bar;
pub mod boards;
pub mod coach;
pub mod days;
pub mod declared;
pub mod done;
pub mod dropouts;
pub mod entrance;
pub mod errors;
pub mod file;
pub mod form;
pub mod frame;
pub mod guard;
pub mod help;
pub mod link;
pub mod look;
pub mod map;
pub mod messages;
pub mod monitor;
pub mod own;
pub mod paths;
mod paths_answers;
mod paths_figures;
mod paths_planning;
mod paths_review;
mod paths_rosters;
pub mod phase;
pub mod planning;
mod provider;
pub mod publish;
pub mod register;
pub mod report;
pub mod review;
pub mod rostered;
pub mod rosters;
pub mod runs;
pub mod said;
pub mod search;
pub mod standby;
pub mod start;
pub mod told;
pub mod visitor;
pub mod wavebar;
pub mod waves;
pub mod wrong;

/// Every page for who is signed in.
fn guarded() -> Pages {
    Pages::new()
        .and(start::pages())
        .and(search::pages())
        .and(entrance::own())
        .and(review::pages())
        .and(own::pages())
        .and(answers::pages())
        .and(asked::pages())
        .and(boards::pages())
        .and(coach::pages())
        .and(publish::pages())
        .and(waves::pages())
        .and(report::pages())
        .and(map::pages())
        .and(rosters::pages())
        .and(planning::pages())
        .and(monitor::pages())
        .and(register::pages())
        .and(admin::pages())
        .and(runs::pages())
        .and(dropouts::pages())
        .and(standby::pages())
        .and(afterwards::pages())
}

/// Every page for whoever comes.
fn everybody() -> Pages {
    Pages::new().and(entrance::pages()).and(provider::pages()).and(link::pages()).and(rosters::open()).and(help::pages())
}

/// Every page with who may see it, for tests and whoever wants to know.
pub fn declared() -> Vec<Declared> {
    let mut all = guarded().declared;
    all.extend(everybody().declared);
    all
}

/// All pages behind their guard.
pub fn router(app: &App) -> Router<App> {
    let everybody = everybody().router.route_layer(from_fn(service::matched)).layer(from_fn_with_state(app.clone(), guard::from_here));
    let guarded = guarded().router.route_layer(from_fn(service::matched)).layer(from_fn_with_state(app.clone(), guard::signed_in));
    let pages = everybody.merge(guarded).layer(from_fn_with_state(app.clone(), service::in_time));
    let assets = app.assets.clone();
    Router::new().route(paths::STATIC, get(move |Path(name): Path<String>| async move { assets.answer(&name) })).merge(pages)
}
