//! A running shop: the sandbox gateway and the server as children of this program, the demo
//! catalogue in their database.

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use wait_timeout::ChildExt;

use crate::build::Profile;
use crate::console::step;
use crate::ports::free_port;
use crate::process::{Run, tail};
use crate::project::Project;

/// How long a program may take to answer after its start.
const START_LIMIT: Duration = Duration::from_secs(30);
/// How long a program may take to finish what it is doing.
const STOP_LIMIT: Duration = Duration::from_secs(15);
/// The demo shop's goods.
pub const CATALOGUE: &str = "demo/catalogue.json";

/// The short videos that belong to a catalogue, beside it.
const SHORTS: &str = "shorts.json";

/// Where a shop listens and keeps its things.
#[derive(Debug, Clone)]
pub struct Place {
    /// The shop's port on 127.0.0.1.
    pub port: u16,
    /// The sandbox gateway's port on 127.0.0.1.
    pub gateway_port: u16,
    /// The database, as the server reads it.
    pub database_url: String,
    /// The folder of pictures and the gateway's ledger.
    pub data: PathBuf,
    /// The folder of both programs' logs.
    pub logs: PathBuf,
    /// The catalogue that the shop sells.
    pub catalogue: PathBuf,
}

impl Place {
    /// A place on free ports that keeps everything but its logs in `data`.
    ///
    /// # Errors
    /// When the system has no free port.
    pub fn to_throw_away(project: &Project, data: &Path) -> Result<Self> {
        Ok(Self {
            port: free_port()?,
            gateway_port: free_port()?,
            database_url: format!("sqlite://{}/jishi.db", data.display()),
            data: data.to_owned(),
            logs: project.state().join("logs"),
            catalogue: project.path(CATALOGUE),
        })
    }

    /// What to open in the browser.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The sandbox gateway's own address.
    pub fn gateway_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.gateway_port)
    }

    /// What a test needs to change this shop's catalogue and to let time pass in it: the programs and where they
    /// write.
    pub fn import_settings(
        &self,
        project: &Project,
        profile: Profile,
    ) -> [(&'static str, OsString); 4] {
        let program = |name| project.target().join(profile.folder()).join(name);
        [
            ("JISHI", program("jishi").into()),
            ("JISHI_SANDBOX_CLOCK", program("jishi-sandbox-clock").into()),
            ("JISHI_DATABASE_URL", self.database_url.clone().into()),
            ("JISHI_MEDIA_DIR", self.data.join("media").into()),
        ]
    }

    /// Runs the shop's own program on its database.
    ///
    /// # Errors
    /// When it fails.
    pub fn jishi(&self, project: &Project, profile: Profile, words: &[&str]) -> Result<()> {
        server(project, self, profile).args(words).visibly()
    }

    fn log(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{name}.log"))
    }
}

/// One program of the shop.
#[derive(Debug)]
struct Program {
    name: &'static str,
    log: PathBuf,
    child: Child,
}

/// Both programs; they are stopped when this is dropped.
#[derive(Debug)]
pub struct Shop {
    programs: Vec<Program>,
}

impl Shop {
    /// Imports the demo catalogue, starts both programs and waits until they answer.
    ///
    /// # Errors
    /// When one does not start; the end of its log is shown.
    pub fn open(
        project: &Project,
        place: &Place,
        profile: Profile,
        settings: &[(&str, &str)],
    ) -> Result<Self> {
        let programs = project.target().join(profile.folder());
        fs::create_dir_all(&place.data)
            .with_context(|| format!("cannot create {}", place.data.display()))?;
        import(project, place, profile)?;
        let mut shop = Self {
            programs: Vec::new(),
        };
        let gateway = Run::new(programs.join("jishi-sandbox-gateway"))
            .env(
                "JISHI_GATEWAY_LISTEN",
                format!("127.0.0.1:{}", place.gateway_port),
            )
            .env(
                "JISHI_GATEWAY_LEDGER",
                place.data.join("sandbox-gateway.jsonl"),
            );
        shop.start(project, place, "gateway", gateway)?;
        let server = server(project, place, profile)
            .arg("serve")
            .envs(settings.iter().copied());
        shop.start(project, place, "server", server)?;
        shop.wait_for("gateway", place.gateway_port, "/control")?;
        shop.wait_for("server", place.port, "/readyz")?;
        Ok(shop)
    }

