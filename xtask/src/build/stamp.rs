//! Whether something must be built again: a number over its inputs' names and bytes.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use crate::project::Project;

/// Stands for one state of the inputs. It is compared only with stamps of the same program
/// on the same machine, so the standard hasher does.
#[derive(Debug, PartialEq, Eq)]
pub struct Stamp(String);

impl Stamp {
    /// Reads every file under `inputs` (those that exist); `how` names the way of building.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn of(project: &Project, inputs: &[&str], how: &str) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        how.hash(&mut hasher);
        for input in inputs {
            let path = project.path(input);
            if path.exists() {
                hash_tree(&path, &mut hasher)?;
            }
        }
        Ok(Self(format!("{:016x}", hasher.finish())))
    }

    /// Whether `file` holds this stamp.
    pub fn is_at(&self, file: &Path) -> bool {
        fs::read_to_string(file).is_ok_and(|text| text == self.0)
    }

    /// Remembers this stamp in `file`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, &self.0).with_context(|| format!("cannot write {}", file.display()))
    }
}

fn hash_tree(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            entry.path().hash(hasher);
            fs::read(entry.path())
                .with_context(|| format!("cannot read {}", entry.path().display()))?
                .hash(hasher);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp_of(folder: &Path) -> u64 {
        let mut hasher = DefaultHasher::new();
        hash_tree(folder, &mut hasher).unwrap();
        hasher.finish()
    }

    #[test]
    fn a_changed_byte_and_a_new_file_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "1").unwrap();
        let first = stamp_of(folder.path());
        assert_eq!(stamp_of(folder.path()), first);
        fs::write(folder.path().join("a"), "2").unwrap();
        let second = stamp_of(folder.path());
        assert_ne!(second, first);
        fs::write(folder.path().join("b"), "").unwrap();
        assert_ne!(stamp_of(folder.path()), second);
    }
}
