//! Where things are: the repository's root and the folders the tools write to.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checked-out repository this program was built from.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Finds the repository around this crate.
    ///
    /// # Errors
    /// When the folder the program was compiled in is gone.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask has no parent folder")?
            .canonicalize()
            .context("the folder xtask was built in is gone; run it by `cargo xtask`")?;
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    /// The repository's root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the repository.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// The host builds' target folder.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The WebAssembly builds' own target folder, so that host and browser builds neither
    /// invalidate each other's work nor wait for each other's lock.
    pub fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// What the tools remember between two runs.
    pub fn state(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The log of one step or stage.
    pub fn log(&self, name: &str) -> PathBuf {
        self.state().join("logs").join(format!("{name}.log"))
    }

    /// The finished shopper app.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }
}
