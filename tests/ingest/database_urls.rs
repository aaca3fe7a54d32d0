//! What `--db` may name, and where a password comes from.

use super::support::postgres::{PASSWORD, Server, USER};
use super::support::{Folder, Run, mixtape};

use super::database_rules::ROW;

#[test]
fn what_is_no_database_is_named() {
    let folder = Folder::new();
    folder.write("rows", ROW);
    folder.write(
        "text",
        "this is no database, but long enough to look like one at the first glance; ".repeat(20),
    );
    for (url, code, message) in [
        ("mysql://localhost/x", 64, "mysql://"),
        ("", 64, "names no file"),
        ("sqlite:no/such/folder/x.db", 1, "no/such/folder/x.db"),
        ("text", 1, "text"),
        (
            "postgresql://me:hidden@127.0.0.1:1/x",
            1,
            "postgresql://me@127.0.0.1:1/x: error connecting to server",
        ),
        (
            "postgresql://me:hidden@127.0.0.1:1/x?sslmode=require",
            64,
            "TLS",
        ),
        (
            "postgresql://me:hidden@127.0.0.1:1/x?sslmode=verify-full",
            64,
            "TLS",
        ),
        (
            "postgresql://me:hid/den@127.0.0.1:x/y",
            1,
            "postgresql://me@127.0.0.1:x/y",
        ),
    ] {
        let run = folder.run(["ingest", "rows", "--db", url]);
        assert_eq!(run.code, Some(code), "{url}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{url}: {}", run.stderr);
        assert!(!run.stderr.contains("hid"), "{}", run.stderr);
    }
}

#[test]
fn passwords_come_from_the_url_the_environment_or_the_password_file() {
    let Some(server) = Server::private() else {
        return;
    };
    let url = server.new_database();
    let (_, place) = url.rsplit_once('@').unwrap();
    let bare = format!("postgresql://{USER}@{place}");
    let folder = Folder::new();
    folder.write("rows", ROW);
    let file = folder.write(
        "pgpass",
        format!("127.0.0.1:*:*:{USER}:{}\n", PASSWORD.replace(':', "\\:")),
    );
    let mode = |mode| std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(&file, mode(0o600)).unwrap();
    let run = |url: &str, variable: &str, value: &std::ffi::OsStr| {
        let mut program = mixtape();
        program
            .args(["ingest", "rows", "--db", url, "--summary", "-"])
            .current_dir(folder.path(""));
        program
            .env_remove("PGPASSWORD")
            .env("PGPASSFILE", "/nowhere")
            .env(variable, value);
        let run = Run::of(program.output().unwrap());
        for said in [&run.stdout, &run.stderr] {
            assert!(
                !said.contains(PASSWORD) && !said.contains("s3cret"),
                "{said}"
            );
        }
        run
    };
    for (url, variable, value) in [
        (url.as_str(), "X", "".as_ref()),
        (&bare, "PGPASSWORD", PASSWORD.as_ref()),
        (&bare, "PGPASSFILE", file.as_os_str()),
    ] {
        let run = run(url, variable, value);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stdout.contains(&bare), "{}", run.stdout);
    }
    std::fs::set_permissions(&file, mode(0o644)).unwrap();
    for (variable, value) in [
        ("PGPASSWORD", "s3cret, but wrong".as_ref()),
        ("PGPASSFILE", file.as_os_str()),
    ] {
        let run = run(&bare, variable, value);
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.contains("password"), "{}", run.stderr);
    }
}
