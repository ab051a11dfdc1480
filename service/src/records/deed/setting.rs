//! What was done about settings that people change while the service runs.

use serde::Serialize;

use super::{Deed, What};

/// A deed about a setting: the subject of its line.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Setting {
    /// It was set; on and off are 1 and 0.
    Put {
        /// What it was.
        was: i64,
        /// What it is.
        #[serde(rename = "wordt")]
        now: i64,
    },
}

impl Setting {
    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Put { .. } => What::SettingPut,
        }
    }
}

impl From<Setting> for Deed<'_> {
    fn from(deed: Setting) -> Self {
        Self::Setting(deed)
    }
}
