//! The pictures of a feed: those that were fetched before, and, when asked for, those that were not.

use std::collections::BTreeSet;
use std::path::Path;

use indicatif::ProgressBar;

use super::feed::{Built, Feed};
use super::fetch::Fetcher;
use super::media::{Media, MediaByFile};
use super::problems::Problems;
use super::{ImportError, Imported, Options, progress, sizes};

/// A product shows no more pictures than these.
const MOST_OF_A_PRODUCT: usize = 8;
/// Addresses that are fetched before the next products are read.
const BATCH: usize = 64;
/// Failures that are told.
const MOST_TOLD: usize = 10;

/// Pictures by the address that a feed names them with.
#[derive(Default)]
pub(super) struct Fetched {
    /// All that are here.
    pub media: MediaByFile,
    /// Addresses of those that the database does not know yet.
    pub new: Vec<String>,
}

/// Fetches what the feed names and is not here yet, in smaller widths too.
pub(super) async fn fetch(
    feed: &mut Feed,
    fetched: &mut Fetched,
    media_dir: &Path,
    options: &Options,
    imported: &mut Imported,
    bar: &ProgressBar,
) -> Result<(), ImportError> {
    let fetcher =
        Fetcher::new(media_dir).map_err(|reason| ImportError::Fetch(reason.to_string()))?;
    progress::things(bar, "pictures", feed.len());
    bar.set_length(0);
    let mut wanted: Vec<String> = Vec::new();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for product in 0..feed.len() {
        // Everything was checked before: a product that is wrong now is told when it is stored.
        let built = feed.build(product, &mut Problems::default())?;
        if let Built::Goods(goods) = built {
            let product = &goods.product;
            let own = product.skus.iter().filter_map(|sku| sku.image.as_ref());
            let shown = product.images.iter().take(MOST_OF_A_PRODUCT);
            for address in shown.chain(own) {
                if !fetched.media.contains_key(address) && asked.insert(address.clone()) {
                    wanted.push(address.clone());
                }
            }
        }
        if wanted.len() >= BATCH || product + 1 == feed.len() {
            bar.inc_length(wanted.len() as u64);
            let batch = fetcher.all(std::mem::take(&mut wanted), bar).await;
            let mut pictures: Vec<(String, Media)> = Vec::new();
            for (address, result) in batch {
                match result {
                    Ok(media) => pictures.push((address, media)),
                    Err(reason) => {
                        imported.pictures_failed += 1;
                        if imported.pictures_told.len() < MOST_TOLD {
                            imported.pictures_told.push(format!("{address} {reason}"));
                        }
                    }
                }
            }
            if options.sizes {
                let mut media: Vec<&mut Media> = pictures.iter_mut().map(|(_, m)| m).collect();
                sizes::make(&mut media, media_dir, &ProgressBar::hidden());
            }
            for (address, media) in pictures {
                fetched.new.push(address.clone());
                fetched.media.insert(address, media);
            }
        }
    }
    Ok(())
}
