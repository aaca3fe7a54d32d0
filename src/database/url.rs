//! Where a database is.

use std::fmt;
use std::path::PathBuf;

use crate::error::{Error, Result};

/// What `--db` names. `Display` is what messages call it: never with a password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of SQLite's.
    Sqlite(PathBuf),
    /// A connection URL of Postgres's, as it was given.
    Postgres(String),
}

impl DatabaseUrl {
    /// Understands `sqlite:PATH`, `postgresql://…`, `postgres://…`; anything else is the path of an SQLite file.
    ///
    /// # Errors
    /// When it is empty, or the URL of something else.
    pub fn parse(url: &str) -> Result<Self> {
        if url.starts_with("postgresql://") || url.starts_with("postgres://") {
            return Ok(DatabaseUrl::Postgres(url.to_owned()));
        }
        if url.starts_with("postgresql:") || url.starts_with("postgres:") {
            return Err(Error::usage(
                "a Postgres database is named so: postgresql://USER@HOST:PORT/NAME",
            ));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() {
            return Err(Error::usage("the database's URL names no file"));
        }
        if let Some((scheme, _)) = path.split_once("://") {
            return Err(Error::usage(format!(
                "{scheme}:// is no database that is known here; expected sqlite:PATH, PATH or postgresql://…"
            )));
        }
        Ok(DatabaseUrl::Sqlite(PathBuf::from(path)))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "{}", path.display()),
            DatabaseUrl::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

/// As shown, so that no password gets into a log by way of a debug print.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// Scheme, user, host and database. Takes everything that may be a part of a password for one, so that a mistyped URL shows
/// none either: one with a raw `@`, `/` or `?` in it.
fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgresql", url));
    let (user, place) = match rest.rsplit_once('@') {
        Some((credentials, place)) => {
            let user = credentials.split([':', '@', '/', '?']).next();
            // Behind a question mark a password may stand too, with its own `@`.
            let place = if credentials.contains('?') {
                "…"
            } else {
                place
            };
            (user.filter(|user| !user.is_empty()), place)
        }
        None => (None, rest),
    };
    let place = place.split('?').next().unwrap_or_default();
    match user {
        Some(user) => format!("{scheme}://{user}@{place}"),
        None => format!("{scheme}://{place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_and_paths_are_told_apart() {
        let sqlite = |path: &str| DatabaseUrl::Sqlite(PathBuf::from(path));
        for (url, expected) in [
            ("sqlite:a/b.db", sqlite("a/b.db")),
            ("sqlite:///a/b.db", sqlite("/a/b.db")),
            ("a b.db", sqlite("a b.db")),
            ("/a/b", sqlite("/a/b")),
            (
                "postgres://h/d",
                DatabaseUrl::Postgres("postgres://h/d".into()),
            ),
        ] {
            assert_eq!(DatabaseUrl::parse(url).unwrap(), expected, "{url}");
        }
        for url in [
            "",
            "sqlite:",
            "mysql://h/d",
            "https://x",
            "postgres:d",
            "postgresql:/h/d",
        ] {
            assert!(DatabaseUrl::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn no_password_is_shown_however_the_url_is_mistyped() {
        for (url, shown) in [
            (
                "postgresql://me:secret@host:5433/d",
                "postgresql://me@host:5433/d",
            ),
            ("postgresql://me:sec@ret@host/d", "postgresql://me@host/d"),
            ("postgresql://me:s/ecret@host/d", "postgresql://me@host/d"),
            ("postgresql://me:s?ecret@host/d", "postgresql://me@…"),
            ("postgresql://:secret@host/d", "postgresql://host/d"),
            (
                "postgresql://me@host/d?password=secret",
                "postgresql://me@host/d",
            ),
            (
                "postgresql:///d?user=me&password=secret&host=/tmp",
                "postgresql:///d",
            ),
            (
                "postgresql://host/d?password=sec@ret",
                "postgresql://host@…",
            ),
        ] {
            let url = DatabaseUrl::parse(url).unwrap();
            assert_eq!(url.to_string(), shown);
            assert!(!format!("{url:?}").contains("sec"));
        }
    }
}
