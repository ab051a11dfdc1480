//! What the description says of answers that are files.

use utoipa::ToSchema;

/// Een PDF die iedereen kan lezen (PDF/UA-1)
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct Pdf(#[expect(dead_code, reason = "only its schema is used")] Vec<u8>);
