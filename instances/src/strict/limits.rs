//! How long a text may be and how long a list, wherever one is read: in files, in bodies, on the command line.

/// Characters of an id.
pub const ID: usize = 64;
/// Characters of a name: of a person, a school, a wave.
pub const NAME: usize = 200;
/// Characters of any other text, such as a concept or a feature.
pub const TEXT: usize = 2_000;
/// Characters of what people explain to each other: `toelichting`, `reden`.
pub const REMARK: usize = 20_000;
/// Texts in one list.
pub const LIST: usize = 10_000;
/// Rows in one list of a wave file.
pub const ROWS: usize = 100_000;
/// Travel times in a wave file.
pub const TRAVEL_ROWS: usize = 10_000_000;
/// Problems past which a row that is wrong is not kept to look up what it names.
pub const COUNTED: usize = 50_000;
