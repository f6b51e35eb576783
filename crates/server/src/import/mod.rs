//! `jishi import FILE`: loads a catalogue, live rooms or short videos, whole or not at all. Importing again brings it up to date.
//!
//! Our own JSON and the exports of other systems (`feed`) are told apart by content. Everything is read and
//! checked before anything is stored, and every bad entry is told. Pictures are written first, under names
//! made of their content, where they hurt nobody if the import fails after all; the rest is one transaction.

mod check;
mod fault;
mod feed;
mod fetch;
mod file;
mod format;
mod media;
pub(crate) mod picture;
mod pictures;
mod poster;
mod problems;
mod progress;
mod read;
mod rooms;
mod scan;
mod sizes;
mod store;
mod videos;
mod words;

use std::path::Path;

use contract::{Currency, Timestamp};
use indicatif::ProgressBar;

use self::feed::{Built, Census, Feed, LeftOut, Opening};
use self::file::CatalogueFile;
use self::media::{Media, MediaByFile};
use self::pictures::Fetched;
use self::rooms::Room;
use self::videos::Video;
use crate::db::Db;

pub use fault::Fault;
pub use format::Format;
pub(crate) use media::hash_of;
pub use poster::{NotTaken, Taken, take_picture};
pub use problems::{Problem, Problems};

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
    /// No picture can be fetched from here.
    #[error("pictures cannot be fetched: {0}")]
    Fetch(String),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] crate::db::Error),
    /// A commission rate or a live room cannot be stored.
    #[error("cannot be stored: {0}")]
    Store(#[from] crate::AppError),
    /// Text that cannot be written as JSON; never seen.
    #[error("json: {0}")]
    Json(#[from] serde_json::Error),
}

/// How to import.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the file is; found by content unless told.
    pub format: Option<Format>,
    /// Check everything, store nothing.
    pub dry_run: bool,
    /// Currency of prices that name none; the shop's own unless told.
    pub currency: Option<Currency>,
    /// How many there are of goods that the file does not count.
    pub stock: u32,
    /// Fetch the pictures that a file names by address.
    pub fetch_pictures: bool,
    /// Make pictures in the widths of phones.
    pub sizes: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            dry_run: false,
            currency: None,
            stock: 100,
            fetch_pictures: false,
            sizes: false,
        }
    }
}

/// What was imported, or would be.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Products.
    pub products: usize,
    /// SKUs.
    pub skus: usize,
    /// Pictures.
    pub pictures: usize,
    /// Live rooms.
    pub rooms: usize,
    /// Short videos.
    pub videos: usize,
    /// Banners that lead to something that this shop does not have yet and were left out.
    pub banners_left_out: usize,
    /// Drafts, archived and hidden products that were left out.
    pub unpublished: usize,
    /// Gift cards, which were left out.
    pub gift_cards: usize,
    /// Products without a picture.
    pub without_picture: usize,
    /// Pictures that could not be fetched.
    pub pictures_failed: usize,
    /// Why the first of them could not.
    pub pictures_told: Vec<String>,
    /// SKUs whose stock the file does not say and was assumed.
    pub stock_assumed: usize,
    /// SKUs that several products had and that were replaced by others.
    pub skus_replaced: usize,
    /// The currency of prices that named none.
    pub currency_assumed: Option<Currency>,
}

/// A catalogue that was read and found fine.
enum Checked {
    Ours(Box<CatalogueFile>, MediaByFile),
    Rooms(Vec<Room>, MediaByFile),
    Videos(Vec<Video>, MediaByFile),
    Theirs(Box<Feed>, Box<Census>),
}

/// Imports the catalogue in `path`. `bar` tells how far it is.
pub async fn import(
    db: &Db,
    media_dir: &Path,
    path: &Path,
    now: Timestamp,
    options: &Options,
    bar: &ProgressBar,
) -> Result<Imported, ImportError> {
    let currency = store::currency(db).await?.unwrap_or(Currency::CNY);
    let (mut imported, checked) = check_file(path, currency, now, options, bar)?;
    if options.dry_run {
        return Ok(imported);
    }
    match checked {
        Checked::Ours(file, mut media) => {
            put_pictures(&mut media, media_dir, options, bar)?;
            progress::things(bar, "storing", file.products.len());
            let mut tx = db.begin().await?;
            let banners = store::store(&mut tx, db.kind(), &file, &media, now, bar).await?;
            tx.commit().await?;
            imported.banners_left_out = banners;
        }
        Checked::Rooms(rooms, mut media) => {
            put_pictures(&mut media, media_dir, options, bar)?;
            let mut tx = db.begin().await?;
            store::store_rooms(&mut tx, &rooms, &media, now).await?;
            tx.commit().await?;
        }
        Checked::Videos(videos, mut media) => {
            put_pictures(&mut media, media_dir, options, bar)?;
            videos::write(&videos, media_dir).map_err(|source| ImportError::Media {
                path: media_dir.display().to_string(),
                source,
            })?;
            let mut tx = db.begin().await?;
            store::store_videos(&mut tx, &videos, &media, now).await?;
            tx.commit().await?;
        }
        Checked::Theirs(mut feed, census) => {
            let mut fetched = Fetched {
                media: store::fetched(db).await?,
                new: Vec::new(),
            };
            if options.fetch_pictures {
                let (to, told) = (&mut fetched, &mut imported);
                pictures::fetch(&mut feed, to, media_dir, options, told, bar).await?;
            }
            progress::things(bar, "storing", feed.len());
            let mut tx = db.begin().await?;
            let (feed, census) = (&mut feed, &census);
            let shown = store::store_feed(&mut tx, db.kind(), feed, census, &fetched, now, bar);
            let shown = shown.await?;
            tx.commit().await?;
            imported.pictures = shown.pictures;
            imported.without_picture -= shown.products.min(imported.without_picture);
        }
    }
    Ok(imported)
}

