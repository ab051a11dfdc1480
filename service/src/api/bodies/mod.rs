//! Bodies of requests: each is declared once, and read and described from that declaration.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use serde_json::{Value, json};

use crate::serve::app::App;
use crate::serve::body::{Size, Taken, json as json_of, maybe_json};
use crate::serve::problem::Problem;

pub mod accounts;
pub mod agreements;
pub mod answers;
pub mod capacity;
pub mod carry;
pub mod coaching;
pub mod decisions;
pub mod dropouts;
pub mod endings;
pub mod file;
pub mod funnel;
pub mod invitations;
pub mod open;
pub mod outbox;
pub mod plannings;
pub mod policies;
pub mod privacy;
pub mod register;
pub mod review;
pub mod rosters;
pub mod rounds;
pub mod runs;
pub mod search;
pub mod settings;
pub mod shapes;
pub mod trials;
pub mod tryouts;
pub mod waves;

/// What the body of a request may be.
pub trait Body: Sized + Send + 'static {
    /// How large it may be.
    const SIZE: Size = Size::Small;
    /// Largest one that is read where it comes in, bytes: a larger one is read off the runtime's threads.
    const SMALL: usize = 16 << 10;

    /// Reads it as it was sent.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    fn parse(bytes: Bytes) -> Result<Self, Refusal>;

    /// What it may hold: a schema with a description and, where it helps, an example to try the route with.
    fn schema() -> Value;
}

/// An object with keys that are known.
pub trait Keyed: Sized {
    /// Reads it.
    fn read(at: &At<'_>) -> Option<Self>;

    /// Its schema.
    fn schema() -> Value;
}

/// Declares an object once, with its name in the description: a key `needs` to be there or `may` be absent, and has a shape, which reads
/// and describes its value. What
/// `holds` names sees what goes together; `example` is one to try the route with.
macro_rules! body {
    (
        $title:literal
        $(#[doc = $what:literal])+
        $name:ident $(sized $size:ident)? $(holds $check:ident)? $(example $example:tt)? {
            $( $(#[doc = $says:literal])+ $must:ident $key:ident: $value:ty = $shape:expr, )+
        }
    ) => {
        $(#[doc = $what])+
        #[derive(Clone, Debug)]
        pub struct $name {
            $( $(#[doc = $says])+ pub $key: $crate::api::bodies::key!(type $must $value), )+
        }

        impl $crate::api::bodies::Keyed for $name {
            fn read(at: &loket_instances::strict::fields::At<'_>) -> Option<Self> {
                let fields = at.object(&[$(stringify!($key)),+])?;
                $( let $key = $crate::api::bodies::key!(read $must fields, stringify!($key), $shape); )+
                $( $check(&fields); )?
                Some(Self { $( $key: $crate::api::bodies::key!(take $must $key), )+ })
            }

            fn schema() -> serde_json::Value {
                use $crate::api::bodies::shapes::Shape;
                let keys = [$( (stringify!($key), $crate::api::bodies::key!(needed $must), concat!($($says),+), $shape.schema()), )+];
                #[allow(unused_mut, reason = "not every body has an example")]
                let mut schema = $crate::api::bodies::object(concat!($($what),+), &keys);
                schema["title"] = serde_json::json!($title);
                $( schema["example"] = serde_json::json!($example); )?
                schema
            }
        }

        $crate::api::bodies::described!($name);

        impl $crate::api::bodies::Body for $name {
            $( const SIZE: $crate::serve::body::Size = $crate::serve::body::Size::$size; )?

            fn parse(bytes: axum::body::Bytes) -> Result<Self, loket_instances::strict::problem::Refusal> {
                let bounds = <Self as $crate::api::bodies::Body>::SIZE.bounds();
                loket_instances::strict::read_within(&bytes, bounds, <Self as $crate::api::bodies::Keyed>::read)
            }

            fn schema() -> serde_json::Value {
                <Self as $crate::api::bodies::Keyed>::schema()
            }
        }
    };
}

/// What a key that `needs` to be there, or `may` be absent, becomes at each place of its declaration.
macro_rules! key {
    (type needs $value:ty) => { $value };
    (type may $value:ty) => { Option<$value> };
    (read needs $fields:ident, $key:expr, $shape:expr) => {
        $fields.need($key).and_then(|at| $crate::api::bodies::shapes::Shape::read(&$shape, at))
    };
    (read may $fields:ident, $key:expr, $shape:expr) => {
        $fields.get($key).and_then(|at| $crate::api::bodies::shapes::Shape::read(&$shape, at))
    };
    (take needs $key:ident) => { $key? };
    (take may $key:ident) => { $key };
    (needed needs) => { true };
    (needed may) => { false };
}

/// Gives the schema of a body to the description of the API.
macro_rules! described {
    ($name:ty) => {
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::api::bodies::told(<Self as $crate::api::bodies::Body>::schema())
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}

use {body, described, key};

/// A schema as utoipa has it.
pub fn told(schema: Value) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    // A test holds the description against the readers: a schema that is none would be seen there.
    serde_json::from_value(schema).unwrap_or_else(|_| utoipa::openapi::schema::Object::new().into())
}

/// The schema of an object: of each key its name, whether it must be there, what it says and its own schema. A key that may be absent
/// may be null as well.
fn object(what: &str, keys: &[(&str, bool, &str, Value)]) -> Value {
    let mut properties = serde_json::Map::new();
    for (key, needed, says, schema) in keys {
        let mut schema = schema.clone();
        if !needed {
            shapes::allow_null(&mut schema);
        }
        if !says.is_empty() {
            schema["description"] = json!(says.trim());
        }
        properties.insert((*key).to_owned(), schema);
    }
    let mut schema = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !what.is_empty() {
        schema["description"] = json!(what.trim());
    }
    let required: Vec<&str> = keys.iter().filter(|it| it.1).map(|it| it.0).collect();
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// A body that was read.
#[derive(Clone, Copy, Debug)]
pub struct Read<T>(pub T);

/// A body that may be left out, and then says nothing.
#[derive(Clone, Copy, Debug)]
pub struct MaybeRead<T>(pub T);

impl<T: Body> FromRequest<App> for Read<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        parsed(app, json_of(request, app, T::SIZE).await?).await.map(Self)
    }
}

impl<T: Body> FromRequest<App> for MaybeRead<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let nothing = || Taken { bytes: Bytes::from_static(b"{}"), room: None };
        let taken = maybe_json(request, app, T::SIZE).await?;
        parsed(app, taken.unwrap_or_else(nothing)).await.map(Self)
    }
}

/// Bodies from this size on are read one at a time.
const LARGE: usize = 1 << 20;

async fn parsed<T: Body>(app: &App, taken: Taken) -> Result<T, Problem> {
    let Taken { bytes, room } = taken;
    let read = if bytes.len() <= T::SMALL {
        T::parse(bytes)
    } else {
        let much = if bytes.len() < LARGE { 1 } else { 2 };
        let read = move || {
            let read = T::parse(bytes);
            drop(room);
            read
        };
        app.gates.reading.work(much, read).await?
    };
    read.map_err(|refusal| Problem::refused(&refusal))
}
