//! A throw-away PostgreSQL for the API suite: its own folder, its own port, gone at the end.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::ports::free_port;
use crate::process::{Run, which};
use crate::toolchain::newest_numbered;

/// A running server; dropping it stops and removes it.
#[derive(Debug)]
pub struct Postgres {
    folder: TempDir,
    binaries: PathBuf,
    port: u16,
}

impl Postgres {
    /// Creates a cluster in a temporary folder and starts it on a free loopback port.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start(log: &Path) -> Result<Self> {
        let binaries = binaries().context("PostgreSQL is not installed")?;
        let folder = tempfile::Builder::new()
            .prefix("jishi-postgres-")
            .tempdir()?;
        give_to_postgres(folder.path())?;
        let postgres = Self {
            folder,
            binaries,
            port: free_port()?,
        };
        postgres
            .run("initdb")
            .args([
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--username=postgres",
            ])
            .args(["--no-sync", "-D"])
            .arg(postgres.data())
            .logged(log)?;
        postgres.control("start", &log.with_extension("start.log"))?;
        Ok(postgres)
    }

    /// Where it listens, as sqlx reads it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts with the crash safety off: nothing here outlives the run.
    fn control(&self, action: &str, log: &Path) -> Result<()> {
        let settings = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
             -c full_page_writes=off -c max_connections=300",
            self.port,
            self.folder.path().display()
        );
        let run = self
            .run("pg_ctl")
            .args([action, "-w", "-s", "-D"])
            .arg(self.data());
        match action {
            "start" => run
                .arg("-o")
                .arg(settings)
                .arg("-l")
                .arg(self.folder.path().join("server.log")),
            _ => run.args(["-m", "immediate"]),
        }
        .logged(log)
    }

    /// PostgreSQL refuses to run as root, so root hands over to Debian's user for it.
    fn run(&self, program: &str) -> Run {
        let program = self.binaries.join(program);
        let run = if rustix::process::geteuid().is_root() {
            Run::new("runuser")
                .args(["-u", "postgres", "--"])
                .arg(program)
        } else {
            Run::new(program)
        };
        run.dir(self.folder.path())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let log = std::env::temp_dir().join("jishi-postgres-stop.log");
        if let Err(error) = self.control("stop", &log) {
            eprintln!("the throw-away PostgreSQL did not stop: {error:#}");
        }
    }
}

/// The folder of the newest installed PostgreSQL server.
pub fn binaries() -> Option<PathBuf> {
    let installed = Path::new("/usr/lib/postgresql");
    let names = fs::read_dir(installed)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    newest_numbered(names, "")
        .map(|version| installed.join(version).join("bin"))
        .or_else(|| which("initdb").and_then(|path| path.parent().map(Path::to_owned)))
        .filter(|folder| folder.join("initdb").exists())
}

fn give_to_postgres(folder: &Path) -> Result<()> {
    if rustix::process::geteuid().is_root() {
        Run::new("chown").arg("postgres:").arg(folder).visibly()?;
    }
    Ok(())
}
