//! SQL of importing short videos. Texts and goods follow the file; likes, comments and everything else that people
//! did stays. Comments of the file are its own: they are the same ones every time.

use contract::{ProductId, Timestamp};

use super::put_media;
use crate::db::{Tx, Upsert};
use crate::goods::product_of;
use crate::import::ImportError;
use crate::import::media::MediaByFile;
use crate::import::problems::Problems;
use crate::import::videos::{Video, ms};
use crate::live::store::shelf;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Between two comments of the file.
const BETWEEN_MS: i64 = 7 * 60 * 1000;

const FORGET_FILES: &str = "DELETE FROM video_file WHERE video = $1";
const PUT_FILE: &str = "INSERT INTO video_file (video, src, width, height) VALUES ($1, $2, $3, $4)";
const FORGET_PRODUCTS: &str = "DELETE FROM video_product WHERE video = $1";
const PUT_PRODUCT: &str = "INSERT INTO video_product (video, position, product, start_ms, end_ms) \
                           VALUES ($1, $2, $3, $4, $5)";
const IS_MEMBER: &str = "SELECT COUNT(*) FROM member WHERE id = $1";

/// Stores videos; refuses makers, goods and members that this shop does not have.
pub(in crate::import) async fn store_videos(
    tx: &mut Tx,
    videos: &[Video],
    media: &MediaByFile,
    now: Timestamp,
) -> Result<(), ImportError> {
    let mut problems = Problems::default();
    for picture in media.values() {
        put_media(tx, picture).await?;
    }
    for (i, video) in videos.iter().enumerate() {
        let path = format!("shorts[{i}]");
        let entry = &video.entry;
        if !shelf::host_exists(tx.conn(), &entry.creator).await? {
            problems.add(format!("{path}.creator"), "is no creator of this shop");
            continue;
        }
        put(tx, video, media, now).await?;
        let mut position = 0_i64;
        for shown in &entry.products {
            let Some(product) = product_of(tx.conn(), &shown.slug).await? else {
                problems.add(
                    format!("{path}.products"),
                    format!("this shop has no {}", shown.slug),
                );
                continue;
            };
            let end = ms(shown.end.unwrap_or(entry.duration)).min(ms(entry.duration));
            put_product(tx, &entry.id, position, &product, (ms(shown.start), end)).await?;
            position += 1;
        }
        comments(tx, &path, video, now, &mut problems).await?;
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(ImportError::Wrong(problems)),
    }
}

async fn put(
    tx: &mut Tx,
    video: &Video,
    media: &MediaByFile,
    now: Timestamp,
) -> Result<(), ImportError> {
    let entry = &video.entry;
    let poster = media.get(&entry.poster).map(|media| media.src.as_str());
    let joined = |pick: fn(&crate::import::file::Text) -> &String| {
        let tags: Vec<&str> = entry
            .hashtags
            .iter()
            .map(|tag| pick(tag).as_str())
            .collect();
        tags.join(" ")
    };
    let at = now.plus_ms(-entry.days_ago * DAY_MS).0;
    Upsert::of("video", "id", &entry.id)
        .text("creator", &entry.creator)
        .text_once("state", "published")
        .both("caption", &entry.caption.zh, &entry.caption.en)
        .both("tags", &joined(|tag| &tag.zh), &joined(|tag| &tag.en))
        .optional("poster", poster)
        .number("duration_ms", ms(entry.duration))
        .number_once("likes", entry.likes)
        .number_once("shares_before", entry.share_count)
        .number_once("views", entry.view_count)
        .number_once("created_at", at)
        .number_once("published_at", at)
        .run(tx)
        .await?;
    let id = entry.id.as_str();
    sqlx::query(FORGET_FILES)
        .bind(id)
        .execute(tx.conn())
        .await?;
    let file = sqlx::query(PUT_FILE).bind(id).bind(&video.src);
    file.bind(entry.width)
        .bind(entry.height)
        .execute(tx.conn())
        .await?;
    sqlx::query(FORGET_PRODUCTS)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn put_product(
    tx: &mut Tx,
    video: &str,
    position: i64,
    product: &ProductId,
    (start, end): (i64, i64),
) -> Result<(), ImportError> {
    let put = sqlx::query(PUT_PRODUCT).bind(video).bind(position);
    let put = put.bind(product.as_str()).bind(start).bind(end);
    put.execute(tx.conn()).await?;
    Ok(())
}

async fn comments(
    tx: &mut Tx,
    path: &str,
    video: &Video,
    now: Timestamp,
    problems: &mut Problems,
) -> Result<(), ImportError> {
    let entry = &video.entry;
    let published = now.plus_ms(-entry.days_ago * DAY_MS);
    for (at, said) in (0_i64..).zip(&entry.comments) {
        let known: i64 = sqlx::query_scalar(IS_MEMBER)
            .bind(&said.member)
            .fetch_one(tx.conn())
            .await?;
        if known == 0 {
            problems.add(
                format!("{path}.comments"),
                format!("this shop has no member {}", said.member),
            );
            continue;
        }
        Upsert::of("video_comment", "id", &format!("{}-{at}", entry.id))
            .text("video", &entry.id)
            .number_once("at", published.plus_ms((at + 1) * BETWEEN_MS).0)
            .text("member", &said.member)
            .both("text", &said.text.zh, &said.text.en)
            .run(tx)
            .await?;
    }
    Ok(())
}
