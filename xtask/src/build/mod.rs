//! `cargo xtask build`: the shopper's app into `dist/`, the studio into `dist/studio/`, the server and the sandbox
//! gateway.
//! A part whose inputs have not changed is skipped.

pub mod assets;
pub mod compress;
mod css;
mod fold;
mod icons;
mod loader;
mod module;
mod names;
mod order;
mod sections;
pub mod split;
mod stamp;
mod worker;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::console::{say, step};
use crate::process::Run;
use crate::project::Project;
use crate::toolchain::{Toolchain, WASM_TARGET};
use stamp::Stamp;

/// Everything whose change makes the app another app.
const APP_INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "boot.js",
    "build.rs",
    "crates/contract",
    "index.html",
    "locales",
    "public",
    "src",
    "style",
    "xtask/src/build",
];

/// Besides the shopper's app, on which it is built, what makes the studio another one.
const STUDIO_INPUTS: &[&str] = &["crates/studio"];

/// A page that is WebAssembly.
struct Page {
    /// Its package and program.
    name: &'static str,
    /// What is said of it.
    what: &'static str,
    /// Where its Trunk.toml is.
    folder: PathBuf,
    /// Where it goes.
    dist: PathBuf,
}

/// Bundling what is compiled takes a minute or two; what takes this long hangs.
const TRUNK_LIMIT: Duration = Duration::from_secs(20 * 60);

/// How much work goes into the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// As it is shipped: small and fast.
    Release,
    /// As soon as possible: no optimisation, no compressed copies.
    Dev,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "dev",
        }
    }

    /// The folder under `target/` in which cargo leaves the server.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "debug",
        }
    }
}

/// Builds everything a started shop needs.
///
/// # Errors
/// When a part does not build; its log is shown.
pub fn run(project: &Project, toolchain: &Toolchain, profile: Profile) -> Result<()> {
    app(project, toolchain, profile)?;
    studio(project, toolchain, profile)?;
    programs(project, profile)
}

/// Builds the shopper's app into `dist/`.
///
/// # Errors
/// When Trunk fails.
pub fn app(project: &Project, toolchain: &Toolchain, profile: Profile) -> Result<()> {
    let page = Page {
        name: "storefront",
        what: "The app",
        folder: project.root().to_owned(),
        dist: project.dist(),
    };
    page.build(project, toolchain, profile, APP_INPUTS)
}

/// Builds the studio into `dist/studio/`, which a new build of the app takes away.
///
/// # Errors
/// When Trunk fails.
pub fn studio(project: &Project, toolchain: &Toolchain, profile: Profile) -> Result<()> {
    let page = Page {
        name: "studio",
        what: "The studio",
        folder: project.path("crates/studio"),
        dist: project.dist().join("studio"),
    };
    let inputs = [APP_INPUTS, STUDIO_INPUTS].concat();
    page.build(project, toolchain, profile, &inputs)
}

impl Page {
    fn build(
        &self,
        project: &Project,
        toolchain: &Toolchain,
        profile: Profile,
        inputs: &[&str],
    ) -> Result<()> {
        assets::write(project)?;
        let what = format!("{} ({})", self.what, profile.name());
        let stamp = Stamp::of(project, inputs, &format!("{profile:?} {toolchain:?}"))?;
        let file = project.state().join(format!("{}.stamp", self.name));
        if stamp.is_at(&file) && self.dist.join("index.html").is_file() {
            say(format!("✓ {what}: nothing has changed"));
            return Ok(());
        }
        step(&what, "Rust to WebAssembly, then bundled", || {
            self.compile(project, toolchain, profile)?;
            self.bundle(project, toolchain, profile)?;
            if profile == Profile::Release {
                sections::strip(&self.dist)?;
                compress::precompress(&self.dist)?;
            }
            Ok(())
        })?;
        stamp.write(&file)
    }

    /// Compiles it where the person sees how far it is, and what does not compile; Trunk then finds it done.
    fn compile(&self, project: &Project, toolchain: &Toolchain, profile: Profile) -> Result<()> {
        fetch_libraries(project)?;
        toolchain
            .run("cargo")
            .args(["build", "--target", WASM_TARGET, "--bin", self.name])
            .args((profile == Profile::Release).then_some("--profile=wasm-release"))
            .dir(&self.folder)
            .visibly()
    }

    fn bundle(&self, project: &Project, toolchain: &Toolchain, profile: Profile) -> Result<()> {
        let this_program = std::env::current_exe().context("this program's own path is unknown")?;
        toolchain
            .run("trunk")
            // Offline, or Trunk would fetch the tools it would rather have.
            .args([
                "build",
                "--offline",
                "--skip-version-check",
                "--color=never",
            ])
            .args((profile == Profile::Release).then_some("--release"))
            .env("JISHI_XTASK", this_program)
            // Trunk reads NO_COLOR as a flag and refuses the common value `1`.
            .without_env("NO_COLOR")
            .without_env("RUST_BACKTRACE")
            .dir(&self.folder)
            .within(TRUNK_LIMIT)
            .logged(&project.log(&format!("trunk-{}", self.name)))
    }
}

/// Fetches all libraries, for all targets: Trunk asks cargo about them offline.
fn fetch_libraries(project: &Project) -> Result<()> {
    let stamp = Stamp::of(project, &["Cargo.lock", "Cargo.toml"], "fetch")?;
    let file = project.state().join("fetched.stamp");
    if stamp.is_at(&file) {
        return Ok(());
    }
    Run::new("cargo")
        .arg("fetch")
        .dir(project.root())
        .visibly()
        .context("the libraries could not be fetched")?;
    stamp.write(&file)
}

/// Builds the server and the sandbox gateway; cargo itself knows what has changed.
///
/// # Errors
/// When one does not compile.
pub fn programs(project: &Project, profile: Profile) -> Result<()> {
    let what = format!("Server and sandbox gateway ({})", profile.name());
    step(&what, "the shop's own programs", || {
        Run::new("cargo")
            .args(["build", "-p", "server"])
            .args(["-p", "sandbox-gateway", "-p", "sandbox-clock"])
            .args((profile == Profile::Release).then_some("--release"))
            .dir(project.root())
            .visibly()
    })
}
