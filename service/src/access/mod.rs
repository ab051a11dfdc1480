//! Who asks, in which role, and whose rows that lets them touch; and the secrets by which somebody shows who they are.

mod caller;
pub mod factor;
pub mod password;
mod role;
pub mod secret;

pub use caller::{Caller, Scope, Through};
pub use role::Role;
