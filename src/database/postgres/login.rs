//! Where a server is, and as whom: what the URL says, and what Postgres's own programs take where it says nothing.

use std::path::Path;

use postgres::Config;
use postgres::config::{Host, SslMode};

use super::super::engine::{Failed, Tried};
use super::password::{self, Account};
use crate::error::Error;

/// What a connection to `url` begins with.
pub(super) fn config(url: &str) -> Tried<Config> {
    if url.contains("sslmode=verify-") {
        return Err(no_tls());
    }
    let mut config: Config = url.parse()?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(no_tls());
    }
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        config.host(&default_host());
    }
    if config.get_application_name().is_none() {
        config.application_name("mixtape");
    }
    if config.get_password().is_none()
        && let Some(password) = find_password(&config)
    {
        config.password(password);
    }
    Ok(config)
}

/// Where Postgres's own programs look for a server that the URL does not name.
fn default_host() -> String {
    const SOCKETS: &str = "/var/run/postgresql";
    match std::env::var("PGHOST") {
        Ok(host) if !host.is_empty() => host,
        _ if Path::new(SOCKETS).is_dir() => SOCKETS.to_owned(),
        _ => "localhost".to_owned(),
    }
}

fn no_tls() -> Failed {
    Failed::Caller(Error::usage(
        "this program is built without TLS, which sslmode demands; reach the server through a tunnel or a local proxy \
         (ssh -L, stunnel, pgbouncer) and set sslmode=disable",
    ))
}

fn find_password(config: &Config) -> Option<String> {
    let user = config.get_user()?;
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host.as_str(),
        // Postgres's own programs look a socket in its usual folder up so.
        _ => "localhost",
    };
    password::find(&Account {
        host,
        port: config.get_ports().first().copied().unwrap_or(5432),
        database: config.get_dbname().unwrap_or(user),
        user,
    })
}
