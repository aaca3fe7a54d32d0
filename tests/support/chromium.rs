//! A real browser for tests, without a window: the one that `MIXTAPE_TEST_CHROMIUM` names, or what is installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Path of a Chromium.
const PROGRAM: &str = "MIXTAPE_TEST_CHROMIUM";
/// Where it is set, a test without a browser fails.
const REQUIRED: &str = "MIXTAPE_TEST_CHROMIUM_REQUIRED";

/// A page takes a second; a browser that hangs shall not hold the tests for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// A browser, and a profile of its own that goes away with it.
pub struct Chromium {
    program: PathBuf,
    profile: tempfile::TempDir,
}

impl Chromium {
    /// The browser; none, said loudly, where there is none.
    pub fn find() -> Option<Self> {
        let Some(program) = program() else {
            let complaint = format!(
                "no Chromium: set {PROGRAM} to one, or install it (apt-get install chromium)"
            );
            assert!(std::env::var_os(REQUIRED).is_none(), "{complaint}");
            super::skipped(&complaint);
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        Some(Chromium { program, profile })
    }

    /// The document that it makes of a page in a window of so many pixels, after all scripts have run.
    pub fn document(&self, page: &Path, width: u32) -> String {
        let window = format!("--window-size={width},900");
        self.run(page, &[&window, "--virtual-time-budget=3000", "--dump-dom"])
    }

    /// A picture of a page in a window of so many pixels.
    pub fn picture(&self, page: &Path, [width, height]: [u32; 2], dark: bool, picture: &Path) {
        let scheme = if dark { 0 } else { 1 };
        self.run(
            page,
            &[
                &format!("--window-size={width},{height}"),
                &format!("--blink-settings=preferredColorScheme={scheme}"),
                &format!("--screenshot={}", picture.display()),
            ],
        );
    }

    fn run(&self, page: &Path, arguments: &[&str]) -> String {
        let output = self.profile.path().join("output");
        let mut child = Command::new(&self.program)
            // Its sandbox wants rights that neither root nor a container has; the pages are ours.
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
            ])
            .args([
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--force-device-scale-factor=1",
            ])
            .arg(format!("--user-data-dir={}", self.profile.path().display()))
            .args(arguments)
            .arg(format!("file://{}", page.display()))
            .stdin(Stdio::null())
            .stdout(std::fs::File::create(&output).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .expect("the browser starts");
        let began = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if began.elapsed() > PATIENCE {
                let _ = child.kill();
                let _ = child.wait();
                panic!("the browser hangs: {arguments:?}");
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        assert!(status.success(), "{arguments:?}: {status}");
        std::fs::read_to_string(output).expect("a document in UTF-8")
    }
}

fn program() -> Option<PathBuf> {
    if let Some(program) = std::env::var_os(PROGRAM) {
        return Some(program.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}
