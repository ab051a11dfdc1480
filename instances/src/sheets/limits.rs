//! How much of a workbook or CSV file is read.

/// Bytes of a file.
pub const FILE: usize = 20 << 20;
/// Bytes of everything in a workbook, unpacked: half a million travel times are 62 MiB.
pub const UNPACKED: u64 = 150 << 20;
/// Bytes of one member beside its sheets, unpacked: the texts that its sheets share are kept in memory.
pub const SHARED: u64 = 60 << 20;
/// Bytes of the formats of cells, unpacked: each of some bytes becomes hundreds in memory.
pub const STYLES: u64 = 8 << 20;
/// Members of a workbook.
pub const MEMBERS: usize = 2_000;
/// Sheets of a workbook.
pub const SHEETS: usize = 60;
/// Rows of a sheet.
pub const ROWS: u32 = 20_000;
/// Rows of a sheet of travel times.
pub const TRAVEL_ROWS: u32 = 500_000;
/// Columns of a sheet.
pub const COLUMNS: u32 = 60;
/// Cells with something in them, of all sheets together.
pub const CELLS: usize = 3_000_000;
/// Cells that are kept, with the empty ones before a cell with something in it.
pub const HELD: usize = 2 * CELLS;
/// Bytes of text in all cells together: a text that many cells share counts for each of them.
pub const TEXTS: usize = 150 << 20;
/// Characters of a cell; a spreadsheet holds no more.
pub const TEXT: usize = 32_767;
