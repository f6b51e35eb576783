//! SQL of importing live rooms. A session that is announced or on air is brought up to date; one that is over
//! stays as it is, and the room gets a new one.

use contract::live::LiveState;
use contract::{LiveId, ProductId, Timestamp};

use super::put_media;
use crate::db::Tx;
use crate::goods::product_of;
use crate::import::ImportError;
use crate::import::media::MediaByFile;
use crate::import::problems::Problems;
use crate::import::rooms::{Room, next_at};
use crate::live::store::session::{self, NewSession};
use crate::live::store::shelf;
use crate::live::stream_key;
use crate::words::Both;

/// The texts follow the file; state, time and everything that happened stay.
const UPDATE: &str = "
    UPDATE live_session SET title_zh = $1, title_en = $2, notice_zh = $3, notice_en = $4, poster = $5
    WHERE id = $6";

const UNLIST: &str = "UPDATE live_shelf SET listed = 0 WHERE session = $1";

/// A number that another product has had stays that product's.
const PUT: &str = "
    INSERT INTO live_shelf (session, number, product, listed) VALUES ($1, $2, $3, 1)
    ON CONFLICT (session, product) DO UPDATE SET listed = 1";

/// Stores rooms; refuses hosts and goods that this shop does not have.
pub(in crate::import) async fn store_rooms(
    tx: &mut Tx,
    rooms: &[Room],
    media: &MediaByFile,
    now: Timestamp,
) -> Result<(), ImportError> {
    let mut problems = Problems::default();
    for picture in media.values() {
        put_media(tx, picture).await?;
    }
    for (i, room) in rooms.iter().enumerate() {
        let path = format!("rooms[{i}]");
        if !shelf::host_exists(tx.conn(), &room.host).await? {
            problems.add(format!("{path}.host"), "is no creator of this shop");
            continue;
        }
        let mut products: Vec<(i64, ProductId)> = Vec::new();
        for place in &room.shelf {
            match product_of(tx.conn(), &place.slug).await? {
                Some(product) => products.push((place.number, product)),
                None => {
                    let reason = format!("this shop has no {}", place.slug);
                    problems.add(format!("{path}.shelf"), reason);
                }
            }
        }
        let poster = media.get(&room.poster).map(|media| media.src.clone());
        let id = session_of(tx, room, poster, now).await?;
        let unlist = sqlx::query(UNLIST).bind(id.as_str());
        unlist.execute(tx.conn()).await?;
        for (number, product) in products {
            let put = sqlx::query(PUT).bind(id.as_str()).bind(number);
            put.bind(product.as_str()).execute(tx.conn()).await?;
        }
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(ImportError::Wrong(problems)),
    }
}

/// The room's session: the one that is announced or on air, else a new one.
async fn session_of(
    tx: &mut Tx,
    room: &Room,
    poster: Option<String>,
    now: Timestamp,
) -> Result<LiveId, ImportError> {
    let latest = session::latest_of(tx.conn(), &room.id).await?;
    if let Some(row) = latest.filter(|row| !row.stand.is_over()) {
        let update = sqlx::query(UPDATE)
            .bind(&room.title.zh)
            .bind(&room.title.en)
            .bind(&room.notice.zh)
            .bind(&room.notice.en)
            .bind(poster)
            .bind(row.id.as_str());
        update.execute(tx.conn()).await?;
        return Ok(row.id);
    }
    let id = LiveId(uuid::Uuid::now_v7().simple().to_string());
    let new = NewSession {
        slug: room.id.clone(),
        host: room.host.clone(),
        title: Both::new(&room.title.zh, &room.title.en),
        notice: Both::new(&room.notice.zh, &room.notice.en),
        poster,
        state: LiveState::Scheduled,
        practice: false,
        starts_at: next_at(&room.starts, now),
    };
    session::insert(tx.conn(), &id, &new, &stream_key(), now).await?;
    Ok(id)
}
