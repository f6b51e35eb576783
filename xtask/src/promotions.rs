//! The demo's promotions, written by its owner through the real API, so that a newcomer finds coupons and a flash sale.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::build::Profile;
use crate::console::step;
use crate::project::Project;
use crate::rooms::{People, Web};
use crate::shop::Place;

/// The demo's promotions.
const FILE: &str = "demo/promotions.json";
/// The demo's owner.
pub const OWNER: u64 = 13_500_000_000;
const CAMPAIGNS: &str = "/api/studio/campaigns";

/// Makes somebody the owner and lets them publish the demo's promotions; a shop that has promotions keeps its own.
///
/// # Errors
/// When the shop does not take them.
pub fn publish(project: &Project, place: &Place, profile: Profile) -> Result<()> {
    let file = project.path(FILE);
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let demo: Value = serde_json::from_str(&text)?;
    step("The promotions", "coupons and a flash sale", || {
        let grant = ["staff", "grant", &OWNER.to_string(), "owner"];
        place.jishi(project, profile, &grant)?;
        let mut people = People::remembered(place);
        let owner = people.person(OWNER)?;
        people.remember()?;
        let known = owner.get(CAMPAIGNS)?.json()?;
        if known
            .get("items")
            .and_then(Value::as_array)
            .is_some_and(|known| !known.is_empty())
        {
            return Ok(());
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let starts_at = u64::try_from(now)?;
        let lasts = demo.get("days").and_then(Value::as_u64).unwrap_or(1) * 24 * 60 * 60 * 1000;
        for terms in demo
            .get("promotions")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let mut terms = terms.as_object().cloned().unwrap_or_default();
            let store = json!([{ "funder": { "kind": "store" }, "share_bp": 10_000 }]);
            terms.insert("starts_at".to_owned(), json!(starts_at));
            terms.insert("ends_at".to_owned(), json!(starts_at + lasts));
            terms.insert("funding".to_owned(), store);
            let draft = taken(&owner, CAMPAIGNS, &json!(terms))?;
            let id = draft.get("id").and_then(Value::as_str).unwrap_or_default();
            let path = format!("{CAMPAIGNS}/{id}/state");
            taken(&owner, &path, &json!({ "command": "schedule" }))?;
        }
        Ok(())
    })
}

fn taken(owner: &Web, path: &str, body: &Value) -> Result<Value> {
    let answer = owner.send("POST", path, body)?;
    if !matches!(answer.status, 200 | 201) {
        bail!("{path} was refused: {}", answer.text);
    }
    answer.json()
}
