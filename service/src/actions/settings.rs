//! Settings that people change while the service runs, at a version and with what they were.

use loket_solver::matching::facts::words::Word;

use super::{Asked, Refused};
use crate::records::deed::Setting as Deed;
use crate::records::setting::{Kept, Name, Past, Shape, Standing};
use crate::store::Store;

/// What somebody wants a setting to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A number.
    Number(i64),
    /// On or off.
    Switch(bool),
}

/// Every setting as it stands.
pub async fn all(store: &Store) -> Result<Vec<Standing>, Refused> {
    let mut reading = store.snapshot().await?;
    let mut all = Vec::new();
    for name in Name::ALL {
        all.push(reading.standing(*name).await?);
    }
    Ok(all)
}

/// A setting with what it was.
pub async fn one(store: &Store, code: &str) -> Result<(Standing, Vec<Past>), Refused> {
    let name = Name::parse(code).ok_or(Refused::Unknown)?;
    let mut reading = store.snapshot().await?;
    Ok((reading.standing(name).await?, reading.setting_past(name).await?))
}

/// Sets a setting. The same value again changes nothing and keeps its version.
pub async fn put(store: &Store, asked: &Asked, code: &str, version: i64, wanted: Wanted) -> Result<Standing, Refused<Standing>> {
    let name = Name::parse(code).ok_or(Refused::Unknown)?;
    let kept = fitting(name, wanted)?;
    let mut change = store.change().await?;
    let there = change.standing(name).await?;
    if there.version != version {
        return Err(Refused::stale(there));
    }
    if there.kept == kept {
        return Ok(there);
    }
    change.put_setting(name, kept, version + 1, asked.caller.who()).await?;
    change.log(&asked.caller, name.code(), &Deed::Put { was: there.kept, now: kept }.into()).await?;
    let now = change.standing(name).await?;
    change.commit().await?;
    Ok(now)
}

/// What is kept of it, when it is of the setting's kind and within its bounds.
fn fitting<N>(name: Name, wanted: Wanted) -> Result<Kept, Refused<N>> {
    match (name.shape(), wanted) {
        (Shape::Switch { .. }, Wanted::Switch(on)) => Ok(Kept::from(on)),
        (Shape::Number { .. }, Wanted::Number(kept)) if name.may_be(kept) => Ok(kept),
        (Shape::Number { least, most, .. }, Wanted::Number(_)) => {
            let remedy = format!("vul een geheel getal in van {least} tot en met {most}");
            Err(Refused::wrong("grens", "/getal", "dit valt buiten de grenzen van deze instelling", remedy))
        }
        (Shape::Number { .. }, Wanted::Switch(_)) => {
            Err(Refused::wrong("soort", "/aan", "deze instelling is een getal", "stuur getal in plaats van aan"))
        }
        (Shape::Switch { .. }, Wanted::Number(_)) => {
            Err(Refused::wrong("soort", "/getal", "deze instelling staat aan of uit", "stuur aan in plaats van getal"))
        }
    }
}
