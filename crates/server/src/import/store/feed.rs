//! SQL of importing a catalogue of another system: its categories, brands and labels as they were counted,
//! then product by product from the file.

use std::collections::HashSet;

use contract::Timestamp;
use indicatif::ProgressBar;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{FORGET_BANNERS, Import, Place, begin_anew, feed_ranks, put_media};
use crate::commission::rates;
use crate::db::{Db, Kind, Tx, Upsert, columns};
use crate::import::ImportError;
use crate::import::feed::{Built, Census, Feed, Goods, label_id, own};
use crate::import::file::Text;
use crate::import::media::{Media, MediaByFile};
use crate::import::pictures::Fetched;
use crate::import::problems::Problems;

const FETCHED: &str = "
    SELECT s.url, m.src, m.width, m.height, m.tint, m.widths
    FROM picture_source s JOIN media m ON m.src = s.src";
const SHOP_NAME: &str = "SELECT value FROM meta WHERE key = 'shop_name_en'";

/// Stores everything that the feed tells of.
pub(in crate::import) async fn store_feed(
    tx: &mut Tx,
    kind: Kind,
    feed: &mut Feed,
    census: &Census,
    fetched: &Fetched,
    now: Timestamp,
    bar: &ProgressBar,
) -> Result<Shown, ImportError> {
    put_pictures(tx, fetched).await?;
    let media = &fetched.media;
    let mut shown = Shown::default();
    let names = Names::store(tx, feed, census).await?;
    let import = Import {
        kind,
        currency: feed.currency(),
        media,
        now,
    };
    let feed_end = begin_anew(tx).await?;
    sqlx::query(FORGET_BANNERS).execute(tx.conn()).await?;
    let ranks = feed_ranks(census.category_of.iter());
    for ((product, position), rank) in (0..feed.len()).zip(0_i64..).zip(ranks) {
        let mut problems = Problems::default();
        let built = feed.build(product, &mut problems)?;
        if !problems.is_empty() {
            // The file changed since it was checked.
            return Err(ImportError::Wrong(problems));
        }
        if let Built::Goods(mut goods) = built {
            let place = Place {
                position,
                feed_rank: feed_end + rank,
            };
            keep_pictures(&mut goods, media);
            shown.pictures += goods.product.images.len();
            shown.products += usize::from(!goods.product.images.is_empty());
            goods.product.tags = names.labels_of(&goods);
            let words: Vec<Text> = goods.tags.iter().map(|tag| of_any(tag)).collect();
            let mut about: Vec<&Text> = words.iter().collect();
            about.extend(goods.category.iter().chain(&goods.brand));
            import.product(tx, place, &goods.product, &about).await?;
        }
        bar.inc(1);
    }
    // These files say nothing of what a sale pays: new goods begin at the usual rate, others keep theirs.
    rates::begin(tx.conn(), now).await?;
    Ok(shown)
}

/// What of the feed's pictures is here.
#[derive(Default)]
pub(in crate::import) struct Shown {
    /// Pictures of products.
    pub pictures: usize,
    /// Products with a picture.
    pub products: usize,
}

/// The pictures that were fetched by an earlier import.
pub(in crate::import) async fn fetched(db: &Db) -> Result<MediaByFile, sqlx::Error> {
    let rows = sqlx::query(FETCHED).fetch_all(db.reader()).await?;
    let picture = |row: &AnyRow| {
        let widths: String = row.try_get("widths")?;
        let media = Media {
            src: row.try_get("src")?,
            width: row.try_get("width")?,
            height: row.try_get("height")?,
            tint: row.try_get("tint")?,
            widths: columns::widths(&widths),
            bytes: Vec::new(),
        };
        Ok((row.try_get("url")?, media))
    };
    rows.iter().map(picture).collect()
}

async fn put_pictures(tx: &mut Tx, fetched: &Fetched) -> Result<(), sqlx::Error> {
    for address in &fetched.new {
        let Some(picture) = fetched.media.get(address) else {
            continue;
        };
        put_media(tx, picture).await?;
        let row = Upsert::of("picture_source", "url", address);
        row.text("src", &picture.src).run(tx).await?;
    }
    Ok(())
}

/// Labels that the shop has.
struct Names {
    labels: HashSet<String>,
}

impl Names {
    async fn store(tx: &mut Tx, feed: &Feed, census: &Census) -> Result<Self, ImportError> {
        let shop: Option<String> = sqlx::query_scalar(SHOP_NAME)
            .fetch_optional(tx.conn())
            .await?;
        if let (None, Some(title)) = (&shop, feed.title()) {
            for key in ["shop_name_zh", "shop_name_en"] {
                let row = Upsert::of("meta", "key", key);
                row.text_once("value", &title).run(tx).await?;
            }
        }
        for (position, category) in (0..).zip(census.categories()) {
            Upsert::of("category", "id", &category.id)
                .number("position", position)
                .both_once("name", &category.name.zh, &category.name.en)
                .both_once("text", "", "")
                .run(tx)
                .await?;
        }
        let row = Upsert::of("brand", "id", &own());
        row.both_once("name", "本店", "Our shop").run(tx).await?;
        for (id, name) in census.brands() {
            let row = Upsert::of("brand", "id", id);
            row.both_once("name", &name.zh, &name.en).run(tx).await?;
        }
        let mut labels = HashSet::new();
        for (position, label) in (0..).zip(census.labels()) {
            Upsert::of("tag", "id", &label.id)
                .number("position", position)
                .both_once("name", &label.name.zh, &label.name.en)
                .text_once("kind", "quality")
                .run(tx)
                .await?;
            labels.insert(label.id);
        }
        Ok(Self { labels })
    }

    fn labels_of(&self, goods: &Goods) -> Vec<String> {
        let ids = goods.tags.iter().map(|word| label_id(word));
        ids.filter(|id| self.labels.contains(id)).collect()
    }
}

/// A word of either language, for the index alone.
fn of_any(word: &str) -> Text {
    Text {
        zh: word.to_owned(),
        en: String::new(),
    }
}

/// Leaves out the pictures that are not here.
fn keep_pictures(goods: &mut Goods, media: &MediaByFile) {
    let product = &mut goods.product;
    product.images.retain(|address| media.contains_key(address));
    for sku in &mut product.skus {
        sku.image.take_if(|address| !media.contains_key(address));
    }
}
