//! `…/einde` and `…/geschiedenis` of boards, schools, coaches and candidates: how a row ends, and what it was before.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;

use super::bodies::endings::{End, Stop};
use super::shapes::history::Rijversie;
use super::shapes::row::{answer, shown};
use crate::access::Role;
use crate::actions::endings::{self, Ending};
use crate::actions::{Asked, Refused};
use crate::records::register::{Kind, Row};
use crate::serve::app::App;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may end rows, and read what those of people were.
const WRITING: &[Role] = &[Role::Intermediair];
/// Who may read what boards and schools were; a board its own.
const SHARED: &[Role] = &[Role::Intermediair, Role::Bestuur];

fn edited(done: Result<Row, Refused<Row>>, from: &str) -> Result<Response, Problem> {
    done.map(|row| answer(StatusCode::OK, row)).map_err(|refused| Problem::of(refused, shown, json!({ "vanaf": from })))
}

async fn versions(app: &App, asked: &Asked, kind: Kind, id: &str, page: &Page) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.register_row(kind, asked.caller.scope(), id).await?.ok_or_else(Problem::unknown)?;
    let (rows, all) = reading.versions(kind, id, page.skip(), page.size).await?;
    let resultaten = rows.into_iter().map(Rijversie::from).collect();
    Ok((page.links(all), Json(Pagina::<Rijversie> { resultaten, totaal: all })).into_response())
}

async fn end(app: &App, asked: &Asked, kind: Kind, at: (&str, i64), body: End) -> Result<Response, Problem> {
    let from = body.vanaf.clone();
    let ending = Ending { from: body.vanaf, reason: body.reden, confirmed: body.bevestigd.unwrap_or_default() };
    edited(endings::end(&app.store, asked, kind, at, ending).await, &from)
}

async fn stop(app: &App, asked: &Asked, at: (&str, i64), body: Stop) -> Result<Response, Problem> {
    let from = body.vanaf.clone();
    let ending = Ending { from: body.vanaf, reason: body.reden, confirmed: body.bevestigd.unwrap_or_default() };
    edited(endings::stop(&app.store, asked, at, ending).await, &from)
}

/// The two routes of one kind of row.
macro_rules! ending {
    ($module:ident, $kind:expr, $reading:expr, $end:tt, $history:tt, $id:tt, $tag:tt, [$ends:tt $was:tt], $body:ident, $row:ident, |$app:ident, $asked:ident, $at:ident, $sent:ident| $done:expr) => {
        mod $module {
            use axum::extract::State;
            use utoipa_axum::routes;

            use super::*;
            use crate::api::bodies::Read;
            use crate::api::shapes::row::$row;
            use crate::serve::body::{Ids, NoKeys};
            use crate::serve::etag::Expected;

            pub(super) fn routes() -> OpenApiRouter<App> {
                OpenApiRouter::new().routes(only(WRITING, routes!(finish))).routes(only($reading, routes!(history)))
            }

            /// Beëindig een rij van het register: vanaf een dag, met een reden; waar nog plaatsingen bij staan wordt eerst gevraagd
            #[utoipa::path(post, path = $end, tag = $tag, operation_id = $ends,
                params(($id = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
                request_body = inline($body),
                responses((status = 200, body = $row)))]
            async fn finish(
                State($app): State<App>,
                $asked: Asked,
                Ids(id): Ids<String>,
                _: NoKeys,
                expected: Expected,
                Read($sent): Read<$body>,
            ) -> Result<Response, Problem> {
                let $at = (id.as_str(), expected.version());
                $done
            }

            /// Wat een rij van het register was en werd, de nieuwste versie eerst; zonder namen
            #[utoipa::path(get, path = $history, tag = $tag, operation_id = $was,
                params(($id = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
                responses((status = 200, body = Pagina<Rijversie>)))]
            async fn history(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, page: Page) -> Result<Response, Problem> {
                versions(&app, &asked, $kind, &id, &page).await
            }
        }
    };
}

ending!(
    boards, Kind::Board, SHARED, "/besturen/{bestuur}/einde", "/besturen/{bestuur}/geschiedenis", "bestuur", "besturen",
    ["bestuurBeeindigen" "bestuurGeschiedenis"], End, Bestuur, |app, asked, at, sent| end(&app, &asked, Kind::Board, at, sent).await
);
ending!(
    schools, Kind::School, SHARED, "/scholen/{school}/einde", "/scholen/{school}/geschiedenis", "school", "register",
    ["schoolBeeindigen" "schoolGeschiedenis"], End, School, |app, asked, at, sent| end(&app, &asked, Kind::School, at, sent).await
);
ending!(
    coaches, Kind::Coach, WRITING, "/coaches/{coach}/einde", "/coaches/{coach}/geschiedenis", "coach", "register",
    ["coachBeeindigen" "coachGeschiedenis"], End, Coach, |app, asked, at, sent| end(&app, &asked, Kind::Coach, at, sent).await
);
ending!(
    candidates, Kind::Candidate, WRITING, "/kandidaten/{kandidaat}/einde", "/kandidaten/{kandidaat}/geschiedenis", "kandidaat", "register",
    ["kandidaatBeeindigen" "kandidaatGeschiedenis"], Stop, Kandidaat, |app, asked, at, sent| stop(&app, &asked, at, sent).await
);

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(boards::routes()).merge(schools::routes()).merge(coaches::routes()).merge(candidates::routes())
}
