//! The password of a Postgres connection where the URL has none: from the environment, or from `~/.pgpass`.

use std::path::{Path, PathBuf};

/// What an entry of `~/.pgpass` is looked up by.
pub(super) struct Account<'a> {
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) database: &'a str,
    pub(super) user: &'a str,
}

/// `PGPASSWORD`, else the entry of the file that `PGPASSFILE` names, else of `~/.pgpass`.
pub(super) fn find(account: &Account<'_>) -> Option<String> {
    if let Ok(password) = std::env::var("PGPASSWORD")
        && !password.is_empty()
    {
        return Some(password);
    }
    let file = std::env::var_os("PGPASSFILE").map_or_else(
        || Some(PathBuf::from(std::env::var_os("HOME")?).join(".pgpass")),
        |file| Some(PathBuf::from(file)),
    )?;
    if is_open_to_others(&file) {
        return None;
    }
    find_in(&std::fs::read_to_string(file).ok()?, account)
}

/// As Postgres's own programs do, a file that others may read is passed over.
#[cfg(unix)]
fn is_open_to_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}

/// The password of the first line `host:port:database:user:password` that fits.
fn find_in(file: &str, account: &Account<'_>) -> Option<String> {
    let port = account.port.to_string();
    let wanted = [account.host, &port, account.database, account.user];
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| {
            let mut rest = line;
            let fits = wanted.iter().all(|wanted| {
                let (field, more, is_escaped) = field(rest);
                rest = more;
                (field == "*" && !is_escaped) || field == **wanted
            });
            let (password, _, _) = field(rest);
            (fits && !password.is_empty()).then_some(password)
        })
}

/// The text up to the next colon, what stands behind it, and whether a backslash was in it, which stands in front of a colon
/// or backslash that is meant.
fn field(line: &str) -> (String, &str, bool) {
    let mut field = String::new();
    let mut is_escaped = false;
    let mut characters = line.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            ':' => return (field, &line[at + 1..], is_escaped),
            '\\' => {
                is_escaped = true;
                field.extend(characters.next().map(|(_, escaped)| escaped));
            }
            other => field.push(other),
        }
    }
    (field, "", is_escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: Account<'static> = Account {
        host: "db.example",
        port: 5432,
        database: "music",
        user: "me",
    };

    #[test]
    fn the_first_line_that_fits_counts() {
        for (file, password) in [
            ("db.example:5432:music:me:right", Some("right")),
            (
                "# db.example:5432:music:me:wrong\n*:*:*:me:right\ndb.example:5432:music:me:late",
                Some("right"),
            ),
            (
                "db.example:5433:music:me:wrong\ndb.example:*:other:me:wrong\n",
                None,
            ),
            ("*:*:*:*:a\\:b\\\\c", Some("a:b\\c")),
            ("\\*:*:*:*:wrong\n", None),
            ("*:*:*:*:\n*:*:*:*", None),
            ("", None),
        ] {
            assert_eq!(find_in(file, &ACCOUNT).as_deref(), password, "{file}");
        }
    }
}
