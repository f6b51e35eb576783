//! Old sessions go: those past their time, then the oldest until the rest fits.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Retention;

/// One session's folder.
struct Folder {
    path: PathBuf,
    bytes: u64,
    newest: SystemTime,
}

/// Removes what is kept no longer; `live` are names of sessions that are not touched.
pub fn sweep(root: &Path, retention: &Retention, live: &HashSet<String>) -> std::io::Result<()> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let is_live = entry
            .file_name()
            .to_str()
            .is_none_or(|name| live.contains(name));
        if entry.file_type()?.is_dir() && !is_live {
            folders.push(measure(entry.path())?);
        }
    }
    folders.sort_by_key(|folder| std::cmp::Reverse(folder.newest));
    let now = SystemTime::now();
    let mut total = 0_u64;
    for folder in folders {
        total = total.saturating_add(folder.bytes);
        let age = now.duration_since(folder.newest).unwrap_or_default();
        if age > retention.keep || total > retention.total_bytes {
            tracing::info!(folder = %folder.path.display(), bytes = folder.bytes, "a replay is past its time");
            fs::remove_dir_all(&folder.path)?;
            total = total.saturating_sub(folder.bytes);
        }
    }
    Ok(())
}

fn measure(path: PathBuf) -> std::io::Result<Folder> {
    let (mut bytes, mut newest) = (0_u64, SystemTime::UNIX_EPOCH);
    for entry in fs::read_dir(&path)? {
        let meta = entry?.metadata()?;
        bytes = bytes.saturating_add(meta.len());
        newest = newest.max(meta.modified()?);
    }
    Ok(Folder {
        path,
        bytes,
        newest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn session(root: &Path, name: &str, bytes: usize, age: Duration) {
        let folder = root.join(name);
        fs::create_dir(&folder).unwrap();
        let file = fs::File::create(folder.join("seg-0.m4s")).unwrap();
        file.set_len(bytes as u64).unwrap();
        file.set_modified(SystemTime::now() - age).unwrap();
    }

    fn left(root: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(root)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_past_its_time_goes_and_then_the_oldest_until_the_rest_fits() {
        let root = tempfile::tempdir().unwrap();
        let day = Duration::from_secs(24 * 60 * 60);
        session(root.path(), "ancient", 10, 40 * day);
        session(root.path(), "ancient-live", 10, 40 * day);
        session(root.path(), "old", 600, 3 * day);
        session(root.path(), "new", 600, day);
        let retention = Retention {
            keep: 30 * day,
            total_bytes: 1000,
            ..Retention::default()
        };
        let live = HashSet::from(["ancient-live".to_owned()]);
        sweep(root.path(), &retention, &live).unwrap();
        assert_eq!(left(root.path()), ["ancient-live", "new"]);
    }
}
