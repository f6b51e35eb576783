//! `jishi import FILE`: loads a catalogue, whole or not at all. Importing again brings it up to date.
//!
//! Everything is read and checked before anything is stored, and every bad entry is told. Pictures are
//! written first, under names made of their content, where they hurt nobody if the import fails after all;
//! the rest is one transaction.

mod check;
mod file;
mod media;
mod problems;
mod read;
mod store;
mod words;

use std::path::Path;

use contract::Timestamp;
use indicatif::ProgressBar;

use crate::db::Db;

pub use problems::Problems;

/// Why a catalogue was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Entries of the file are wrong.
    #[error("nothing was imported, because entries of the file are wrong:\n{0}")]
    Wrong(Problems),
    /// A picture cannot be stored.
    #[error("cannot store pictures in {path}: {source}")]
    Media {
        /// Where to.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] crate::db::Error),
    /// A commission rate cannot be set.
    #[error("commission: {0}")]
    Commission(#[from] crate::AppError),
    /// Text that cannot be written as JSON; never seen.
    #[error("json: {0}")]
    Json(#[from] serde_json::Error),
}

/// What was imported.
#[derive(Debug, PartialEq, Eq)]
pub struct Imported {
    /// Products.
    pub products: usize,
    /// SKUs.
    pub skus: usize,
    /// Pictures.
    pub pictures: usize,
    /// Banners that lead to something that this shop does not have yet and were left out.
    pub banners_left_out: usize,
}

/// Imports the catalogue in `path`. `progress` counts products.
pub async fn import(
    db: &Db,
    media_dir: &Path,
    path: &Path,
    now: Timestamp,
    progress: &ProgressBar,
) -> Result<Imported, ImportError> {
    let text = std::fs::read_to_string(path).map_err(|source| ImportError::File {
        path: path.display().to_string(),
        source,
    })?;
    let file = read::read(&text).map_err(ImportError::Wrong)?;
    let mut problems = check::check(&file);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let media = media::read(&file, folder.unwrap_or(Path::new(".")), &mut problems);
    if !problems.is_empty() {
        return Err(ImportError::Wrong(problems));
    }
    media::write(&media, media_dir).map_err(|source| ImportError::Media {
        path: media_dir.display().to_string(),
        source,
    })?;
    progress.set_length(file.products.len() as u64);
    let mut tx = db.begin().await?;
    let banners_left_out = store::store(&mut tx, db.kind(), &file, &media, now, progress).await?;
    tx.commit().await?;
    Ok(Imported {
        products: file.products.len(),
        skus: file.products.iter().map(|product| product.skus.len()).sum(),
        pictures: media.len(),
        banners_left_out,
    })
}
