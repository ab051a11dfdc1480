//! Fills an empty service with a demo: a wave under review, a published one whose coach falls out, and one that is being solved; through the
//! API, as people would. The clock lives through the weeks before today meanwhile.

mod api;
mod began;
mod city;
pub mod days;
pub mod doors;
mod next;
mod people;
mod talks;
mod years;

use axum::Router;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use self::city::{Part, wave};
use self::days::{Calendar, Terms};
use self::doors::Doors;
use self::people::{Parties, People, Person};
use crate::pages::paths;
use crate::store::{Clock, Store};

/// Days ago that the first wave was made, answered and published; and that the next one was made, reviewed and asked about.
const BEGAN: [i64; 3] = [40, 33, 30];
const NEXT: [i64; 4] = [12, 8, 3, 1];
/// Seconds that the third wave is worked on at most.
const LONGEST: u32 = 300;

/// What the demo needs beside the service.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The routes of this process.
    pub router: Router,
    /// What is kept.
    pub store: Store,
    /// Its clock.
    pub calendar: Calendar,
    /// Addresses to come in by.
    pub doors: Doors,
}

/// What the demo holds, for whoever wants to look.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The waves.
    pub terms: Terms,
    people: People,
    parties: Parties,
}

/// A policy that waits for a second person and is tried on the wave that began, and a key for a program that ends soon.
async fn drafts(noor: &api::Api, reader: &api::Api, began: &str, today: Date) -> Result<(), String> {
    let content = json!({ "dagdelen_samen": 5 });
    noor.post("/v1/beleid", &json!({ "naam": "meer-samen", "fase": "opleiding", "inhoud": content })).await?;
    let limits = json!([{ "wat": "geplaatst", "minstens": 0 }, { "wat": "reistijd_gemiddeld_tienden", "hoogstens": 10 }]);
    noor.post("/v1/beleid/meer-samen/1/beleidsproeven", &json!({ "lichtingen": [began], "drempels": limits })).await?;
    let key = json!({ "naam": "dashboard stad", "rol": "lezer", "tot": today.saturating_add(20.days()).to_string() });
    reader.post("/v1/ik/sleutels", &key).await.map(|_| ())
}

impl Stage {
    async fn at(&self, person: &Person) -> Result<api::Api, String> {
        person.at(&self.store, &self.router).await
    }

    /// Fills the service.
    ///
    /// # Errors
    /// What did not go as it should, for whoever starts the demo.
    pub async fn fill(&self) -> Result<Filled, String> {
        let today = Clock::default().today();
        let terms = Terms::on(today);
        let people = People::make(&self.store).await?;
        let coach = self.began(&people, &terms).await?;
        let (noor, samir) = (&people.noor, &people.samir);
        self.calendar.go_to(NEXT[0]);
        let (file, later, soon) = (wave(Part::Next, &terms.next), wave(Part::Soon, &terms.soon), &terms.soon);
        next::begun(&self.at(samir).await?, &file, &terms.next).await?;
        let soon = self.at(samir).await?.submitted(&later, (&soon.from.to_string(), &soon.until.to_string())).await?;
        let parties = Parties::make(&self.store, (&coach.0, &coach.1)).await?;
        self.calendar.go_to(NEXT[1]);
        next::reviewed(&self.at(noor).await?, &self.at(samir).await?, &terms.next, &file).await?;
        drafts(&self.at(noor).await?, &self.at(&people.reader).await?, &terms.began.id, today).await?;
        self.calendar.go_to(NEXT[2]);
        next::asked(&self.at(noor).await?, &terms.next, today).await?;
        self.calendar.go_to(NEXT[3]);
        next::answered(&self.at(samir).await?, [&self.at(&parties.board).await?, &self.at(&parties.coach).await?], &terms.next).await?;
        began::dropped_out(&self.at(&parties.leaving).await?, &self.at(noor).await?, &coach.0, today).await?;
        talks::planned(&self.at(noor).await?, today).await?;
        years::planned(&self.at(noor).await?, today).await?;
        self.calendar.go_to(0);
        let wanted = json!({ "rekentijd": LONGEST });
        self.at(samir).await?.post(&format!("/v1/lichtingen/{soon}/berekeningen"), &wanted).await?;
        Ok(Filled { terms, people, parties })
    }

    /// The wave that began: the coach who will fall out.
    async fn began(&self, people: &People, terms: &Terms) -> Result<(String, String), String> {
        let term = &terms.began;
        self.calendar.go_to(BEGAN[0]);
        began::agreed(&self.at(&people.samir).await?, &wave(Part::Began, term), term).await?;
        self.calendar.go_to(BEGAN[1]);
        began::answered(&self.at(&people.samir).await?, term).await?;
        self.calendar.go_to(BEGAN[2]);
        let noor = self.at(&people.noor).await?;
        began::published(&noor, term).await?;
        began::coach(&noor, term).await
    }

    /// What to open, in Dutch, with a token for programs, which is told this once; the last line is the address to begin with.
    ///
    /// # Errors
    /// The machine gives no randomness.
    pub async fn told(&self, filled: &Filled, address: &str) -> Result<String, String> {
        let Filled { terms, people, parties } = filled;
        let door = |person: &Person| Ok::<_, String>(format!("{address}{}", paths::door(person.door(&self.doors)?.told())));
        let mut page = format!(
            "De demo is gevuld. Alle personen, scholen en besturen zijn verzonnen.\n   \
             {}: wordt beoordeeld, een kwart is gedaan en de eerste antwoorden zijn er.\n   \
             {}: is vastgesteld; een coach valt uit en het voorstel ligt klaar.\n   \
             {}: wordt nu uitgerekend.\n   \
             Intakegesprekken winter: een rooster dat gepubliceerd is; zie Rooster.\n\
             Elk adres werkt één keer, binnen twee uur, en alleen op deze machine. Open het in een eigen venster om twee mensen naast elkaar te zien.\n",
            terms.next.name, terms.began.name, terms.soon.name
        );
        for (as_whom, person) in [
            ("een bestuur", &parties.board),
            ("een coach", &parties.coach),
            ("een tweede intermediair", &people.samir),
            ("de beheerder", &people.administrator),
            ("een lezer", &people.reader),
        ] {
            page.push_str(&format!("Kijk als {as_whom} ({}):\n   {}\n", person.name, door(person)?));
        }
        let key = json!({ "naam": "demo", "rol": "intermediair" });
        let key = self.at(&people.noor).await?.post("/v1/ik/sleutels", &key).await?.text("geheim")?;
        page.push_str(&format!(
            "De API staat beschreven in {address}/v1/openapi.json. Met een sleutel van intermediair {}:\n   \
             curl -H 'Authorization: Bearer {key}' {address}/v1/lichtingen\n",
            people.noor.name
        ));
        page.push_str(&format!("\nBegin hier, als intermediair {}:\n   {}\n", people.noor.name, door(&people.noor)?));
        Ok(page)
    }
}
