//! Names of closed lists (and of the policy) in the description of the API: a key whose words are on such a list is described by its name,
//! so that it is one type wherever it stands. The words themselves stand at their enums; `api/shapes/lists.rs` puts the two together.

use utoipa::openapi::{Ref, RefOr, Schema};

/// Declares a name.
macro_rules! names {
    ($($name:ident),+ $(,)?) => { $(
        /// The list of this name.
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                Ref::from_schema_name(stringify!($name)).into()
            }
        }

        impl utoipa::ToSchema for $name {}
    )+ };
}

names! {
    Aandachtsoort, Aanleidingsoort, Afwijsreden, Antwoordstand, Antwoordwijze, Beleid, Beleidstoestand, Berichtontvanger, Berichtsoort,
    Berichttoestand, Besluit, Besluitstap, Blijfreden, Bouw, Briefsoort, Csvdeel, Dagdeel, Daghelft, Deelnaam, Eindreden, Fase, Geenplaatssoort, Intrekreden,
    Inzagedeel, Kandidaattoestand, Lichtingtoestand, Lijstsoort, Neereden, Neereikwijdte, Nietnodigreden, Oorzaak, Opensoort, Opentoestand, Openverschil, OverruleRegel, Partij,
    Plaatsingstand, Plekreden, Privacypersoon, Privacysoort, Proefkeus, Proefmaat, Proefoordeel, Proefstand, Regel, Reikwijdte, Rijsoort, Rolnaam, Roosterafwijsreden, Roosterbesluitsoort, Roostersoort, Roosterstand, Roosterzegwijze, Stopreden,
    Trajectfase, Trechterdoelsoort, Trechteroordeel, Uitkomststatus, Uitvalreden, Uitvalsoort, Uitvaltoestand, Voorstelbesluit, Vraagsoort, Werktoestand, Wijzigingsoort,
}
