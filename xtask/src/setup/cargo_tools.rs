//! Tools that come from the crates registry: Trunk and wasm-bindgen's programs.

use std::fs;

use anyhow::{Context, Result};

use crate::console::step;
use crate::process::Run;
use crate::project::Project;
use crate::toolchain::{tool_path, tools_dir};

/// The Trunk release the project builds with.
const TRUNK_VERSION: &str = "0.21.14";

struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    why: &'static str,
    /// Whether the package's own lock file can be used.
    locked: bool,
}

/// Installs each tool whose right version is not on `PATH`.
///
/// # Errors
/// When one does not compile or the registry is out of reach.
pub fn install_missing(project: &Project) -> Result<()> {
    let tools = [
        Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: locked_version(project, "wasm-bindgen")?,
            why: "joins WebAssembly and JavaScript; must be of the library's very version",
            // Its lock file names a release that was withdrawn.
            locked: false,
        },
        Tool {
            package: "trunk",
            program: "trunk",
            version: TRUNK_VERSION.to_owned(),
            why: "bundles the app",
            locked: true,
        },
    ];
    for tool in &tools {
        if !is_there(project, tool)? {
            install(tool)?;
        }
    }
    Ok(())
}

fn is_there(project: &Project, tool: &Tool) -> Result<bool> {
    let found = Run::new(tool.program)
        .arg("--version")
        .env("PATH", tool_path(project)?)
        .read();
    Ok(found.is_ok_and(|text| text.split_whitespace().nth(1) == Some(tool.version.as_str())))
}

fn install(tool: &Tool) -> Result<()> {
    let title = format!("{} {}", tool.package, tool.version);
    let why = format!("{}; compiled once, some minutes", tool.why);
    step(&title, &why, || {
        Run::new("cargo")
            .args([
                "install",
                tool.package,
                "--version",
                &tool.version,
                "--force",
            ])
            .args(tool.locked.then_some("--locked"))
            .arg("--root")
            .arg(tools_dir()?)
            // A tool that runs for seconds a build need not be compiled for speed.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .without_env("CARGO_TARGET_DIR")
            .visibly()
    })
    .with_context(|| format!("{title} could not be installed"))
}

/// The version of `package` in the workspace's lock file.
fn locked_version(project: &Project, package: &str) -> Result<String> {
    let path = project.path("Cargo.lock");
    let text = fs::read_to_string(&path).with_context(|| format!("no {}", path.display()))?;
    version_in_lock(&text, package)
        .with_context(|| format!("{} names no {package}", path.display()))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let lock: toml::Table = lock.parse().ok()?;
    lock.get("package")?
        .as_array()?
        .iter()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))?
        .get("version")?
        .as_str()
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_the_lock_file() {
        let lock = "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n\
                    [[package]]\nname = \"b\"\nversion = \"0.1.0\"\n";
        assert_eq!(version_in_lock(lock, "b").as_deref(), Some("0.1.0"));
        assert_eq!(version_in_lock(lock, "c"), None);
    }
}
