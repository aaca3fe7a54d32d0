pub mod readers;
pub mod top;
