//! A page on the map: its address together with who may see it.

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::MethodRouter;

use super::guard;
use crate::access::Role;
use crate::serve::app::App;

/// Pages with who may see them: there is no other way to put one on the map.
#[derive(Debug, Default)]
pub struct Pages {
    /// Routes with their roles around them.
    pub(super) router: Router<App>,
    /// Each as it was put on the map.
    pub(super) declared: Vec<Declared>,
}

/// A page as it was put on the map.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// Its address, with words in braces for ids.
    pub path: &'static str,
    /// Who may see it; everybody for those of nobody in particular.
    pub roles: Option<&'static [Role]>,
}

impl Pages {
    /// No pages.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page, for those who act in one of these roles.
    pub fn at(mut self, roles: &'static [Role], path: &'static str, methods: MethodRouter<App>) -> Self {
        let methods = methods.route_layer(from_fn(move |request, next| guard::allowed(roles, request, next)));
        self.router = self.router.route(path, methods);
        self.declared.push(Declared { path, roles: Some(roles) });
        self
    }

    /// A page for whoever comes, signed in or not.
    pub fn open(mut self, path: &'static str, methods: MethodRouter<App>) -> Self {
        self.router = self.router.route(path, methods);
        self.declared.push(Declared { path, roles: None });
        self
    }

    /// These and those.
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self
    }
}
