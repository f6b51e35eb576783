//! `cargo xtask size`: what a phone downloads before it shows the first screen, against the
//! budgets of `xtask/budgets.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::build::compress::{brotli, gzip};
use crate::console::say;
use crate::project::Project;

#[derive(Debug, Deserialize)]
struct Budgets {
    first_load: FirstLoad,
    studio: Studio,
    live: Live,
    pieces: Pieces,
}

/// What live rooms load besides their piece.
#[derive(Debug, Deserialize)]
struct Live {
    /// The player, bytes after gzip.
    player_gzip: usize,
    /// The library where it is the engine, bytes after brotli.
    hls_brotli: usize,
}

/// The staff's page, of which no shopper loads anything.
#[derive(Debug, Deserialize)]
struct Studio {
    /// WebAssembly, JavaScript and CSS together, bytes after brotli.
    code: usize,
}

#[derive(Debug, Deserialize)]
struct Pieces {
    /// What one piece may add when its page is asked for, bytes after brotli.
    each: usize,
}

#[derive(Debug, Deserialize)]
struct FirstLoad {
    /// WebAssembly, JavaScript and CSS together, bytes after brotli.
    code: usize,
    /// The icon sprite, bytes after brotli.
    icons: usize,
}

/// One file of the first load, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Weight {
    fn is_code(&self) -> bool {
        let ends = |ending| self.name.ends_with(ending);
        ends(".wasm") || ends(".js") || ends(".css")
    }
}

/// Prints the table; true when everything keeps its budget.
///
/// # Errors
/// When the app has not been built.
pub fn command(project: &Project) -> Result<bool> {
    let budgets: Budgets = toml::from_str(include_str!("../budgets.toml"))?;
    let weights = weigh(&project.dist())?;
    say(format!(
        "{:<44}{:>10}{:>10}{:>10}",
        "bytes", "raw", "gzip", "brotli"
    ));
    for file in &weights {
        say(row(&file.name, file.raw, file.gzip, file.brotli));
    }
    let sum = |of: fn(&Weight) -> usize| weights.iter().map(of).sum::<usize>();
    say(row(
        "everything",
        sum(|w| w.raw),
        sum(|w| w.gzip),
        sum(|w| w.brotli),
    ));
    let code: usize = weights
        .iter()
        .filter(|w| w.is_code())
        .map(|w| w.brotli)
        .sum();
    let icons: usize = weights
        .iter()
        .filter(|w| w.name == SPRITE)
        .map(|w| w.brotli)
        .sum();
    let code_fits = report("WebAssembly + JS + CSS", code, budgets.first_load.code);
    let icons_fit = report("Icons", icons, budgets.first_load.icons);
    let mut pieces_fit = true;
    for (piece, bytes) in weigh_pieces(&project.dist())? {
        pieces_fit &= report(&format!("Piece {piece}"), bytes, budgets.pieces.each);
    }
    let studio_fits = studio_fits(&project.dist().join("studio"), &budgets.studio)?;
    let live_fits = live_fits(&project.dist(), &budgets.live)?;
    Ok(code_fits && icons_fit && pieces_fit && studio_fits && live_fits)
}

fn studio_fits(dist: &Path, budget: &Studio) -> Result<bool> {
    let files = weigh(dist).context("the studio is not built")?;
    let code = files.iter().filter(|file| file.is_code());
    let code = code.map(|file| file.brotli).sum();
    Ok(report("The studio", code, budget.code))
}

fn live_fits(dist: &Path, budget: &Live) -> Result<bool> {
    let read = |name: &str| fs::read(dist.join(name)).with_context(|| format!("no dist/{name}"));
    let player = gzip(&read("live-player.js")?)?.len();
    let hls = brotli(&read("hls.light.min.mjs")?)?.len();
    let player_fits = report_in("Live player", player, budget.player_gzip, "gzip");
    Ok(report("Live rooms' hls.js", hls, budget.hls_brotli) && player_fits)
}

/// The sprite is asked for by the views, not by the page.
const SPRITE: &str = "icons.svg";

fn row(name: &str, raw: usize, gzip: usize, brotli: usize) -> String {
    format!("{name:<44}{raw:>10}{gzip:>10}{brotli:>10}")
}

fn report(what: &str, bytes: usize, budget: usize) -> bool {
    report_in(what, bytes, budget, "brotli")
}

fn report_in(what: &str, bytes: usize, budget: usize, coding: &str) -> bool {
    let fits = bytes <= budget;
    let mark = if fits { "✓" } else { "✗" };
    let share = bytes as f64 / budget as f64;
    say(format!(
        "{mark} {what}: {bytes} of {budget} bytes ({coding}), {share:.2} of the budget"
    ));
    fits
}

/// The bytes of the first load, and its share of the budget.
///
/// # Errors
/// When the app has not been built.
pub fn share_of_budget(project: &Project) -> Result<f64> {
    let budgets: Budgets = toml::from_str(include_str!("../budgets.toml"))?;
    let code: usize = weigh(&project.dist())?
        .iter()
        .filter(|weight| weight.is_code())
        .map(|weight| weight.brotli)
        .sum();
    Ok(code as f64 / budgets.first_load.code as f64)
}

