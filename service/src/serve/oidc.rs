//! The settings of an OpenID provider: all of them, or none.

use std::path::PathBuf;

use crate::provider::{Known, Rule, Rules};

/// What was typed of it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The provider.
    pub issuer: Option<String>,
    /// The client's id.
    pub client: Option<String>,
    /// The file with the client's secret.
    pub secret: Option<PathBuf>,
    /// Where browsers come back.
    pub back: Option<String>,
    /// Rules.
    pub roles: Option<Vec<String>>,
    /// Scopes that are asked besides `openid`.
    pub scopes: Option<Vec<String>>,
}

/// Where the round ends, below the address of the service.
const BACK: &str = "/v1/oidc/terug";

/// Over HTTPS, or on this machine itself.
fn safe(address: &str) -> bool {
    let rest = address.strip_prefix("http://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.strip_suffix(|it: char| it.is_ascii_digit()).map_or(host, |it| it.trim_end_matches(|it: char| it.is_ascii_digit()));
    address.starts_with("https://") || ["127.0.0.1:", "[::1]:", "localhost:"].contains(&name) || host == "localhost"
}

/// The provider that is set; what is wrong with it is added to `wrong`. Nothing when none is named.
pub fn settle(typed: Typed, wrong: &mut Vec<String>) -> Option<Known> {
    let Typed { issuer, client, secret, back, roles, scopes } = typed;
    if issuer.is_none() && client.is_none() && secret.is_none() && back.is_none() && roles.is_none() {
        return None;
    }
    let before = wrong.len();
    let mut need = |name: &str, value: Option<String>| {
        if value.as_deref().unwrap_or_default().is_empty() {
            wrong.push(format!("{name} ontbreekt; bij een aanmelddienst horen oidc_uitgever, oidc_client, oidc_terug en oidc_rollen."));
        }
        value.unwrap_or_default()
    };
    let (issuer, client, back) = (need("oidc_uitgever", issuer), need("oidc_client", client), need("oidc_terug", back));
    for (name, address) in [("oidc_uitgever", &issuer), ("oidc_terug", &back)] {
        if !address.is_empty() && !safe(address) {
            wrong.push(format!("{name} moet met https:// beginnen; http:// mag alleen op deze machine zelf."));
        }
    }
    if !back.is_empty() && !back.ends_with(BACK) {
        wrong.push(format!("oidc_terug is het adres van deze dienst met {BACK} erachter."));
    }
    let secret = secret.and_then(|path| match std::fs::read_to_string(&path) {
        Ok(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Ok(_) => {
            wrong.push("oidc_geheim: dit bestand is leeg.".into());
            None
        }
        Err(error) => {
            wrong.push(format!("oidc_geheim: dit bestand kan niet gelezen worden: {}.", crate::trouble::cause(&error)));
            None
        }
    });
    let mut rules = Vec::new();
    for (at, text) in roles.clone().unwrap_or_default().iter().enumerate() {
        match Rule::parse(text) {
            Ok(rule) => rules.push(rule),
            Err(why) => wrong.push(format!("oidc_rollen, regel {}: {why}.", at + 1)),
        }
    }
    if roles.unwrap_or_default().is_empty() {
        wrong.push("oidc_rollen ontbreekt: zonder regels krijgt niemand een rol.".into());
    }
    let scopes = scopes.unwrap_or_else(|| vec!["profile".into(), "email".into()]);
    (wrong.len() == before).then(|| Known { issuer, client, secret, back, rules: Rules::new(rules, scopes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            issuer: Some("https://aanmelden.example".into()),
            client: Some("loket".into()),
            secret: None,
            back: Some("https://loket.example/v1/oidc/terug".into()),
            roles: Some(vec!["groups=loket:lezer".into()]),
            scopes: None,
        }
    }

    #[test]
    fn a_provider_is_set_whole_or_not_at_all_and_over_https() {
        let settled = |typed: Typed| {
            let mut wrong = Vec::new();
            let known = settle(typed, &mut wrong);
            (known, wrong)
        };
        let (none, wrong) = settled(Typed::default());
        assert!(none.is_none() && wrong.is_empty());
        let (known, wrong) = settled(typed());
        assert_eq!((known.unwrap().rules.scopes, wrong), (vec!["profile".to_owned(), "email".to_owned()], vec![]));
        let (known, wrong) = settled(Typed { issuer: typed().issuer, ..Typed::default() });
        assert_eq!((known.is_none(), wrong.len()), (true, 3), "{wrong:?}");
        for address in ["http://aanmelden.example", "http://127.0.0.1.example/", "ftp://x", "http://127.0.0.1:80@kwaad.example/"] {
            let (known, wrong) = settled(Typed { issuer: Some(address.into()), ..typed() });
            assert!(known.is_none() && wrong.len() == 1, "{address}: {wrong:?}");
        }
        for address in ["http://127.0.0.1:3000", "http://localhost:80/pad", "http://[::1]:3000"] {
            assert!(settled(Typed { issuer: Some(address.into()), ..typed() }).0.is_some(), "{address}");
        }
        let (_, wrong) = settled(Typed { back: Some("https://loket.example/terug".into()), roles: Some(vec!["x".into()]), ..typed() });
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        let (_, wrong) = settled(Typed { secret: Some("/bestaat/niet".into()), ..typed() });
        assert_eq!(wrong.len(), 1, "{wrong:?}");
    }
}
