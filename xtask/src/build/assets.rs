//! What must exist before Trunk reads the folder: the icon sprite and the style sheet.
//! Trunk calls this as its `pre_build` hook too, so that `trunk serve` sees them fresh.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{css, icons};
use crate::project::Project;

/// Writes the generated files.
///
/// # Errors
/// When a source cannot be read or a generated file not be written.
pub fn write(project: &Project) -> Result<()> {
    write_if_changed(&project.path("public/icons.svg"), &icons::sprite(project)?)?;
    let sheets = css::bundle(project)?;
    write_if_changed(&project.path("style/app.css"), &sheets.first)?;
    write_if_changed(&project.path("style/rest.css"), &sheets.rest)?;
    write_if_changed(&project.path("crates/studio/studio.css"), &sheets.studio)
}

/// Leaves an equal file alone, or a watcher would build for ever.
fn write_if_changed(path: &Path, content: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_file_keeps_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b.css");
        write_if_changed(&file, "x").unwrap();
        let first = fs::metadata(&file).unwrap().modified().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        write_if_changed(&file, "x").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), first);
        write_if_changed(&file, "y").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "y");
    }
}