fn weigh(dist: &Path) -> Result<Vec<Weight>> {
    let page = fs::read_to_string(dist.join("index.html"))
        .context("no dist/index.html; run `cargo xtask build` first")?;
    let mut names = first_load(&page);
    names.push(SPRITE.to_owned());
    names.insert(0, "index.html".to_owned());
    names
        .into_iter()
        .filter(|name| dist.join(name).is_file())
        .map(|name| {
            let raw = fs::read(dist.join(&name))?;
            Ok(Weight {
                gzip: gzip(&raw)?.len(),
                brotli: brotli(&raw)?.len(),
                raw: raw.len(),
                name,
            })
        })
        .collect()
}

/// What each piece adds, by its name, bytes after brotli.
fn weigh_pieces(dist: &Path) -> Result<BTreeMap<String, usize>> {
    let page = fs::read_to_string(dist.join("index.html"))?;
    pieces(&page)
        .into_iter()
        .filter(|(piece, _)| piece != APP)
        .map(|(piece, files)| {
            let weigh = |file: &String| -> Result<usize> {
                let raw = fs::read(dist.join(file.trim_start_matches('/')))?;
                Ok(brotli(&raw)?.len())
            };
            let bytes: Result<usize> = files.iter().map(weigh).sum();
            Ok((piece, bytes?))
        })
        .collect()
}

/// What a page's list calls the app's main piece, which every page loads.
const APP: &str = "app";

/// The files of each piece, by its name; none where the page lists none, as the studio's.
fn pieces(page: &str) -> BTreeMap<String, Vec<String>> {
    let list = content_of(page, "script", "pieces");
    list.and_then(|list| serde_json::from_str(list).ok())
        .unwrap_or_default()
}

/// What stands in the `<name id=ID …>` of a page.
fn content_of<'a>(page: &'a str, name: &str, id: &str) -> Option<&'a str> {
    page.split(&format!("<{name} "))
        .filter_map(|part| part.split_once('>'))
        .find(|(tag, _)| attribute(&format!(" {tag}"), "id").as_deref() == Some(id))
        .and_then(|(_, content)| content.split('<').next())
}

/// The files that a page's `<link>` and `<script>` elements load at once, and the app that it starts, each once.
pub fn first_load(page: &str) -> Vec<String> {
    let mut names = pieces(page).remove(APP).unwrap_or_default();
    for tag in tags(page, "script") {
        names.extend(attribute(tag, "src"));
    }
    for tag in tags(page, "link") {
        let rel = attribute(tag, "rel").unwrap_or_default();
        if matches!(rel.as_str(), "stylesheet" | "modulepreload" | "preload") {
            names.extend(attribute(tag, "href"));
        }
    }
    let mut names: Vec<String> = names
        .into_iter()
        .map(|name| {
            let name = name.trim_start_matches(['.', '/']);
            // The studio's files are named from the shop's root.
            name.strip_prefix("studio/").unwrap_or(name).to_owned()
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The insides of every `<name …>`.
fn tags<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    page.split('<')
        .filter_map(|part| part.strip_prefix(name))
        .filter(|part| part.starts_with([' ', '\n', '\t']))
        .filter_map(|part| part.split_once('>').map(|(inside, _)| inside))
        .collect()
}

/// The value of ` name=value`; the quotes may be missing where a minifier took them.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let opening = format!("{name}=");
    let (before, after) = tag.split_once(&opening)?;
    if !before.ends_with([' ', '\n', '\t']) {
        return None;
    }
    let value = match after.chars().next()? {
        quote @ ('"' | '\'') => after.split(quote).nth(1)?,
        _ => after.split([' ', '\n', '\t']).next()?.trim_end_matches('/'),
    };
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_loads_at_once_is_found() {
        let page = r#"<!doctype html><head>
            <link rel="stylesheet" href="/app-1.css" integrity="sha384-x"/>
            <link rel=modulepreload href=/app-2.js crossorigin=anonymous>
            <link rel="preload" href="/app-3.wasm" as="fetch"/>
            <link rel="icon" href="/icon.svg"/>
            <script id="pieces" type="application/json">{"app":["/app-4.js"],"cart":["/cart.wasm"]}</script>
            <script src='/boot.js'></script><script type="module">import "/app-2.js"</script>"#;
        assert_eq!(
            first_load(page),
            ["app-1.css", "app-2.js", "app-3.wasm", "app-4.js", "boot.js"]
        );
    }

    #[test]
    fn the_list_of_pieces_is_found() {
        let page = "<script src=\"/b.js\"></script><script type=\"application/json\" id=\"pieces\">{\"a\":[]}</script>";
        assert_eq!(content_of(page, "script", "pieces"), Some("{\"a\":[]}"));
        assert_eq!(content_of("<script></script>", "script", "pieces"), None);
    }

    #[test]
    fn the_budgets_file_reads() {
        let budgets: Budgets = toml::from_str(include_str!("../budgets.toml")).unwrap();
        assert!(budgets.first_load.code <= 180_000);
    }

    #[test]
    fn pictures_are_no_code() {
        let weight = |name: &str| Weight {
            name: name.to_owned(),
            raw: 0,
            gzip: 0,
            brotli: 0,
        };
        assert!(weight("a.wasm").is_code() && weight("a.css").is_code());
        assert!(!weight("icons.svg").is_code() && !weight("index.html").is_code());
    }
}
