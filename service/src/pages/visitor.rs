//! Who looks at a page: the caller of a session with the account's name and roles.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use loket_solver::matching::facts::words::Word;

use super::done::{self, Done};
use super::frame::{Frame, Section, language, menu};
use super::messages::Language;
use super::said;
use crate::access::Role;
use crate::actions::Asked;
use crate::serve::app::App;
use crate::serve::problem::Problem;

/// Who looks at a page.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who asks, for actions.
    pub asked: Asked,
    /// The name of the account.
    pub name: String,
    /// Its roles, each once.
    pub roles: Vec<Role>,
    /// What every form sends along.
    pub form: String,
    /// What was done just before.
    pub done: Option<Done>,
    /// The language that was chosen.
    pub language: Language,
    /// The hash of the last line of the log when they came: it stands below what is printed.
    pub log_head: String,
}

impl Visitor {
    /// What stands around a page of this part of the menu.
    pub fn frame(&self, app: &App, here: Section) -> Frame {
        let bare = Frame::bare(app, self.language);
        let role = self.asked.caller.role();
        Frame {
            name: self.name.clone(),
            role: Some(role),
            others: self.roles.iter().copied().filter(|it| *it != role).collect(),
            form: self.form.clone(),
            menu: menu(bare.m, role, here),
            log: Some(said::head(&self.log_head)),
            saved: self.done.map(|it| it.says(bare.m).to_owned()),
            ..bare
        }
    }

    /// The first word of the name, as a greeting says it.
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // A page without the layer of sessions has nobody who looks.
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::unknown_caller)
    }
}

/// Whoever looks at a page for everybody.
#[derive(Clone, Debug)]
pub struct Guest(Frame);

impl Guest {
    /// What stands around the page.
    pub fn frame(self) -> Frame {
        self.0
    }
}

impl FromRequestParts<App> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let bare = Frame::bare(app, language(app, &parts.headers));
        Ok(Self(Frame { saved: done::brought(&parts.headers).map(|it| it.says(bare.m).to_owned()), ..bare }))
    }
}

/// The role of that code, of those that an account can hold.
pub fn held(code: &str) -> Option<Role> {
    Role::parse(code).filter(|it| Role::HELD.contains(it))
}
