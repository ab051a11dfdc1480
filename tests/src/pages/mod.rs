//! The pages as a browser asks them: with a cookie, forms with what the page gave, and no script.

mod admin;
mod afterwards;
mod answers;
mod boards;
mod coach;
mod doors;
mod dropouts;
mod entrance;
mod everywhere;
mod link;
mod map;
mod messages;
mod own;
mod publish;
mod register;
mod report;
mod review;
mod rosters;
mod runs;
mod start;
mod waves;

use std::cell::RefCell;
use std::collections::BTreeMap;

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::actions::signing;
use loket_service::records::account::Held;
use loket_service::store::Store;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;

use crate::desk::Desk;

/// The password of everybody in these tests.
pub const WORDS: &str = "zeven blauwe fietsen bij de brug";

/// A browser with its cookies, and the form token of the page that it showed last.
pub struct Browser {
    base: String,
    client: reqwest::Client,
    cookies: RefCell<BTreeMap<String, String>>,
    form: RefCell<String>,
}

/// A page as it was shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// HTTP status.
    pub status: u16,
    /// Where it leads, when it leads on.
    pub place: String,
    /// The page.
    pub text: String,
    /// The headers.
    pub headers: HeaderMap,
}

impl Shown {
    /// The page, which must have this status.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.words());
        self
    }

    /// The page must lead on, to a place that begins so.
    pub fn leads(self, start: &str) -> Self {
        assert_eq!(self.status, 303, "{}", self.words());
        assert!(self.place.starts_with(start), "to {} and not to {start}", self.place);
        self
    }

    /// Whether it says this, tags aside.
    pub fn says(&self, words: &str) -> bool {
        self.words().contains(words)
    }

    /// What a person reads: the text without tags, spaces made one.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for letter in self.text.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    words.push(' ');
                }
                letter if !inside => words.push(letter),
                _ => {}
            }
        }
        let plain = words.replace("&#39;", "'").replace("&#38;", "&").replace("&amp;", "&").replace("&quot;", "\"").replace("&#34;", "\"");
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Browser {
    /// A browser in which nobody is signed in.
    pub fn new(desk: &Desk) -> Self {
        Self::at(desk.base())
    }

    /// A browser at the service of this address.
    pub fn at(base: String) -> Self {
        let client = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().expect("a client");
        Self { base, client, cookies: RefCell::default(), form: RefCell::default() }
    }

    /// A browser in which a new account with this role is signed in; `of` is the board or coach that it is for.
    pub async fn signed(desk: &Desk, role: Role, of: &str) -> Self {
        Self::new(desk).known_to(&desk.store, role, of).await
    }

    /// This browser with a new account signed in.
    pub async fn known_to(self, store: &Store, role: Role, of: &str) -> Self {
        let asked = Asked { caller: Caller::machine("toegang"), key: None };
        let address = format!("{}@voorbeeld.example", loket_service::store::ids::new());
        let roles = vec![Held { role, of: of.to_owned() }];
        let invited = Invited { name: "Noor Bakker".into(), address: Some(address), roles };
        let made = accounts::invite(store, &asked, invited).await.expect("an account");
        let Ok(done) = signing::use_link(store, made.secret.told(), WORDS, Some(role)).await else { panic!("the link holds") };
        self.cookies.borrow_mut().insert("__Host-loket".into(), done.secret.told().to_owned());
        *self.form.borrow_mut() = done.session.form;
        self
    }

    async fn asked(&self, request: reqwest::RequestBuilder) -> Shown {
        let cookies = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let answer = request.header("cookie", cookies).header("accept", "text/html,*/*;q=0.8").send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        for set in headers.get_all("set-cookie") {
            let set = set.to_str().expect("a cookie");
            let (name, rest) = set.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or_default();
            match set.contains("Max-Age=0") {
                true => self.cookies.borrow_mut().remove(name),
                false => self.cookies.borrow_mut().insert(name.into(), value.into()),
            };
        }
        let text = answer.text().await.expect("a page");
        assert!(status < 500 || status == 503, "{status}: {text}");
        if let Some((_, after)) = text.split_once("name=\"formulier\" value=\"") {
            *self.form.borrow_mut() = after.split('"').next().unwrap_or_default().to_owned();
        }
        let place = headers.get("location").and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
        Shown { status, place, text, headers }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Shown {
        self.asked(self.client.get(format!("{}{path}", self.base)).header("sec-fetch-site", "none")).await
    }

    /// The bytes of a file that a page offers.
    pub async fn file(&self, path: &str) -> Vec<u8> {
        let cookies = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let request = self.client.get(format!("{}{path}", self.base)).header("sec-fetch-site", "none").header("cookie", cookies);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        assert!(answer.headers().contains_key("content-disposition"), "{path} is to be kept");
        answer.bytes().await.expect("a file").to_vec()
    }

    /// Opens a page and what it leads to, as a browser does.
    pub async fn follow(&self, path: &str) -> Shown {
        let mut shown = self.get(path).await;
        for _ in 0..5 {
            if shown.status != 303 {
                break;
            }
            shown = self.get(&shown.place).await;
        }
        shown
    }

    /// Sends a form with what the page gave for it.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let token = self.form.borrow().clone();
        let mut all = vec![("formulier", token.as_str())];
        all.extend_from_slice(fields);
        self.sent(path, &all).await
    }

    /// Sends a form without what the page gave.
    pub async fn sent(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let request = self.client.post(format!("{}{path}", self.base)).header("sec-fetch-site", "same-origin").form(fields);
        self.asked(request).await
    }

    /// The bytes of a file that a form gives.
    pub async fn file_of(&self, path: &str) -> Vec<u8> {
        let cookies = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let token = self.form.borrow().clone();
        let request = self.client.post(format!("{}{path}", self.base)).header("sec-fetch-site", "same-origin").header("cookie", cookies);
        let answer = request.form(&[("formulier", token.as_str())]).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        assert!(answer.headers().contains_key("content-disposition"), "{path} is to be kept");
        answer.bytes().await.expect("a file").to_vec()
    }

    /// Sends a form from a page of somebody else.
    pub async fn post_elsewhere(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let token = self.form.borrow().clone();
        let mut all = vec![("formulier", token.as_str())];
        all.extend_from_slice(fields);
        let request = self.client.post(format!("{}{path}", self.base)).header("sec-fetch-site", "cross-site").form(&all);
        self.asked(request).await
    }

    /// Sends a form with a file.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, Vec<u8>)) -> Shown {
        let mut form = reqwest::multipart::Form::new().text("formulier", self.form.borrow().clone());
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        let (field, called, bytes) = file;
        form = form.part(field.to_owned(), reqwest::multipart::Part::bytes(bytes).file_name(called.to_owned()));
        self.asked(self.client.post(format!("{}{path}", self.base)).header("sec-fetch-site", "same-origin").multipart(form)).await
    }
}
