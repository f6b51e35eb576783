//! Debian's Rust has no standard library for wasm32, but it has its source: this builds it,
//! once, and puts it where that Rust looks.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::apt;
use crate::console::step;
use crate::process::Run;
use crate::project::Project;
use crate::toolchain::{WASM_TARGET, newest_wasm_ld};

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const INSTALLED: &str = "/usr/lib/rustlib/wasm32-unknown-unknown";
/// Names the compiler the library was built by: another version must not load it (E0463).
const STAMP: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/built-by";
const CRATE_NAME: &str = "empty_library";

/// Whether the installed library was built by the compiler that is there now.
pub fn is_fresh() -> bool {
    let version = Run::new(RUSTC).arg("-V").read();
    let stamp = fs::read_to_string(STAMP);
    matches!((version, stamp), (Ok(version), Ok(stamp)) if version == stamp.trim())
}

/// Builds the standard library from an empty crate and installs it into Debian's Rust.
///
/// # Errors
/// When it does not compile (its few dependencies come from the crates registry) or its folder
/// cannot be written.
pub fn build(project: &Project) -> Result<()> {
    if is_fresh() {
        return Ok(());
    }
    let linker = newest_wasm_ld().context("no wasm-ld on this machine")?;
    let folder = project.state().join("std-for-wasm32");
    write_empty_crate(&folder)?;
    step(
        "Rust's standard library for wasm32",
        "this machine's Rust comes without; about two minutes, once",
        || {
            Run::new(CARGO)
                .args(["build", "--release", "--target", WASM_TARGET])
                .args(["-Z", "build-std=std,panic_abort"])
                .dir(&folder)
                // Without the bitcode a later build with fat LTO finds no `.llvmbc` section.
                .env("RUSTFLAGS", "-Cembed-bitcode=yes")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("RUSTC", RUSTC)
                .env("CARGO_TARGET_DIR", folder.join("target"))
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &linker)
                .without_env("RUSTUP_TOOLCHAIN")
                .visibly()?;
            install(&folder)
        },
    )?;
    fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))
}

fn write_empty_crate(folder: &Path) -> Result<()> {
    let source = folder.join("src");
    fs::create_dir_all(&source).with_context(|| format!("cannot create {}", source.display()))?;
    fs::write(source.join("lib.rs"), "#![no_std]\n")?;
    let manifest = format!(
        "[package]\nname = \"{CRATE_NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n"
    );
    Ok(fs::write(folder.join("Cargo.toml"), manifest)?)
}

fn install(folder: &Path) -> Result<()> {
    let built = folder.join("target").join(WASM_TARGET).join("release/deps");
    let own = format!("lib{CRATE_NAME}-");
    let libraries: Vec<_> = fs::read_dir(&built)?
        .flatten()
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.ends_with(".rlib") && !name.starts_with(&own)
        })
        .map(|entry| entry.path())
        .collect();
    let target = Path::new(INSTALLED).join("lib");
    root("rm")?.args(["-rf", INSTALLED]).visibly()?;
    root("install")?
        .args(["-m", "644", "-D", "-t"])
        .arg(&target)
        .args(&libraries)
        .visibly()?;
    let stamp = folder.join("built-by");
    fs::write(&stamp, Run::new(RUSTC).arg("-V").read()?)?;
    root("install")?
        .args(["-m", "644"])
        .arg(&stamp)
        .arg(STAMP)
        .visibly()
}

fn root(program: &str) -> Result<Run> {
    apt::as_root(program).context("only root may write into Debian's Rust; run this once as root")
}
