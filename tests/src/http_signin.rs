//! Sessions in a browser, a forgotten password, and what somebody who means harm gets of all that.

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard};
use crate::http::service::{Service, TOKEN};

const WORDS: &str = "zeven blauwe fietsen bij de brug";
const MINUTE: i64 = 60_000;

async fn invited(desk: &Desk, address: &str, role: Role) -> (String, String) {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let roles = vec![Held { role, of: String::new() }];
    let invited = Invited { name: "Iemand Verzonnen".into(), address: Some(address.into()), roles };
    let made = accounts::invite(&desk.store, &asked, invited).await.expect("an account");
    (made.made.id, made.secret.told().to_owned())
}

/// Somebody who began with a link: the account, the secret of the session, and what its forms send along.
async fn begun(desk: &Desk, address: &str, role: Role) -> (String, Session) {
    let (id, link) = invited(desk, address, role).await;
    let done = desk.send_as(None, Method::POST, "/koppelingen", &[], Some(json!({ "koppeling": link, "wachtwoord": WORDS }))).await;
    (id, Session::of(&done.expect(200)))
}

#[derive(Clone, Debug)]
struct Session {
    secret: String,
    form: String,
}

impl Session {
    fn of(body: &Value) -> Self {
        let text = |key: &str| body[key].as_str().expect("a secret").to_owned();
        Self { secret: text("sleutel"), form: text("formulier") }
    }

    fn cookie(&self) -> String {
        format!("anders=1; __Host-loket={}", self.secret)
    }
}

async fn sign_in(desk: &Desk, address: &str, headers: &[(&str, &str)]) -> Heard {
    let body = json!({ "adres": address, "wachtwoord": WORDS });
    desk.send_as(None, Method::POST, "/aanmelding", headers, Some(body)).await
}

async fn with_cookie(desk: &Desk, session: &Session, method: Method, path: &str, headers: &[(&str, &str)]) -> Heard {
    let cookie = session.cookie();
    let mut all = vec![("cookie", cookie.as_str())];
    all.extend(headers);
    desk.send_as(None, method, path, &all, None).await
}

