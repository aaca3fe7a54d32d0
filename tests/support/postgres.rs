//! A real Postgres for tests: the one that `MIXTAPE_TEST_POSTGRES` names, or a private cluster that goes away with the process.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use postgres::{Client, NoTls};

/// URL of a server on which databases can be made.
const SERVER: &str = "MIXTAPE_TEST_POSTGRES";
/// Where it is set, a test without a Postgres fails.
const REQUIRED: &str = "MIXTAPE_TEST_POSTGRES_REQUIRED";

/// The password of the private clusters' user, to be looked for where it must not be.
pub const PASSWORD: &str = "s3cret pa/ss@word?";
const PASSWORD_IN_URL: &str = "s3cret%20pa%2Fss%40word%3F";
pub const USER: &str = "tester";

/// A server to make databases on. The first one to ask starts it.
pub struct Server {
    url: String,
    cluster: Option<Mutex<Cluster>>,
}

impl Server {
    /// The server that the tests of this process share; none, said loudly, where there is none.
    pub fn shared() -> Option<&'static Server> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        let found = SHARED.get_or_init(|| match std::env::var(SERVER) {
            Ok(url) => Some(Server { url, cluster: None }),
            Err(_) => Server::private(),
        });
        found.as_ref()
    }

    /// A server of one's own, which may be killed.
    pub fn private() -> Option<Server> {
        let Some(programs) = programs() else {
            let complaint = format!(
                "no Postgres: set {SERVER} to a server's URL, or install one (apt-get install postgresql)"
            );
            assert!(std::env::var_os(REQUIRED).is_none(), "{complaint}");
            super::skipped(&complaint);
            return None;
        };
        let cluster = Cluster::start(&programs);
        Some(Server {
            url: format!(
                "postgresql://{USER}:{PASSWORD_IN_URL}@127.0.0.1:{}/postgres",
                cluster.port
            ),
            cluster: Some(Mutex::new(cluster)),
        })
    }

    /// The URL of a new, empty database.
    pub fn new_database(&self) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("mixtape_test_{}_{number}", std::process::id());
        let mut client = self.connect();
        let create = format!("create database {name} template template0 encoding 'UTF8'");
        client.batch_execute(&create).expect("a new database");
        let (server, _) = self.url.rsplit_once('/').expect("a URL with a database");
        format!("{server}/{name}")
    }

    /// A connection to the server's own database.
    pub fn connect(&self) -> Client {
        connect(&self.url)
    }

    /// Kills the server and all that belongs to it, as a power cut does. Only of a private one.
    pub fn kill(&self) {
        self.tell("kill");
    }

    /// Starts a killed server again.
    pub fn restart(&self) {
        self.tell("start");
    }

    /// Starts the server anew on a disk on which no file can become larger than 2 MB. Only of a private one.
    pub fn fill_disk(&self) {
        self.tell("limit");
    }

    fn tell(&self, command: &str) {
        let cluster = self.cluster.as_ref().expect("a private server");
        let mut cluster = cluster.lock().unwrap_or_else(PoisonError::into_inner);
        cluster.tell(command);
    }
}

pub fn connect(url: &str) -> Client {
    Client::connect(url, NoTls).unwrap_or_else(|error| panic!("{error:?}"))
}

/// Where `initdb` and `pg_ctl` are.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut debian: Vec<PathBuf> = versions
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    debian.sort();
    folders.extend(debian.into_iter().rev());
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

/// A cluster that ends when this process does, however that happens: a shell keeps it and reads from us until our end of the
/// pipe is closed.
struct Cluster {
    port: u16,
    keeper: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<std::process::ChildStdout>,
}

const KEEPER: &str = r#"
trap '' INT
folder=$1 programs=$2 port=$3
start() {
    # After a kill, the processes of the one before may need a moment to notice.
    for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        "$programs/pg_ctl" -D "$folder/data" -w -t 120 -l "$folder/log" start \
            -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=60" \
            > /dev/null 2>&1 < /dev/null && return
        sleep 0.5
    done
    cat "$folder/log" >&2
    echo failed
}
"$programs/initdb" -D "$folder/data" -U tester --pwfile="$folder/password" -A scram-sha-256 -E UTF8 --no-locale -N --wal-segsize=1 \
    > "$folder/initdb.log" 2>&1 < /dev/null || { cat "$folder/initdb.log" >&2; echo failed; }
echo "fsync = off" >> "$folder/data/postgresql.conf"
start
echo done
while read -r order; do
    case $order in
    kill)
        process=$(head -n 1 "$folder/data/postmaster.pid")
        kill -9 "$process"
        while kill -0 "$process" 2> /dev/null; do sleep 0.05; done
        ;;
    start) start ;;
    limit)
        "$programs/pg_ctl" -D "$folder/data" -w -m fast stop > /dev/null 2>&1 < /dev/null
        (ulimit -f 4096; start)
        ;;
    esac
    echo done
done
"$programs/pg_ctl" -D "$folder/data" -w -m immediate stop > /dev/null 2>&1 < /dev/null
rm -rf "$folder"
"#;

impl Cluster {
    fn start(programs: &Path) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("mixtape-postgres-")
            .tempdir()
            .unwrap();
        let password = folder.path().join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", KEEPER, "sh"])
            .args([folder.path(), programs])
            .arg(port.to_string())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        become_unprivileged(&mut shell, folder.path(), &password);
        let mut keeper = shell.spawn().expect("a shell");
        // The keeper removes it.
        let _ = folder.keep();
        let mut cluster = Cluster {
            port,
            orders: keeper.stdin.take(),
            answers: BufReader::new(keeper.stdout.take().unwrap()),
            keeper,
        };
        cluster.wait_until_done("initdb");
        cluster
    }

    fn tell(&mut self, order: &str) {
        writeln!(self.orders.as_mut().unwrap(), "{order}").expect("the keeper lives");
        self.wait_until_done(order);
    }

    fn wait_until_done(&mut self, order: &str) {
        let mut answer = String::new();
        self.answers
            .read_line(&mut answer)
            .expect("the keeper answers");
        assert_eq!(answer, "done\n", "{order}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.orders = None;
        let _ = self.keeper.wait();
    }
}

/// Postgres refuses to run as root.
fn become_unprivileged(shell: &mut Command, folder: &Path, password: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    use std::os::unix::process::CommandExt;
    if std::fs::metadata(folder).unwrap().uid() != 0 {
        return;
    }
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap();
    let ids = |name: &str| {
        let fields: Vec<&str> = accounts
            .lines()
            .map(|line| line.split(':').collect::<Vec<_>>())
            .find(|f| f[0] == name)?;
        Some((
            fields[2].parse::<u32>().ok()?,
            fields[3].parse::<u32>().ok()?,
        ))
    };
    let (user, group) = ids("postgres")
        .or_else(|| ids("nobody"))
        .expect("an unprivileged user");
    for path in [folder, password] {
        chown(path, Some(user), Some(group)).expect("root may give files away");
    }
    shell.uid(user).gid(group);
}
