//! What a coach noted, as it is told.

use serde::Serialize;
use utoipa::ToSchema;

use crate::records::coaching::Off;

/// Een periode waarin een coach er niet is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VrijeDag {
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
}

impl From<Off> for VrijeDag {
    fn from(it: Off) -> Self {
        Self { van: it.from, tot: it.until }
    }
}

/// Quarters of an hour as hours.
pub fn hours(quarters: i64) -> f64 {
    quarters as f64 / 4.0
}
