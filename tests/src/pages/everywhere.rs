//! What holds for every page on the map: who may see it, what it may load, and that nothing stands in it that a browser would not run.

use loket_service::access::Role;
use loket_service::pages::declared;

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

/// A path with words in place of ids: of nothing there is.
fn nothing_there(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "niets" } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn each_page_is_for_its_roles_and_for_no_other() {
    let desk = Desk::open("pages-roles").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let all = declared();
    assert!(all.iter().filter(|it| it.roles.is_some()).count() >= 3, "the map has pages");
    let guest = Browser::new(&desk);
    for page in all.iter().filter(|it| it.roles.is_some()) {
        let shown = guest.get(&nothing_there(page.path)).await;
        let turned = (shown.status == 303 && shown.place == "/aanmelden") || shown.status == 405;
        assert!(turned, "{}: {} {}", page.path, shown.status, shown.place);
    }
    for role in Role::HELD {
        let of = match role {
            Role::Bestuur => "B1",
            Role::Coach => "K1",
            _ => "",
        };
        let browser = Browser::signed(&desk, *role, of).await;
        for page in &all {
            let Some(roles) = page.roles else { continue };
            let shown = browser.get(&nothing_there(page.path)).await;
            // What is only posted to answers 405 before anybody looks at roles.
            let may = shown.status != 403;
            assert!(may == roles.contains(role) || shown.status == 405, "{} as {role:?}: {}", page.path, shown.status);
            // Whoever signs out sees nothing more.
            if page.path == "/afmelden" {
                continue;
            }
            let sent = browser.post(&nothing_there(page.path), &[]).await;
            assert!(sent.status != 403 || !roles.contains(role), "{} as {role:?} by a form: {}", page.path, sent.status);
            assert!(
                sent.status == 403 || sent.status == 405 || roles.contains(role),
                "{} as {role:?} by a form: {}",
                page.path,
                sent.status
            );
        }
    }
    desk.close().await;
}

#[tokio::test]
async fn a_page_loads_nothing_post_elsewhere_and_has_nothing_inline() {
    let desk = Desk::open("pages-policy").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    for path in ["/start", "/aanmelden", "/welkom", "/wachtwoord-vergeten", "/bestaat-niet"] {
        let shown = browser.get(path).await;
        let policy = shown.headers["content-security-policy"].to_str().expect("text");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(shown.headers["content-type"], "text/html; charset=utf-8", "{path}");
        for inline in ["<style", "style=\"", "onclick", "javascript:", "src=\"http", "href=\"http"] {
            assert!(!shown.text.contains(inline), "{path} has {inline}");
        }
    }
    let page = browser.get("/start").await;
    for (start, kind) in [("/static/loket-", "text/css"), ("/static/logo-", "image/svg+xml")] {
        let name = page.text.split(start).nth(1).and_then(|it| it.split('"').next()).expect("a file");
        let file = browser.get(&format!("{start}{name}")).await.expect(200);
        assert!(file.headers["content-type"].to_str().is_ok_and(|it| it.starts_with(kind)), "{name}");
        assert!(file.headers["cache-control"].to_str().is_ok_and(|it| it.contains("immutable")), "{name}");
        assert!(!file.text.contains("url(http") && !file.text.contains("@import"), "{name}");
    }
    browser.get("/static/niets.css").await.expect(404);
    let lost = browser.get("/bestaat-niet").await.expect(404);
    assert!(lost.says("Deze pagina is er niet"), "{}", lost.words());
    desk.close().await;
}

#[test]
fn no_id_can_be_a_word_that_is_an_address_of_its_own() {
    let paths: Vec<Vec<&str>> = declared().iter().map(|it| it.path.split('/').collect()).collect();
    // Only these ids are chosen by people; others are drawn, or a word of a closed list.
    for kept in ["{lichting}", "{kandidaat}", "{id}", "{coach}", "{school}", "{bestuur}", "{rooster}", "{persoon}"] {
        for path in &paths {
            for at in (0..path.len()).filter(|at| path[*at] == kept) {
                let beside = paths.iter().filter(|it| it.len() > at && it[..at] == path[..at] && !it[at].starts_with('{'));
                for word in beside.map(|it| it[at]) {
                    assert!(!loket_instances::matching::row::has_address(word), "{word} beside {}", path.join("/"));
                }
            }
        }
    }
}
