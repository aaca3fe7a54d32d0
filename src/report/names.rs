//! Names that people type: found whatever their case, or else the nearest ones.

use crate::database::{Database, OwnedValue, Value};
use crate::error::{Error, Result};

/// Names that are read at once.
const PAGE: i64 = 4096;

/// How many names are proposed for one that is not there.
const PROPOSED: usize = 3;

/// Characters by which names are compared: the effort grows with their square.
const COMPARED: usize = 64;

/// A column in which a name may stand.
#[derive(Clone, Copy)]
pub(super) struct NameColumn {
    pub(super) table: &'static str,
    pub(super) column: &'static str,
}

/// The spellings of `asked` that the columns have: itself, or, where it does not stand there so, those that differ in case.
pub(super) fn spellings(
    database: &mut Database,
    columns: &[NameColumn],
    kind: &str,
    asked: &str,
) -> Result<Vec<String>> {
    if has(database, columns, asked)? {
        return Ok(vec![asked.to_owned()]);
    }
    let folded = asked.to_lowercase();
    let mut spellings = Vec::new();
    let mut nearest = Nearest::to(&folded);
    for column in columns {
        for_each(database, *column, |name| {
            let name_folded = name.to_lowercase();
            if name_folded == folded {
                spellings.push(name.to_owned());
            }
            nearest.look_at(name, &name_folded);
        })?;
    }
    if spellings.is_empty() {
        return Err(nearest.error(database.name(), kind, asked));
    }
    spellings.sort_unstable();
    spellings.dedup();
    Ok(spellings)
}

/// Makes sure that an id stands in a column, exactly so.
pub(super) fn check(
    database: &mut Database,
    column: NameColumn,
    kind: &str,
    asked: &str,
) -> Result<()> {
    if has(database, &[column], asked)? {
        return Ok(());
    }
    let folded = asked.to_lowercase();
    let mut nearest = Nearest::to(&folded);
    for_each(database, column, |name| {
        nearest.look_at(name, &name.to_lowercase());
    })?;
    Err(nearest.error(database.name(), kind, asked))
}

fn has(database: &mut Database, columns: &[NameColumn], asked: &str) -> Result<bool> {
    if asked.contains('\0') && !database.text_limits().holds_nul {
        return Ok(false);
    }
    for NameColumn { table, column } in columns {
        let query = format!("select {column} from {table} where {column} = $1 limit 1");
        if !database.query(&query, &[Value::Text(asked)])?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every different name of a column, a page at a time.
fn for_each(
    database: &mut Database,
    NameColumn { table, column }: NameColumn,
    mut each: impl FnMut(&str),
) -> Result<()> {
    let mut last = String::new();
    let mut compare = ">=";
    loop {
        let query = format!(
            "select distinct {column} from {table} where {column} {compare} $1 order by {column} limit {PAGE}"
        );
        let page = database.query(&query, &[Value::Text(&last)])?;
        let names = page.iter().filter_map(|row| row.first()?.text());
        names.for_each(&mut each);
        match page
            .last()
            .and_then(|row| row.first())
            .and_then(OwnedValue::text)
        {
            Some(name) if page.len() as i64 == PAGE => name.clone_into(&mut last),
            _ => return Ok(()),
        }
        compare = ">";
    }
}

/// The names with the fewest differences, best first.
struct Nearest {
    asked: String,
    best: Vec<(usize, String)>,
}

impl Nearest {
    fn to(folded: &str) -> Self {
        Nearest {
            asked: beginning(folded),
            best: Vec::new(),
        }
    }

    fn look_at(&mut self, name: &str, folded: &str) {
        let distance = strsim::osa_distance(&self.asked, &beginning(folded));
        let place = self
            .best
            .partition_point(|(other, by)| (*other, by.as_str()) < (distance, name));
        let is_known = self.best.get(place).is_some_and(|(_, by)| by == name);
        if place < PROPOSED && !is_known {
            self.best.insert(place, (distance, name.to_owned()));
            self.best.truncate(PROPOSED);
        }
    }

    fn error(&self, database: &str, kind: &str, asked: &str) -> Error {
        let names: Vec<String> = self
            .best
            .iter()
            .map(|(_, name)| format!("{name:?}"))
            .collect();
        let proposal = match names.as_slice() {
            [] => "there is none at all".to_owned(),
            [one] => format!("the nearest is {one}"),
            [first @ .., last] => format!("the nearest are {} and {last}", first.join(", ")),
        };
        Error::missing(format!("{database} has no {kind} {asked:?}; {proposal}"))
    }
}

fn beginning(text: &str) -> String {
    text.chars().take(COMPARED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(asked: &str, names: &[&str]) -> String {
        let mut nearest = Nearest::to(asked);
        for name in names {
            nearest.look_at(name, &name.to_lowercase());
        }
        nearest.error("a.db", "user", asked).to_string()
    }

    #[test]
    fn the_nearest_names_are_proposed_best_first_and_once() {
        assert_eq!(
            nearest("u12", &["x", "u21", "u12345", "u1", "u21", "zzzzzz"]),
            "a.db has no user \"u12\"; the nearest are \"u1\", \"u21\" and \"u12345\""
        );
        assert_eq!(
            nearest("u", &["v"]),
            "a.db has no user \"u\"; the nearest is \"v\""
        );
        assert_eq!(
            nearest("u", &[]),
            "a.db has no user \"u\"; there is none at all"
        );
    }

    #[test]
    fn names_of_any_length_are_compared_by_their_beginning() {
        let long = "a".repeat(1_000_000);
        assert!(nearest(&long, &[&long, "b"]).contains("the nearest are"));
    }
}
