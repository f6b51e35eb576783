//! The environment in which browser builds run: which Rust compiles for wasm32, and a `PATH`
//! with the right Trunk, wasm-bindgen and wasm-opt in front.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process::{Run, which};
use crate::project::Project;

/// The target of the shopper's app.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The name under which rustup knows Debian's Rust.
pub const DEBIAN_TOOLCHAIN: &str = "debian";

/// Set to `debian` to use Debian's Rust even where rustup's own wasm32 target is there.
pub const FORCE_VARIABLE: &str = "JISHI_WASM_TOOLCHAIN";

/// The Rust that compiles for the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WasmRust {
    /// The rustup toolchain in use, with its wasm32 target added.
    Rustup,
    /// Debian's `rustc-web` with a standard library built here, linked into rustup;
    /// `linker` is its WebAssembly linker, for example `wasm-ld-22`.
    Debian {
        /// The program that links, by name.
        linker: String,
    },
}

impl WasmRust {
    /// Finds a Rust that can compile for the browser now, without installing anything.
    pub fn find() -> Option<Self> {
        if !debian_is_forced() && has_std(Path::new("rustc")) {
            return Some(Self::Rustup);
        }
        let linker = newest_wasm_ld()?;
        (has_std(Path::new("/usr/bin/rustc")) && rustup_knows_debian())
            .then_some(Self::Debian { linker })
    }
}

/// Everything a browser build needs in its environment.
#[derive(Debug, Clone)]
pub struct Toolchain {
    path: OsString,
    rust: WasmRust,
    target: PathBuf,
}

impl Toolchain {
    /// Describes the tools as they are installed.
    ///
    /// # Errors
    /// When no Rust can compile for the browser; `cargo xtask setup` installs one.
    pub fn find(project: &Project) -> Result<Self> {
        let rust = WasmRust::find()
            .context("no Rust here compiles for the browser yet: run `cargo xtask setup`")?;
        Ok(Self {
            path: tool_path(project)?,
            rust,
            target: project.wasm_target(),
        })
    }

    /// A program of the browser build, with the environment it needs.
    pub fn run(&self, program: &str) -> Run {
        let run = Run::new(program)
            .env("PATH", &self.path)
            .env("CARGO_TARGET_DIR", &self.target);
        match &self.rust {
            WasmRust::Rustup => run,
            // What rustup told this program about its own Rust must not leak into the other.
            WasmRust::Debian { linker } => run
                .env("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .without_env("RUSTC")
                .without_env("CARGO"),
        }
    }
}

/// The folder that keeps the tools this project installed: outside the repository, so that
/// a second clone does not compile them again, and not in `~/.cargo/bin`, so that another
/// version somebody uses there stays.
///
/// # Errors
/// When neither `XDG_CACHE_HOME` nor `HOME` is set.
pub fn tools_dir() -> Result<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .context("neither HOME nor XDG_CACHE_HOME is set, so there is no place for tools")?;
    Ok(cache.join("jishi").join("tools"))
}

/// `PATH` with the project's tools first.
///
/// # Errors
/// When a folder's name cannot stand in `PATH`.
pub fn tool_path(project: &Project) -> Result<OsString> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let dirs = [
        tools_dir()?.join("bin"),
        project.path("end2end/node_modules/.bin"),
    ];
    std::env::join_paths(dirs.into_iter().chain(std::env::split_paths(&inherited)))
        .context("a folder's name has a colon in it and cannot stand in PATH")
}

/// Whether the person asked for Debian's Rust.
pub fn debian_is_forced() -> bool {
    std::env::var_os(FORCE_VARIABLE).is_some_and(|value| value == DEBIAN_TOOLCHAIN)
}

/// The newest WebAssembly linker on `PATH`, `wasm-ld-22` for example.
pub fn newest_wasm_ld() -> Option<String> {
    let names = fs::read_dir("/usr/bin")
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    newest_numbered(names, "wasm-ld-").or_else(|| which("wasm-ld").map(|_| "wasm-ld".to_owned()))
}

/// Of names like `lld-14` and `lld-22`, the one with the highest number after `prefix`.
pub fn newest_numbered(names: impl Iterator<Item = String>, prefix: &str) -> Option<String> {
    names
        .filter_map(|name| Some((name.strip_prefix(prefix)?.parse::<u32>().ok()?, name)))
        .max()
        .map(|(_, name)| name)
}

fn has_std(rustc: &Path) -> bool {
    let libraries = Run::new(rustc)
        .args(["--print", "target-libdir", "--target", WASM_TARGET])
        .read();
    let Ok(entries) = libraries.and_then(|dir| Ok(fs::read_dir(dir)?)) else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

fn rustup_knows_debian() -> bool {
    Run::new("rustup")
        .args(["toolchain", "list"])
        .read()
        .is_ok_and(|list| list.lines().any(|line| line.starts_with(DEBIAN_TOOLCHAIN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_is_the_highest_number_not_the_last_word() {
        let names = ["lld-9", "lld-22", "lld-14", "lld", "lld-x"].map(str::to_owned);
        let newest = newest_numbered(names.into_iter(), "lld-");
        assert_eq!(newest.as_deref(), Some("lld-22"));
    }
}
