//! A real Spark cluster for tests: a master and two workers on 127.0.0.1, which go away with the test, however it ends.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::support::long::is_long;
use crate::support::{Folder, Run, skipped};

/// A Python that has pyspark.
const PYTHON: &str = "MIXTAPE_TEST_SPARK_PYTHON";
/// Where it is set, a test without Spark fails.
const REQUIRED: &str = "MIXTAPE_TEST_SPARK_REQUIRED";
/// What `spark/test` makes.
const INSTALLED: &str = "target/spark/bin/python";

const PATIENCE: Duration = Duration::from_secs(300);

/// What all of it is set up with: small, on this machine only.
const DEFAULTS: &str = "spark.executor.memory 512m\nspark.executor.cores 1\nspark.driver.memory 512m\nspark.ui.enabled false\n\
                        spark.ui.showConsoleProgress false\nspark.driver.host 127.0.0.1\nspark.driver.bindAddress 127.0.0.1\n\
                        spark.network.timeout 60s\nspark.task.maxFailures 2\nspark.executor.heartbeatInterval 5s\n";

pub struct Cluster {
    pub folder: Folder,
    python: PathBuf,
    master: Daemon,
    workers: Vec<Daemon>,
    url: String,
}

/// A process and all that it has started.
struct Daemon {
    /// It ends all of them when its standard input does: also where this process is killed.
    shell: Child,
    said: mpsc::Receiver<String>,
}

/// A shell that runs its arguments in the background, and kills its group at the end of its standard input.
const WATCH: &str = "\"$@\" < /dev/null & cat > /dev/null; kill -9 0";

impl Daemon {
    fn start(command: &Path, arguments: &[&str], environment: &[(&str, &Path)]) -> Self {
        let mut shell = Command::new("sh")
            .args(["-c", WATCH, "sh"])
            .arg(command)
            .args(arguments)
            .envs(environment.iter().copied())
            .env("SPARK_DAEMON_MEMORY", "256m")
            .env("SPARK_LOCAL_IP", "127.0.0.1")
            .env("SPARK_NO_DAEMONIZE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect("sh");
        let stderr = BufReader::new(shell.stderr.take().unwrap());
        let (sender, said) = mpsc::channel();
        // Read to its end: nobody shall wait for a full pipe.
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Daemon { shell, said }
    }

    /// What follows `text` in what it says.
    fn wait_for(&self, text: &str) -> String {
        let mut all = String::new();
        while let Ok(line) = self.said.recv_timeout(PATIENCE) {
            if let Some((_, rest)) = line.split_once(text) {
                return rest.to_owned();
            }
            all += &(line + "\n");
        }
        panic!("it never said {text:?}:\n{all}");
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

fn python() -> Option<PathBuf> {
    // Jobs run in a folder of their own.
    let named = std::env::var_os(PYTHON).unwrap_or_else(|| INSTALLED.into());
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join(named);
    let mut java = Command::new("java");
    let quiet = |command: &mut Command| {
        let run = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    };
    let found =
        quiet(Command::new(&python).args(["-c", "import pyspark"])) && quiet(java.arg("-version"));
    if found {
        return Some(python);
    }
    let complaint = format!(
        "no Spark: `spark/test` installs it; or name a Python that has pyspark with {PYTHON}, and put a java 17 on the PATH"
    );
    assert!(std::env::var_os(REQUIRED).is_none(), "{complaint}");
    skipped(&complaint);
    None
}

/// The folder of the jobs.
fn spark() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("spark")
}

impl Cluster {
    /// A cluster of two workers of one core each; none, said loudly, where there is no Spark.
    pub fn start() -> Option<Self> {
        if !is_long() && std::env::var_os(REQUIRED).is_none() {
            skipped(&format!(
                "a Spark cluster takes minutes: MIXTAPE_TEST_LONG=1 or {REQUIRED}=1 starts one"
            ));
            return None;
        }
        let python = python()?;
        let class = python.with_file_name("spark-class");
        let folder = Folder::new();
        std::fs::create_dir(folder.path("conf")).unwrap();
        folder.write("conf/spark-defaults.conf", DEFAULTS);
        let local = folder.path("local");
        let pythons = python.clone();
        let environment = [
            ("SPARK_LOCAL_DIRS", local.as_path()),
            ("PYSPARK_PYTHON", pythons.as_path()),
        ];
        let master = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"];
        let arguments = [&["org.apache.spark.deploy.master.Master"], &master[..]].concat();
        let master = Daemon::start(&class, &arguments, &environment);
        let port = master.wait_for("Starting Spark master at spark://127.0.0.1:");
        let url = format!("spark://127.0.0.1:{}", port.trim());
        let mut cluster = Cluster {
            folder,
            python,
            master,
            workers: Vec::new(),
            url,
        };
        for number in 0..2 {
            let work = cluster.work(number);
            let arguments = [
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                work.to_str().unwrap(),
                &cluster.url,
            ];
            cluster
                .workers
                .push(Daemon::start(&class, &arguments, &environment));
        }
        for worker in &cluster.workers {
            worker.wait_for("Successfully registered with master");
        }
        Some(cluster)
    }

    fn work(&self, worker: usize) -> PathBuf {
        self.folder.path(&format!("work{worker}"))
    }

    /// A job that `runner`, a program beside that Python, runs.
    fn job(&self, runner: &str, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.python.with_file_name(runner));
        command.arg(spark().join(program));
        self.finish(command, arguments)
    }

    fn finish(&self, mut command: Command, arguments: &[&str]) -> Command {
        command
            .args(arguments)
            .args([
                "--master",
                &self.url,
                "--mixtape",
                env!("CARGO_BIN_EXE_mixtape"),
            ])
            .current_dir(self.folder.path(""))
            .env("SPARK_CONF_DIR", self.folder.path("conf"))
            .env("SPARK_LOCAL_DIRS", self.folder.path("local"))
            .env("SPARK_LOCAL_IP", "127.0.0.1")
            .env("PYSPARK_PYTHON", &self.python)
            .stdin(Stdio::null());
        command
    }

    /// Runs a program of `spark/` in the cluster's folder.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Run {
        Run::of(
            self.job("python", program, arguments)
                .output()
                .expect("Python"),
        )
    }

