//! Who asks, in which role, and whose rows that lets them touch. Only here is a scope made; every query that takes one can be sure of it.

use super::Role;

/// Whose rows a query may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(Reach);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    Everything,
    /// Of these boards; of none when there are none.
    Boards(Vec<String>),
    /// Of these coaches, and of no board.
    Coaches(Vec<String>),
}

impl Scope {
    /// The boards that rows must belong to; `None` for any.
    pub fn boards(&self) -> Option<&[String]> {
        match &self.0 {
            Reach::Everything => None,
            Reach::Boards(ids) => Some(ids),
            Reach::Coaches(_) => Some(&[]),
        }
    }

    /// The coaches that rows must belong to, where somebody is asked as a coach; `None` for any.
    pub fn coaches(&self) -> Option<&[String]> {
        match &self.0 {
            Reach::Everything => None,
            Reach::Coaches(ids) => Some(ids),
            Reach::Boards(_) => Some(&[]),
        }
    }

    /// The same as a statement takes it: a JSON list of ids.
    pub fn among(&self) -> Option<String> {
        self.boards().map(|ids| serde_json::Value::from(ids).to_string())
    }

    /// The coaches as a statement takes them: a JSON list of ids.
    pub fn among_coaches(&self) -> Option<String> {
        self.coaches().map(|ids| serde_json::Value::from(ids).to_string())
    }

    /// What of this scope is one coach's; nothing when that is another coach.
    pub fn of_coach(&self, id: &str) -> Option<Self> {
        match &self.0 {
            Reach::Everything => Some(Self(Reach::Coaches(vec![id.to_owned()]))),
            Reach::Coaches(own) if own.iter().any(|it| it == id) => Some(Self(Reach::Coaches(vec![id.to_owned()]))),
            Reach::Coaches(_) | Reach::Boards(_) => None,
        }
    }

    /// What of this scope is one board's; nothing when that is another's board.
    pub fn of_board(&self, id: &str) -> Option<Self> {
        match &self.0 {
            Reach::Boards(own) if !own.iter().any(|it| it == id) => None,
            Reach::Coaches(_) => None,
            Reach::Everything | Reach::Boards(_) => Some(Self(Reach::Boards(vec![id.to_owned()]))),
        }
    }
}

/// How somebody showed who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Through {
    /// A command on the machine itself.
    Machine,
    /// A token for programs, with its id.
    Token(String),
    /// A session, with its id.
    Session(String),
    /// A personal link.
    Link,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    who: String,
    role: Role,
    scope: Scope,
    through: Through,
}

impl Caller {
    /// A command on the machine itself, under its own name.
    pub fn machine(command: &str) -> Self {
        Self { who: command.into(), role: Role::Systeem, scope: Scope(Reach::Everything), through: Through::Machine }
    }

    /// Whoever has a personal link, which was found and holds: touches rows of nobody, only what the link is for.
    pub fn link() -> Self {
        Self { who: "koppeling".into(), role: Role::Link, scope: Scope(Reach::Boards(Vec::new())), through: Through::Link }
    }

    /// An account in one of its roles, by a token or a session that was found and holds. `of` are those that the account has the role of
    /// board or coach for; every other role but that of the intermediary touches rows of nobody.
    pub fn account(who: &str, role: Role, of: Vec<String>, through: Through) -> Self {
        let reach = match role {
            Role::Intermediair | Role::Systeem => Reach::Everything,
            Role::Bestuur => Reach::Boards(of),
            Role::Coach => Reach::Coaches(of),
            Role::Beheerder | Role::Lezer | Role::Link => Reach::Boards(Vec::new()),
        };
        Self { who: who.into(), role, scope: Scope(reach), through }
    }

    /// A pseudonym for the log: the id of the account.
    pub fn who(&self) -> &str {
        &self.who
    }

    /// What the caller may do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whose rows the caller may touch.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// How the caller showed who it is.
    pub fn through(&self) -> &Through {
        &self.through
    }

    /// The account; none for commands.
    pub fn account_id(&self) -> Option<&str> {
        matches!(self.through, Through::Token(_) | Through::Session(_)).then_some(self.who.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_gets_smaller_and_never_another() {
        let all = Caller::machine("restore").scope().clone();
        let board = all.of_board("B1").unwrap();
        assert_eq!((all.boards(), board.boards()), (None, Some(&["B1".to_owned()][..])));
        assert_eq!(board.of_board("B1").as_ref(), Some(&board));
        assert_eq!(board.of_board("B2"), None);
    }

    #[test]
    fn only_the_intermediary_touches_every_board() {
        let boards = || vec!["B1".to_owned(), "B2".to_owned()];
        for role in Role::HELD {
            let caller = Caller::account("a", *role, boards(), Through::Token("t".into()));
            let reach = caller.scope().boards().map(<[String]>::len);
            let right = match role {
                Role::Intermediair => None,
                Role::Bestuur => Some(2),
                _ => Some(0),
            };
            assert_eq!(reach, right, "{role:?}");
            assert_eq!(caller.scope().of_board("B3").is_some(), *role == Role::Intermediair);
        }
    }

    #[test]
    fn a_coach_touches_rows_of_its_own_and_of_no_board() {
        let coach = Caller::account("a", Role::Coach, vec!["K1".to_owned()], Through::Token("t".into()));
        let scope = coach.scope();
        assert_eq!((scope.boards(), scope.coaches()), (Some(&[][..]), Some(&["K1".to_owned()][..])));
        assert_eq!((scope.of_coach("K1").as_ref(), scope.of_coach("K2"), scope.of_board("K1")), (Some(scope), None, None));
        let all = Caller::machine("restore").scope().clone();
        assert_eq!((all.coaches(), all.of_coach("K2").and_then(|it| it.among_coaches())), (None, Some(r#"["K2"]"#.to_owned())));
        let board = Caller::account("b", Role::Bestuur, vec!["B1".to_owned()], Through::Token("t".into()));
        assert_eq!((board.scope().coaches(), board.scope().of_coach("B1")), (Some(&[][..]), None));
        for role in [Role::Beheerder, Role::Lezer] {
            let caller = Caller::account("c", role, vec!["K1".to_owned()], Through::Token("t".into()));
            assert_eq!((caller.scope().boards(), caller.scope().coaches()), (Some(&[][..]), Some(&[][..])), "{role:?}");
        }
    }
}
