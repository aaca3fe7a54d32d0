//! Tables as CSV files after RFC 4180: written complete or not at all, and read row by row by the names of their columns.

mod read;
mod write;

pub(crate) use read::CsvTable;
pub(crate) use write::{CsvFile, LineEnd, Record, append_record};
