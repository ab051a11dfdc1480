//! What the pages of help say, in the order in which it is read.

use crate::access::Role;
use crate::pages::messages::Messages;

/// Something that somebody wants to know.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// What it is about.
    pub title: &'static str,
    /// What there is to know.
    pub text: &'static str,
}

impl Topic {
    fn new(title: &'static str, text: &'static str) -> Self {
        Self { title, text }
    }
}

/// Help for whoever acts in this role, or is not signed in.
pub fn of_role(m: Messages, role: Option<Role>) -> Vec<Topic> {
    let mut topics = match role {
        None | Some(Role::Link | Role::Systeem) => guest(m),
        Some(Role::Intermediair) => intermediair(m),
        Some(Role::Bestuur) => bestuur(m),
        Some(Role::Coach) => coach(m),
        Some(Role::Beheerder) => beheerder(m),
        Some(Role::Lezer) => lezer(m),
    };
    topics.push(Topic::new(m.help.wrong_title(), m.help.wrong()));
    topics.push(Topic::new(m.help.without_title(), m.help.without()));
    topics
}

/// Help for whoever is not signed in.
fn guest(m: Messages) -> Vec<Topic> {
    vec![
        Topic::new(m.help.guest_1_title(), m.help.guest_1()),
        Topic::new(m.help.guest_2_title(), m.help.guest_2()),
        Topic::new(m.help.guest_3_title(), m.help.guest_3()),
    ]
}

/// Help for who places people.
fn intermediair(m: Messages) -> Vec<Topic> {
    vec![
        Topic::new(m.help.intermediair_1_title(), m.help.intermediair_1()),
        Topic::new(m.help.intermediair_2_title(), m.help.intermediair_2()),
        Topic::new(m.help.intermediair_3_title(), m.help.intermediair_3()),
        Topic::new(m.help.intermediair_4_title(), m.help.intermediair_4()),
        Topic::new(m.help.intermediair_5_title(), m.help.intermediair_5()),
        Topic::new(m.help.intermediair_6_title(), m.help.intermediair_6()),
        Topic::new(m.help.intermediair_7_title(), m.help.intermediair_7()),
    ]
}

/// Help for a board.
fn bestuur(m: Messages) -> Vec<Topic> {
    vec![
        Topic::new(m.help.bestuur_1_title(), m.help.bestuur_1()),
        Topic::new(m.help.bestuur_2_title(), m.help.bestuur_2()),
        Topic::new(m.help.bestuur_3_title(), m.help.bestuur_3()),
        Topic::new(m.help.bestuur_4_title(), m.help.bestuur_4()),
    ]
}

/// Help for a coach.
fn coach(m: Messages) -> Vec<Topic> {
    vec![
        Topic::new(m.help.coach_1_title(), m.help.coach_1()),
        Topic::new(m.help.coach_2_title(), m.help.coach_2()),
        Topic::new(m.help.coach_3_title(), m.help.coach_3()),
        Topic::new(m.help.coach_4_title(), m.help.coach_4()),
    ]
}

/// Help for who gives access.
fn beheerder(m: Messages) -> Vec<Topic> {
    vec![
        Topic::new(m.help.beheerder_1_title(), m.help.beheerder_1()),
        Topic::new(m.help.beheerder_2_title(), m.help.beheerder_2()),
        Topic::new(m.help.beheerder_3_title(), m.help.beheerder_3()),
        Topic::new(m.help.beheerder_4_title(), m.help.beheerder_4()),
    ]
}

/// Help for who reads figures.
fn lezer(m: Messages) -> Vec<Topic> {
    vec![Topic::new(m.help.lezer_1_title(), m.help.lezer_1()), Topic::new(m.help.lezer_2_title(), m.help.lezer_2())]
}

/// How everybody can work with the pages.
pub fn access(m: Messages) -> Vec<Topic> {
    vec![
        Topic::new(m.help.access_1_title(), m.help.access_1()),
        Topic::new(m.help.access_2_title(), m.help.access_2()),
        Topic::new(m.help.access_3_title(), m.help.access_3()),
        Topic::new(m.help.access_4_title(), m.help.access_4()),
        Topic::new(m.help.access_5_title(), m.help.access_5()),
    ]
}

/// What is kept of people.
pub fn privacy(m: Messages) -> Vec<Topic> {
    vec![
        Topic::new(m.help.privacy_1_title(), m.help.privacy_1()),
        Topic::new(m.help.privacy_2_title(), m.help.privacy_2()),
        Topic::new(m.help.privacy_3_title(), m.help.privacy_3()),
        Topic::new(m.help.privacy_4_title(), m.help.privacy_4()),
        Topic::new(m.help.privacy_5_title(), m.help.privacy_5()),
        Topic::new(m.help.privacy_6_title(), m.help.privacy_6()),
    ]
}

/// How a proposal comes to be.
pub fn how(m: Messages) -> Vec<Topic> {
    vec![
        Topic::new(m.help.how_1_title(), m.help.how_1()),
        Topic::new(m.help.how_2_title(), m.help.how_2()),
        Topic::new(m.help.how_3_title(), m.help.how_3()),
        Topic::new(m.help.how_4_title(), m.help.how_4()),
        Topic::new(m.help.how_5_title(), m.help.how_5()),
        Topic::new(m.help.how_6_title(), m.help.how_6()),
        Topic::new(m.help.how_7_title(), m.help.how_7()),
    ]
}