    fn start(
        &mut self,
        project: &Project,
        place: &Place,
        name: &'static str,
        run: Run,
    ) -> Result<()> {
        let log = place.log(name);
        let child = run.dir(project.root()).spawn_logged(&log)?;
        self.programs.push(Program { name, log, child });
        Ok(())
    }

    /// Waits until `name` answers `path` with 200.
    fn wait_for(&mut self, name: &str, port: u16, path: &str) -> Result<()> {
        let began = Instant::now();
        while !answers(port, path) {
            if let Some(sentence) = self.ended()? {
                bail!(sentence);
            }
            if began.elapsed() > START_LIMIT {
                bail!("the {name} does not answer on port {port}{path} after {START_LIMIT:?}");
            }
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Tells of a program that has ended by itself.
    ///
    /// # Errors
    /// When the system does not say whether one runs.
    pub fn ended(&mut self) -> io::Result<Option<String>> {
        for program in &mut self.programs {
            if let Some(status) = program.child.try_wait()? {
                let log = fs::read_to_string(&program.log).unwrap_or_default();
                return Ok(Some(format!(
                    "the {} ended ({status}):\n{}",
                    program.name,
                    tail(&log)
                )));
            }
        }
        Ok(None)
    }

    /// Asks both programs to finish, the server first, and waits for them.
    pub fn close(self) {
        drop(self);
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        while let Some(mut program) = self.programs.pop() {
            if let Err(error) = stop(&mut program.child) {
                eprintln!("the {} did not stop: {error}", program.name);
            }
        }
    }
}

/// A polite word first, then the end.
fn stop(child: &mut Child) -> io::Result<()> {
    if child.try_wait()?.is_some() {
        return Ok(());
    }
    let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(id) = id {
        kill_process(id, Signal::TERM)?;
    }
    if child.wait_timeout(STOP_LIMIT)?.is_none() {
        child.kill()?;
        child.wait()?;
    }
    Ok(())
}

/// The server's program with its settings, without the word that says what to do.
fn server(project: &Project, place: &Place, profile: Profile) -> Run {
    Run::new(project.target().join(profile.folder()).join("jishi"))
        .env("JISHI_LISTEN", format!("127.0.0.1:{}", place.port))
        .env("JISHI_DATABASE_URL", &place.database_url)
        .env("JISHI_ASSETS_DIR", project.dist())
        .env("JISHI_MEDIA_DIR", place.data.join("media"))
        .env("JISHI_UPLOADS_DIR", place.data.join("uploads"))
        .env("JISHI_GATEWAY_URL", place.gateway_url())
        .dir(project.root())
}

/// Brings the catalogue and the short videos beside it into the database, unless just these are there.
fn import(project: &Project, place: &Place, profile: Profile) -> Result<()> {
    let catalogue = &place.catalogue;
    let text = fs::read_to_string(catalogue)
        .with_context(|| format!("cannot read {}", catalogue.display()))?;
    let shorts = catalogue.with_file_name(SHORTS);
    let has_shorts = shorts.is_file();
    let text = match has_shorts {
        true => text + &fs::read_to_string(&shorts)?,
        false => text,
    };
    let remembered = place.data.join("imported-catalogue.json");
    if fs::read_to_string(&remembered).is_ok_and(|imported| imported == text) {
        return Ok(());
    }
    step("The demo shop", "its goods go into the database", || {
        server(project, place, profile)
            .arg("import")
            .arg(catalogue)
            .visibly()
    })?;
    if has_shorts {
        step("Its short videos", "their films and posters too", || {
            server(project, place, profile)
                .arg("import")
                .arg(&shorts)
                .visibly()
        })?;
    }
    fs::write(&remembered, text).with_context(|| format!("cannot write {}", remembered.display()))
}

/// Whether a GET of `path` is answered with 200.
fn answers(port: u16, path: &str) -> bool {
    let ask = || -> io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.take(256).read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.split(' ').nth(1) == Some("200"))
}
