//! The first page of an administrator: what waits for a second person, accounts, invitations and tokens that end, and the log.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::accounts::{Row, rows};
use super::policies::{Compared, Line, brief, lines};
use super::{Sheet, day, frame};
use crate::actions::administration::{self, Overview};
use crate::actions::saving;
use crate::pages::frame::{Frame, page};
use crate::pages::messages::Admin as Words;
use crate::pages::paths;
use crate::pages::said::head;
use crate::pages::visitor::Visitor;
use crate::present::dutch::number;
use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::problem::Problem;

const DAY: i64 = 24 * 60 * 60_000;
/// A token that ends within so many days is said to end soon.
const SOON: i64 = 30;
/// Most accounts on this page.
const MOST: usize = 12;

/// Somebody who was invited.
struct Invited {
    name: String,
    role: String,
    made: String,
    until: String,
    over: bool,
    place: String,
}

/// A token.
pub(super) struct TokenShown {
    pub name: String,
    pub about: String,
    pub left: String,
    pub until: String,
    pub soon: bool,
    pub used: String,
    pub end: String,
}

#[derive(Template)]
#[template(path = "admin/overview.html")]
struct OverviewPage {
    frame: Frame,
    waits: String,
    today: String,
    identities: i64,
    waiting: Vec<Compared>,
    accounts: String,
    rows: Vec<Row>,
    all: Option<usize>,
    policies: Vec<Line>,
    lines: String,
    head: String,
    invited: Vec<Invited>,
    tokens: Vec<TokenShown>,
    drafts: i64,
    failed: i64,
    requests: i64,
    late: i64,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    let told = administration::overview(&app.store).await?;
    let places = saving::names(&app.store).await?;
    let identities = app.store.read().identities(Some(true), 0, 0).await?.1;
    let frame = frame(&app, &visitor, Sheet::Overview);
    let m = frame.m.admin;
    let now = app.store.clock().now();
    let own = visitor.asked.caller.who();
    let mut rows = rows(&frame, &told.holders, &told.names, own);
    let roles: usize = told.holders.iter().map(|it| it.account.roles.len()).sum();
    let accounts = m.accounts_title(rows.len(), roles);
    let all = (rows.len() > MOST).then_some(rows.len());
    rows.truncate(MOST);
    let named = |id: &str| told.holders.iter().find(|it| it.account.id == id).map_or_else(|| id.to_owned(), |it| it.account.name.clone());
    let invited: Vec<Invited> = invited(&frame, &told, now);
    let tokens: Vec<TokenShown> = told.tokens.iter().map(|it| token(m, it, now, &named(&it.account))).collect();
    let soon = tokens.iter().filter(|it| it.soon).count();
    let over = invited.iter().filter(|it| it.over).count();
    let shown = OverviewPage {
        waits: waits(m, (told.waiting.len(), identities), soon, over),
        identities,
        today: day(now),
        waiting: told.waiting.iter().map(|it| brief(frame.m, it, own, (&named, &places))).collect(),
        accounts,
        rows,
        all,
        policies: lines(frame.m, &told.policies, &named).into_iter().take(MOST).collect(),
        lines: number(told.log.0),
        head: head(&told.log.1),
        invited,
        tokens,
        drafts: told.mails.0,
        failed: told.mails.1,
        requests: told.requests.0,
        late: told.requests.1,
        frame,
    };
    page(&shown)
}

/// What waits, in a sentence.
fn waits(m: Words, (policies, identities): (usize, i64), tokens: usize, invitations: usize) -> String {
    let mut said = Vec::new();
    if policies > 0 {
        said.push(m.waits_policies(policies));
    }
    if identities > 0 {
        said.push(m.waits_identities(identities));
    }
    if tokens > 0 {
        said.push(m.waits_tokens(tokens));
    }
    if invitations > 0 {
        said.push(m.waits_invitations(invitations));
    }
    if said.is_empty() { m.waits_nothing().to_owned() } else { said.join(" ") }
}

fn invited(frame: &Frame, told: &Overview, now: i64) -> Vec<Invited> {
    let never = told.holders.iter().filter(|it| it.account.password.is_none() && !it.provided);
    never
        .filter_map(|it| {
            let link = it.invitation?;
            let role = it.account.roles.first();
            Some(Invited {
                name: it.account.name.clone(),
                role: role.map_or_else(String::new, |held| super::accounts::role(frame, held, &told.names)),
                made: day(link.made),
                until: day(link.until),
                over: link.until < now,
                place: paths::admin_account(&it.account.id),
            })
        })
        .collect()
}

/// A token as it is shown.
pub(super) fn token(m: Words, it: &crate::records::account::Token, now: i64, owner: &str) -> TokenShown {
    let left = (it.until - now) / DAY;
    TokenShown {
        name: it.name.clone(),
        about: m.token_about(loket_solver::matching::facts::words::Word::code(it.role), owner),
        left: m.days_left(left),
        until: day(it.until),
        soon: left < SOON,
        used: it.used.map_or_else(|| m.never().to_owned(), day),
        end: paths::admin_token(&it.id),
    }
}