/// Writes the pictures of a file, and makes them in the widths of phones.
fn put_pictures(
    media: &mut MediaByFile,
    media_dir: &Path,
    options: &Options,
    bar: &ProgressBar,
) -> Result<(), ImportError> {
    media::write(media, media_dir).map_err(|source| ImportError::Media {
        path: media_dir.display().to_string(),
        source,
    })?;
    if options.sizes {
        progress::things(bar, "pictures", media.len());
        let mut all: Vec<&mut Media> = media.values_mut().collect();
        sizes::make(&mut all, media_dir, bar);
    }
    Ok(())
}

/// Reads and checks a catalogue without a database; tells what an import of it would store.
pub fn check_only(path: &Path, now: Timestamp, options: &Options) -> Result<Imported, ImportError> {
    let bar = ProgressBar::hidden();
    check_file(path, Currency::CNY, now, options, &bar).map(|(imported, _)| imported)
}

fn check_file(
    path: &Path,
    currency: Currency,
    now: Timestamp,
    options: &Options,
    bar: &ProgressBar,
) -> Result<(Imported, Checked), ImportError> {
    let size = scan::scan(path)?;
    let format = match options.format {
        Some(format) => Some(format),
        None => Format::of(path)?,
    };
    match format {
        Some(Format::Json) => check_ours(path),
        Some(format) => {
            let opening = Opening {
                path,
                size,
                format,
                options,
                currency,
                now,
            };
            check_theirs(&opening, bar)
        }
        None => {
            let problems = Problems::one(None, None, Fault::UnknownFormat);
            Err(ImportError::Wrong(problems))
        }
    }
}

fn check_ours(path: &Path) -> Result<(Imported, Checked), ImportError> {
    let text = std::fs::read_to_string(path).map_err(|source| cannot_read(path, source))?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if rooms::are_in(&text) {
        let (rooms, media) = rooms::read(&text, folder).map_err(ImportError::Wrong)?;
        let imported = Imported {
            rooms: rooms.len(),
            pictures: media.len(),
            ..Imported::default()
        };
        return Ok((imported, Checked::Rooms(rooms, media)));
    }
    if videos::are_in(&text) {
        let (videos, media) = videos::read(&text, folder).map_err(ImportError::Wrong)?;
        let imported = Imported {
            videos: videos.len(),
            pictures: media.len(),
            ..Imported::default()
        };
        return Ok((imported, Checked::Videos(videos, media)));
    }
    let file = read::read(&text).map_err(ImportError::Wrong)?;
    let mut problems = check::check(&file);
    let media = media::read(&file, folder, &mut problems);
    if !problems.is_empty() {
        return Err(ImportError::Wrong(problems));
    }
    let imported = Imported {
        products: file.products.len(),
        skus: file.products.iter().map(|product| product.skus.len()).sum(),
        pictures: media.len(),
        ..Imported::default()
    };
    Ok((imported, Checked::Ours(Box::new(file), media)))
}

fn check_theirs(
    opening: &Opening<'_>,
    bar: &ProgressBar,
) -> Result<(Imported, Checked), ImportError> {
    let mut problems = Problems::default();
    let Some(mut feed) = Feed::open(opening, &mut problems, bar)? else {
        return Err(ImportError::Wrong(problems));
    };
    let mut census = Census::default();
    let mut imported = Imported::default();
    progress::things(bar, "checking", feed.len());
    for product in 0..feed.len() {
        match feed.build(product, &mut problems)? {
            Built::Goods(goods) => census.count(Some(&goods)),
            Built::LeftOut(why) => {
                match why {
                    LeftOut::Unpublished => imported.unpublished += 1,
                    LeftOut::GiftCard => imported.gift_cards += 1,
                }
                census.count(None);
            }
            Built::Wrong => census.count(None),
        }
        bar.inc(1);
    }
    if problems.is_empty() && census.products() == 0 {
        problems.put(None, None, Fault::Nothing);
    }
    if !problems.is_empty() {
        return Err(ImportError::Wrong(problems));
    }
    imported.products = census.products();
    imported.skus = census.skus;
    imported.without_picture = census.products();
    imported.stock_assumed = census.assumed;
    imported.skus_replaced = feed.shared_skus();
    let told = feed.names_currency() || opening.options.currency.is_some();
    imported.currency_assumed = (!told).then(|| feed.currency());
    Ok((imported, Checked::Theirs(Box::new(feed), Box::new(census))))
}

fn cannot_read(path: &Path, source: std::io::Error) -> ImportError {
    ImportError::File {
        path: path.display().to_string(),
        source,
    }
}
