//! Typed positions in a roster's tables: a person's number can never be used where a participant's is meant.

use crate::common::tables::ids;

ids! {
    /// Somebody who can be staff, in the order of the id's bytes.
    PersonId
    /// Who or what is planned (a participant, or a placement that is visited), in the order of SHA-256 of "{seed}:{id}".
    UnitId
    /// A place with rooms, in the order of its id's bytes.
    LocationId
    /// A series of half-days, in the order of its id's bytes; those of offers by offer first.
    SeriesId
    /// A course or development team, in the order of its id's bytes.
    OfferId
    /// A school that is visited, in the order of its id's bytes.
    SchoolId
    /// A role asked of staff, in the order of the panel.
    RoleId
    /// The name of a peer group of before, in the order of its bytes.
    GroupId
}
