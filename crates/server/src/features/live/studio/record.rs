//! A room's record as a table: everything that happened and was said, in order of time (L11).

use contract::Timestamp;

use super::plan::room_of;
use crate::live::store::log;
use crate::{AppError, AppState};

const HEAD: [&str; 7] = ["at", "offset_ms", "seq", "kind", "by", "viewers", "what"];

/// The room's word and its record as CSV (RFC 4180).
pub(super) async fn csv(state: &AppState, word: &str) -> Result<(String, Vec<u8>), AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let row = room_of(&mut conn, word).await?;
    let mut lines: Vec<(Timestamp, [String; 7])> = Vec::new();
    let offset = |at: Timestamp| {
        row.live_at
            .map_or(String::new(), |began| at.since(began).to_string())
    };
    for entry in log::all(&mut conn, &row.id).await? {
        let what = serde_json::to_string(&entry.change).map_err(AppError::internal)?;
        let line = [
            entry.at.0.to_string(),
            offset(entry.at),
            entry.seq.to_string(),
            log::kind(&entry.change).to_owned(),
            entry.by,
            entry.viewers.to_string(),
            what,
        ];
        lines.push((entry.at, line));
    }
    for said in log::said(&mut conn, &row.id).await? {
        let kind = if said.removed { "said_removed" } else { "said" };
        let line = [
            said.at.0.to_string(),
            offset(said.at),
            String::new(),
            kind.to_owned(),
            said.owner,
            String::new(),
            harmless(said.text),
        ];
        lines.push((said.at, line));
    }
    lines.sort_by_key(|(at, _)| *at);
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEAD).map_err(AppError::internal)?;
    for (_, line) in lines {
        table.write_record(line).map_err(AppError::internal)?;
    }
    let table = table.into_inner().map_err(AppError::internal)?;
    Ok((row.slug, table))
}

/// A text that no table program takes for a formula.
fn harmless(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l11_what_was_said_is_no_formula() {
        assert_eq!(harmless("=1+1".to_owned()), "'=1+1");
        assert_eq!(harmless("好".to_owned()), "好");
    }
}
