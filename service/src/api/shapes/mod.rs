//! What more than one resource answers with, as the API writes it. Routes take these from here and never from each other.

pub mod line;
pub mod placement;
pub mod question;
pub mod row;
pub mod wave;
pub mod work;