fn kind(heard: &Heard) -> (u16, &str) {
    (heard.status, heard.body["type"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default())
}

fn pass(desk: &Desk, milliseconds: i64) {
    desk.clock.fetch_add(milliseconds, std::sync::atomic::Ordering::SeqCst);
}

#[tokio::test]
async fn a_session_that_somebody_planted_in_a_browser_is_not_the_one_that_signing_in_makes() {
    let desk = Desk::open("signin-fixation").await;
    let (_, planted) = begun(&desk, "kwaad@voorbeeld.example", Role::Lezer).await;
    begun(&desk, "bea@voorbeeld.example", Role::Beheerder).await;
    let cookie = planted.cookie();
    let done = Session::of(&sign_in(&desk, "bea@voorbeeld.example", &[("cookie", &cookie)]).await.expect(200));
    assert_ne!((&done.secret, &done.form), (&planted.secret, &planted.form));
    // What was planted acts as nobody, also not as whoever planted it.
    assert_eq!(with_cookie(&desk, &planted, Method::GET, "/ik", &[]).await.status, 401);
    assert_eq!(with_cookie(&desk, &done, Method::GET, "/ik", &[]).await.expect(200)["rol"], "beheerder");
    // Words that are no secret of this service do not become one.
    let made_up = sign_in(&desk, "bea@voorbeeld.example", &[("cookie", "__Host-loket=0123456789abcdef0123456789abcdef")]).await;
    assert_ne!(made_up.expect(200)["sleutel"], "0123456789abcdef0123456789abcdef");
    // Two cookies of that name: somebody else put one beside ours.
    let two = format!("__Host-loket={}; __Host-loket={}", planted.secret, done.secret);
    assert_eq!(desk.send_as(None, Method::GET, "/ik", &[("cookie", &two)], None).await.status, 401);
    desk.close().await;
}

#[tokio::test]
async fn with_a_cookie_only_a_page_of_this_service_changes_something() {
    let desk = Desk::open("signin-forgery").await;
    let (_, own) = begun(&desk, "bea@voorbeeld.example", Role::Beheerder).await;
    let (_, other) = begun(&desk, "bo@voorbeeld.example", Role::Beheerder).await;
    let spare = Session::of(&sign_in(&desk, "bea@voorbeeld.example", &[]).await.expect(200));
    let origin = desk.origin();
    let (form, others) = (("x-loket-formulier", own.form.as_str()), ("x-loket-formulier", other.form.as_str()));
    let here = ("origin", origin.as_str());
    // Reading needs neither.
    with_cookie(&desk, &own, Method::GET, "/ik", &[]).await.expect(200);
    let foreign = [
        vec![],
        vec![here],
        vec![form],
        vec![here, others],
        vec![form, ("origin", "http://kwaad.example")],
        vec![form, ("origin", "null")],
        vec![form, here, ("sec-fetch-site", "cross-site")],
        vec![form, here, ("sec-fetch-site", "same-site")],
        vec![form, ("sec-fetch-site", "none")],
    ];
    for headers in foreign {
        let heard = with_cookie(&desk, &own, Method::DELETE, "/ik/sessies", &headers).await;
        assert_eq!(kind(&heard), (403, "formulier-nodig"), "{headers:?}");
        let heard = with_cookie(&desk, &own, Method::POST, "/ik/tweede-factor", &headers).await;
        assert_eq!(kind(&heard), (403, "formulier-nodig"), "{headers:?}");
    }
    with_cookie(&desk, &spare, Method::GET, "/ik", &[]).await.expect(200);
    // From a page of its own, as every browser of today tells in one way or another.
    with_cookie(&desk, &own, Method::POST, "/ik/tweede-factor", &[form, ("sec-fetch-site", "same-origin")]).await.expect(201);
    let done = with_cookie(&desk, &own, Method::DELETE, "/ik/sessies", &[form, here]).await.expect(200);
    assert_eq!(done["aantal"], 1, "the spare one; that of the link is this one");
    assert_eq!(with_cookie(&desk, &spare, Method::GET, "/ik", &[]).await.status, 401);
    // A program shows its secret itself; nobody can make a browser do that. A wrong one does not fall back on the cookie.
    desk.send_as(Some(&own.secret), Method::POST, "/ik/tweede-factor", &[], None).await.expect(201);
    let wrong = with_cookie(&desk, &own, Method::GET, "/ik", &[("authorization", "Bearer iets-anders")]).await;
    assert_eq!(wrong.status, 401);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn what_ended_stays_ended_however_it_is_shown() {
    let desk = Desk::open("signin-replay").await;
    let (id, first) = begun(&desk, "bea@voorbeeld.example", Role::Beheerder).await;
    begun(&desk, "bo@voorbeeld.example", Role::Beheerder).await;
    let second = Session::of(&sign_in(&desk, "bea@voorbeeld.example", &[]).await.expect(200));
    let gone = async |session: &Session, why: &str| {
        assert_eq!(with_cookie(&desk, session, Method::GET, "/ik", &[]).await.status, 401, "{why}: cookie");
        assert_eq!(desk.send_as(Some(&session.secret), Method::GET, "/ik", &[], None).await.status, 401, "{why}: bearer");
    };
    let listed = desk.send_as(Some(&first.secret), Method::GET, "/ik/sessies", &[], None).await.expect(200);
    let rows = listed.as_array().expect("rows");
    assert_eq!((rows.len(), rows.iter().filter(|it| it["deze"] == true).count()), (2, 1), "{listed}");
    // One is ended from the other; a second time it is not there, nor is another's.
    let other = rows.iter().find(|it| it["deze"] == false).expect("the other one")["id"].as_str().expect("an id");
    let path = format!("/ik/sessies/{other}");
    assert_eq!(desk.send_as(Some(&first.secret), Method::DELETE, &path, &[], None).await.status, 204);
    assert_eq!(desk.send_as(Some(&first.secret), Method::DELETE, &path, &[], None).await.status, 404);
    gone(&second, "ended by hand").await;
    let bo = Session::of(&sign_in(&desk, "bo@voorbeeld.example", &[]).await.expect(200));
    let own = listed.as_array().expect("rows").iter().find(|it| it["deze"] == true).expect("its own")["id"].as_str().expect("an id");
    assert_eq!(desk.send_as(Some(&bo.secret), Method::DELETE, &format!("/ik/sessies/{own}"), &[], None).await.status, 404);
    let out = desk.send_as(Some(&first.secret), Method::POST, "/afmelding", &[], None).await;
    assert_eq!(out.status, 204);
    gone(&first, "signed out").await;
    // A token dies with its account, and so do its sessions.
    let third = Session::of(&sign_in(&desk, "bea@voorbeeld.example", &[]).await.expect(200));
    let wanted = json!({ "naam": "nachtwerk", "rol": "beheerder" });
    let token = desk.send_as(Some(&third.secret), Method::POST, "/ik/sleutels", &[], Some(wanted)).await.expect(201);
    let token = token["geheim"].as_str().expect("a secret").to_owned();
    let listed = desk.send_as(Some(&bo.secret), Method::GET, "/sleutels", &[], None).await.expect(200);
    assert!(listed["resultaten"].as_array().expect("rows").iter().any(|it| it["account"] == json!(id)), "{listed}");
    let account = desk.send_as(Some(&bo.secret), Method::GET, &format!("/accounts/{id}"), &[], None).await;
    let end = desk.send_as(Some(&bo.secret), Method::POST, &format!("/accounts/{id}/einde"), &[("if-match", &account.tag())], None).await;
    end.expect(200);
    gone(&third, "the account ended").await;
    assert_eq!(desk.send_as(Some(&token), Method::GET, "/ik", &[], None).await.status, 401);
    // A token is no session: as a cookie it is nothing.
    let wanted = json!({ "naam": "script", "rollen": [{ "rol": "lezer" }] });
    let script = desk.send_as(Some(&bo.secret), Method::POST, "/scripts", &[], Some(wanted)).await.expect(201);
    let script = script["geheim"].as_str().expect("a secret").to_owned();
    desk.send_as(Some(&script), Method::GET, "/ik", &[], None).await.expect(200);
    let as_cookie = format!("__Host-loket={script}");
    assert_eq!(desk.send_as(None, Method::GET, "/ik", &[("cookie", &as_cookie)], None).await.status, 401);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_link_is_not_found_by_guessing_and_guesses_are_bounded() {
    let desk = Desk::open("signin-links").await;
    let (_, link) = invited(&desk, "bea@voorbeeld.example", Role::Lezer).await;
    let (_, late) = invited(&desk, "laat@voorbeeld.example", Role::Lezer).await;
    let use_it = async |link: &str| {
        let body = json!({ "koppeling": link, "wachtwoord": WORDS });
        desk.send_as(None, Method::POST, "/koppelingen", &[], Some(body)).await
    };
    use_it(&link).await.expect(200);
    pass(&desk, 15 * 24 * 60 * MINUTE);
    let (used, over, unknown) = (use_it(&link).await, use_it(&late).await, use_it("0123456789abcdefghjkmnpqrstvwxyz").await);
    for heard in [&used, &over, &unknown] {
        assert_eq!((heard.status, &heard.body), (401, &unknown.body));
        let told = |heard: &Heard| heard.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(told(heard), told(&unknown));
    }
    for at in 3..100 {
        assert_eq!(use_it(&format!("gok-{at}")).await.status, 401, "{at}");
    }
    let closed = use_it("nog een").await;
    assert_eq!(kind(&closed), (429, "te-vaak"));
    // The door is shut to this address for everything that can be guessed, and opens by itself.
    assert_eq!(sign_in(&desk, "bea@voorbeeld.example", &[]).await.status, 429);
    pass(&desk, 15 * MINUTE);
    sign_in(&desk, "bea@voorbeeld.example", &[]).await.expect(200);
    desk.close().await;
}

#[tokio::test]
async fn two_requests_with_one_code_are_one_sign_in() {
    let desk = Desk::open("signin-codes").await;
    let (id, session) = begun(&desk, "bea@voorbeeld.example", Role::Beheerder).await;
    desk.send_as(Some(&session.secret), Method::POST, "/ik/tweede-factor", &[], None).await.expect(201);
    let key = desk.store.change().await.expect("a store").offered_factor(&id).await.expect("a store").expect("an offered factor");
    let now = || desk.clock.load(std::sync::atomic::Ordering::SeqCst);
    let code = || loket_service::access::factor::code(&key, now() / 30_000).expect("a code");
    let confirm = json!({ "code": code() });
    let codes = desk.send_as(Some(&session.secret), Method::POST, "/ik/tweede-factor/bevestiging", &[], Some(confirm)).await.expect(200);
    pass(&desk, 30_000);
    let both = async |key: &str, value: &str| {
        let body = json!({ "adres": "bea@voorbeeld.example", "wachtwoord": WORDS, key: value });
        let one = || desk.send_as(None, Method::POST, "/aanmelding", &[], Some(body.clone()));
        let (a, b) = tokio::join!(one(), one());
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        statuses
    };
    assert_eq!(both("code", &code()).await, [200, 401]);
    assert_eq!(both("herstelcode", codes["herstelcodes"][0].as_str().expect("a code")).await, [200, 401]);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_forgotten_password_is_answered_alike_for_every_address_and_floods_nobody() {
    let desk = Desk::open("signin-forgotten").await;
    let (id, _) = begun(&desk, "bea@voorbeeld.example", Role::Beheerder).await;
    let (gone, _) = begun(&desk, "weg@voorbeeld.example", Role::Lezer).await;
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let version = desk.store.read().account(&gone).await.expect("a store").expect("an account").version;
    accounts::end(&desk.store, &asked, &gone, version).await.expect("it ends");
    let ask = async |address: &str| desk.send_as(None, Method::POST, "/wachtwoord-vergeten", &[], Some(json!({ "adres": address }))).await;
    let lines = async || {
        let all = desk.log().await;
        all.into_iter().filter(|(what, ..)| what == "wachtwoord-vergeten").map(|(_, subject, _)| subject).collect::<Vec<_>>()
    };
    let mails = async || {
        let (found, _) = desk.store.read().mails(&loket_service::store::outbox::Wanted::default(), 0, 100).await.expect("messages");
        found.into_iter().map(|it| it.message.to.id).collect::<Vec<_>>()
    };
    let before = mails().await.len();
    let addresses = ["bea@voorbeeld.example", "weg@voorbeeld.example", "niemand@voorbeeld.example", "geen adres"];
    let mut bodies = Vec::new();
    for address in addresses {
        let heard = ask(address).await;
        assert_eq!(heard.status, 202, "{address}");
        let names: Vec<String> = heard.headers.keys().map(ToString::to_string).collect();
        bodies.push((heard.body, names));
    }
    assert!(bodies.iter().all(|it| *it == bodies[0]), "{bodies:?}");
    // The work is the same: one line of the log each. Only who has an account gets a message.
    assert_eq!(lines().await.len(), addresses.len());
    assert_eq!(mails().await.len() - before, 1);
    assert!(mails().await.contains(&id));
    // Three in an hour, whether there is an account or not; what comes beyond is answered and does nothing.
    for address in ["bea@voorbeeld.example", "niemand@voorbeeld.example"] {
        for _ in 0..4 {
            assert_eq!(ask(address).await.status, 202);
        }
    }
    let now = lines().await;
    assert_eq!((now.iter().filter(|it| **it == id).count(), now.len()), (3, addresses.len() + 4));
    assert_eq!(mails().await.len() - before, 3);
    assert!(now.iter().all(|it| !it.contains('@')), "{now:?}");
    pass(&desk, 60 * MINUTE);
    ask("bea@voorbeeld.example").await.expect(202);
    assert_eq!(mails().await.len() - before, 4);
    // One address of the net asks so many times and no more.
    let mut statuses = Vec::new();
    for at in 0..40 {
        statuses.push(ask(&format!("iemand{at}@voorbeeld.example")).await.status);
    }
    assert_eq!(statuses.iter().filter(|it| **it == 202).count(), 29, "thirty with the one before");
    assert_eq!(statuses.last(), Some(&429));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn an_administrator_sees_who_has_what_and_who_came_in() {
    let desk = Desk::open("signin-overview").await;
    for id in ["B7", "B8"] {
        desk.send(Method::POST, "/besturen", &[], Some(json!({ "id": id, "naam": format!("Bestuur {id}") }))).await.expect(201);
    }
    let (_, admin) = begun(&desk, "bea@voorbeeld.example", Role::Beheerder).await;
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    for (address, boards) in [("een@voorbeeld.example", vec!["B7"]), ("twee@voorbeeld.example", vec!["B7", "B8"])] {
        let roles = boards.iter().map(|it| Held { role: Role::Bestuur, of: (*it).into() }).collect();
        let invited = Invited { name: "Iemand Verzonnen".into(), address: Some(address.into()), roles };
        let made = accounts::invite(&desk.store, &asked, invited).await.expect("an account");
        if address.starts_with("een") {
            accounts::end(&desk.store, &asked, &made.made.id, made.made.version).await.expect("it ends");
        }
    }
    let count = async |query: &str| {
        let heard = desk.send_as(Some(&admin.secret), Method::GET, &format!("/accounts?{query}"), &[], None).await.expect(200);
        assert_eq!(heard["resultaten"].as_array().map(Vec::len), heard["totaal"].as_u64().map(|it| usize::try_from(it).expect("a count")));
        heard["totaal"].as_i64().expect("a count")
    };
    assert_eq!((count("rol=bestuur").await, count("van=B8").await, count("rol=bestuur&van=B7").await), (2, 1, 2));
    assert_eq!((count("van=B7&geeindigd=false").await, count("geeindigd=true").await, count("rol=coach").await), (1, 1, 0));
    assert_eq!(count("rol=beheerder&van=B7").await, 0);
    let wrong = desk.send_as(Some(&admin.secret), Method::GET, "/accounts?rol=baas&geeindigd=misschien", &[], None).await;
    assert_eq!((wrong.status, wrong.wrong()), (400, vec![("rol", "rol"), ("type", "geeindigd")]));
    let bad = json!({ "adres": "niemand@voorbeeld.example", "wachtwoord": WORDS });
    assert_eq!(desk.send_as(None, Method::POST, "/aanmelding", &[], Some(bad)).await.status, 401);
    let tries = desk.send_as(Some(&admin.secret), Method::GET, "/aanmeldingen", &[], None).await.expect(200);
    let told: Vec<_> = tries["resultaten"].as_array().expect("rows").iter().map(|it| it["wat"].as_str().unwrap_or_default()).collect();
    assert_eq!(told, ["aanmelding-mislukt", "aanmelding"]);
    assert!(!tries.to_string().contains('@'), "{tries}");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_proxy_only_https_is_read_and_the_proxy_says_who_asks() {
    let service = Service::start_with("signin-proxy", |it| it.behind = Some("x-forwarded-for".into())).await;
    let ask = async |headers: &[(&str, &str)]| {
        let mut request = service.open_request("GET", "/v1/lichtingen").bearer_auth(TOKEN);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.expect("an answer");
        let (status, body): (_, Value) = (answer.status().as_u16(), answer.json().await.expect("JSON"));
        (status, body["type"].as_str().unwrap_or_default().to_owned())
    };
    let (tls, from) = (("x-forwarded-proto", "https"), ("x-forwarded-for", "203.0.113.9"));
    assert_eq!(ask(&[tls, from]).await.0, 200);
    for headers in [vec![], vec![tls], vec![from], vec![("x-forwarded-proto", "http"), from], vec![tls, ("x-forwarded-for", "onbekend")]] {
        assert_eq!(ask(&headers).await, (403, "/v1/problemen/alleen-https".into()), "{headers:?}");
    }
    // Health is asked by the proxy itself.
    for path in ["/gezondheid", "/leeft"] {
        assert_eq!(service.open_request("GET", path).send().await.expect("an answer").status(), 200);
    }
    // Tries count for who the proxy says, not for what somebody sends along before it.
    let guess = async |from: &str| {
        let request = service.open_request("POST", "/v1/koppelingen").header("x-forwarded-proto", "https").header("x-forwarded-for", from);
        let body = json!({ "koppeling": "gok", "wachtwoord": WORDS });
        request.json(&body).send().await.expect("an answer").status().as_u16()
    };
    for at in 0..100 {
        assert_eq!(guess(&format!("10.0.0.{at}, 203.0.113.9")).await, 401, "{at}");
    }
    assert_eq!((guess("203.0.113.9").await, guess("203.0.113.10").await), (429, 401));
    service.end().await;
}