    /// The same by `spark-submit`.
    pub fn submit(&self, program: &str, arguments: &[&str]) -> Run {
        let mut job = self.job("spark-submit", program, arguments);
        Run::of(job.output().expect("spark-submit"))
    }

    /// As [`submit`](Self::submit), of a copy whose package is in an archive that `spark-submit` is given, as in a cluster that
    /// runs the job itself.
    pub fn submit_with_an_archive(&self, program: &str, arguments: &[&str]) -> Run {
        let (copy, archive) = (
            self.folder.path(program),
            self.folder.path("mixtape_job.zip"),
        );
        std::fs::copy(spark().join(program), &copy).unwrap();
        let zip = Command::new(&self.python)
            .args(["-m", "zipfile", "-c"])
            .args([&archive, &spark().join("mixtape_job")])
            .status();
        assert!(zip.is_ok_and(|status| status.success()));
        let mut command = Command::new(self.python.with_file_name("spark-submit"));
        command.arg("--py-files").args([archive, copy]);
        Run::of(
            self.finish(command, arguments)
                .output()
                .expect("spark-submit"),
        )
    }

    /// As [`run`](Self::run); once the second worker has done a task of it, that one is killed with all that it has.
    pub fn run_and_kill_a_worker(&mut self, program: &str, arguments: &[&str]) -> Run {
        let mut job = self.job("python", program, arguments);
        let before = self.executors(1).len();
        let job = job.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut job = job.expect("Python");
        let has_done_some = |executor: &PathBuf| {
            let said = std::fs::read_to_string(executor.join("stderr")).unwrap_or_default();
            said.contains("Finished task")
        };
        let mut waited = Duration::ZERO;
        loop {
            let executors = self.executors(1);
            if executors.len() > before && executors.iter().skip(before).any(has_done_some) {
                break;
            }
            assert!(waited < PATIENCE, "the second worker has had nothing to do");
            assert!(
                job.try_wait().unwrap().is_none(),
                "it was over before a worker was killed"
            );
            std::thread::sleep(Duration::from_millis(50));
            waited += Duration::from_millis(50);
        }
        drop(self.workers.pop());
        assert!(
            job.try_wait().unwrap().is_none(),
            "it was over before a worker was killed"
        );
        Run::of(job.wait_with_output().expect("Python ends"))
    }

    /// Folders of the executors that a worker has started, in the order of the jobs.
    fn executors(&self, worker: usize) -> Vec<PathBuf> {
        let folders = |path: &Path| {
            let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
            let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
            found.sort();
            found
        };
        let jobs = folders(&self.work(worker));
        jobs.iter().flat_map(|job| folders(job)).collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Those who ask before who answers.
        self.workers.clear();
        drop(self.master.shell.stdin.take());
    }
}
