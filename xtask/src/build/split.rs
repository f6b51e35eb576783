//! Takes the compiled app apart into the pieces that `src/app/pieces.rs` names, after Trunk has bundled it
//! whole: Trunk calls this as its `post_build` hook, and what it staged is replaced.
//!
//! The order is that of wasm_split: split what rustc linked, then wasm-bindgen on the main piece alone, then
//! wasm-opt on every piece by itself.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use super::fold::{self, Pieces};
use super::loader::{self, Loader};
use super::{names, order, worker};
use crate::process::Run;
use crate::project::Project;
use crate::toolchain::WASM_TARGET;

/// What the app's WebAssembly may use of the language; wasm-opt refuses what it is not told of.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What makes a piece smaller on its way to a phone. Plain `-Oz` leaves 2 % more, once compressed: control flow that is
/// taken apart and made anew is more alike, functions stand in the order of [`order`], and no pointer of ours is below
/// 1024, where the stack would have run over.
const SMALLER: &[&str] = &[
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--reorder-functions-by-name",
];

/// What else the files' names stand for besides what rustc linked: the tools that work on it.
const TOOLS: &[&str] = &[
    "Cargo.lock",
    "end2end/package-lock.json",
    "xtask/src/build/fold.rs",
    "xtask/src/build/loader.rs",
    "xtask/src/build/names.rs",
    "xtask/src/build/order.rs",
    "xtask/src/build/split.rs",
];

/// The player of live rooms.
const PLAYER: &str = "public/live-player.js";
/// What plays HLS in browsers that do not themselves.
const HLS: &str = "end2end/node_modules/hls.js/dist/hls.light.min.mjs";

/// Splits what Trunk staged.
///
/// # Errors
/// When it is not Trunk that calls, or a tool fails.
pub fn command(project: &Project) -> Result<()> {
    let staged = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let release = variable("TRUNK_PROFILE")? == "release";
    let folder = if release { "wasm-release" } else { "debug" };
    let linked = project
        .target()
        .join(WASM_TARGET)
        .join(folder)
        .join("storefront.wasm");
    let linked = fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
    let page = fs::read_to_string(staged.join("index.html"))?;
    let whole = whole_app(&staged)?;
    let name = format!("storefront-{}", hash(project, &linked, release)?);

    let work = tempfile::tempdir()?;
    let split = match release {
        true => Some(split(&linked, work.path(), &name)?),
        // A build for work has no pieces.
        false => {
            fs::write(work.path().join("main.linked"), &linked)?;
            None
        }
    };
    bind(work.path(), &name)?;
    if release {
        shorten_names(work.path(), &name)?;
    }
    for file in ["", "_bg"].map(|end| staged.join(format!("{whole}{end}"))) {
        remove(&file.with_extension("js"))?;
        remove(&file.with_extension("wasm"))?;
    }
    for entry in fs::read_dir(work.path())? {
        let from = entry?.path();
        let to = staged.join(from.file_name().unwrap_or_default());
        match from.extension().and_then(|ending| ending.to_str()) {
            Some("wasm") if release => optimise(&from, &to)?,
            Some("wasm" | "js") => drop(fs::copy(&from, &to)?),
            _ => {}
        }
    }
    let mut pieces = Pieces::new();
    if let Some((made, mut loader)) = split {
        pieces = made;
        fold_small(&mut pieces, &mut loader, &staged, &name)?;
        let script = work.path().join(format!("{name}.js"));
        fs::write(&script, loader.put_into(&fs::read_to_string(&script)?)?)?;
        shorten(&script, &staged.join(format!("{name}.js")))?;
    }
    bring_player(project, &staged, release)?;
    if release {
        shorten_boot(&staged)?;
    }
    let (page, style) = without_rest(&page)?;
    let app = [".js", "_bg.wasm"].map(|end| format!("/{name}{end}"));
    pieces.insert("app".to_owned(), app.to_vec());
    pieces.insert("style".to_owned(), vec![style.clone()]);
    if release {
        pieces.insert("worker".to_owned(), vec![worker::ADDRESS.to_owned()]);
    }
    let page = announce(&page, &pieces)?;
    if release {
        worker::write(project, &staged, &page, &style)?;
    }
    fs::write(staged.join("index.html"), page).context("the page cannot be written")
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: Trunk calls this"))
}

/// `storefront-0123456789abcdef`, by what Trunk made.
fn whole_app(staged: &Path) -> Result<String> {
    for entry in fs::read_dir(staged)? {
        let file = entry?.file_name();
        if let Some(name) = file.to_str().and_then(|file| file.strip_suffix("_bg.wasm")) {
            return Ok(name.to_owned());
        }
    }
    Err(anyhow!("Trunk staged no app"))
}

/// Stands for the bytes of all pieces: they follow from what was linked and the tools.
fn hash(project: &Project, linked: &[u8], release: bool) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    (linked, release).hash(&mut hasher);
    for tool in TOOLS {
        fs::read(project.path(tool))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Writes the main piece as `main.linked`, the others as `NAME-*.wasm`; gives each piece's files, as addresses, and the
/// script that loads them.
fn split(linked: &[u8], work: &Path, name: &str) -> Result<(Pieces, Loader)> {
    let pieces = work.join("pieces");
    let main_module = format!("./{name}.js");
    let main = work.join("main.linked");
    let mut options = Options::new(linked);
    options.output_dir = &pieces;
    options.main_out_path = &main;
    options.link_name = loader::LINK;
    options.main_module = &main_module;
    let split =
        transform(options).map_err(|error| anyhow!("the app cannot be split: {error:#}"))?;
    let mut loader = Loader::new(fs::read_to_string(pieces.join(loader::LINK))?);
    for piece in &split.split_modules {
        let file = piece.file_name().unwrap_or_default().to_string_lossy();
        loader.rename(&file, &format!("{name}-{file}"));
        fs::rename(piece, work.join(format!("{name}-{file}")))?;
    }
    let address = |file: String| format!("/{name}-{file}.wasm");
    let pieces = split.prefetch_map.into_iter();
    let pieces = pieces
        .map(|(piece, files)| (piece, files.into_iter().map(address).collect()))
        .collect();
    Ok((pieces, loader))
}

/// Folds small chunks into others.
fn fold_small(pieces: &mut Pieces, loader: &mut Loader, staged: &Path, name: &str) -> Result<()> {
    let file = |address: &str| staged.join(address.trim_start_matches('/'));
    let mut sizes = BTreeMap::new();
    for address in pieces.values().flatten() {
        let length = fs::metadata(file(address)).map_or(0, |file| file.len());
        sizes.insert(address.clone(), usize::try_from(length)?);
    }
    let folded = fold::choose(pieces, &sizes);
    for (chunk, host) in &folded {
        let mut whole = fs::read(file(host))?;
        fold::put(&mut whole, &fs::read(file(chunk))?);
        fs::write(file(host), whole)?;
        remove(&file(chunk))?;
        let short = |address: &str| {
            let start = format!("/{name}-");
            address
                .trim_start_matches(&start)
                .trim_end_matches(".wasm")
                .to_owned()
        };
        loader.fold(&short(chunk), &short(host))?;
    }
    fold::apply(pieces, &folded);
    Ok(())
}

fn bind(work: &Path, name: &str) -> Result<()> {
    Run::new("wasm-bindgen")
        .args([
            "--target=web",
            "--no-typescript",
            "--keep-lld-exports",
            "--no-demangle",
        ])
        .args(["--out-name", name, "--out-dir"])
        .arg(work)
        .arg(work.join("main.linked"))
        .visibly()
}

fn shorten_names(work: &Path, name: &str) -> Result<()> {
    let module = work.join(format!("{name}_bg.wasm"));
    let script = work.join(format!("{name}.js"));
    let (wasm, text) = names::shorten(&fs::read(&module)?, &fs::read_to_string(&script)?)?;
    fs::write(&module, wasm)?;
    fs::write(&script, text).context("the app's script cannot be written")
}

fn optimise(from: &Path, to: &Path) -> Result<()> {
    let sorted = order::by_kind(&fs::read(from)?)
        .with_context(|| format!("cannot read {}", from.display()))?;
    fs::write(from, sorted)?;
    Run::new("wasm-opt")
        .args(SMALLER)
        .args(["--strip-producers", "--strip-target-features"])
        .args(FEATURES)
        .arg("-o")
        .arg(to)
        .arg(from)
        .visibly()
}

/// The player of live rooms, and the library that it loads where the browser needs it: beside the app, in no
/// piece of it.
fn bring_player(project: &Project, staged: &Path, release: bool) -> Result<()> {
    let (from, to) = (project.path(PLAYER), staged.join("live-player.js"));
    match release {
        true => shorten(&from, &to)?,
        false => drop(fs::copy(&from, &to).context("no player")?),
    }
    let library = project.path(HLS);
    fs::copy(&library, staged.join("hls.light.min.mjs"))
        .with_context(|| format!("{} is not installed", library.display()))?;
    Ok(())
}

/// `boot.js`, which Trunk takes over as it is.
fn shorten_boot(staged: &Path) -> Result<()> {
    for entry in fs::read_dir(staged)? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("boot-") && name.ends_with(".js") {
            return shorten(&file, &file);
        }
    }
    Err(anyhow!("Trunk staged no boot script"))
}

/// The same script in fewer bytes.
fn shorten(from: &Path, to: &Path) -> Result<()> {
    Run::new("terser")
        .args(["--module", "--compress", "--mangle", "--output"])
        .arg(to)
        .arg("--")
        .arg(from)
        .visibly()
}

fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The page with the files of the app and of each piece listed for `boot.js`, and the call that starts the app.
fn announce(page: &str, pieces: &Pieces) -> Result<String> {
    let (head, rest) = page
        .split_once("</head>")
        .context("Trunk's page has no head")?;
    let (before, after) = head
        .split_once(">{}</script>")
        .context("the page has no place for the list of pieces")?;
    let list = serde_json::to_string(pieces)?;
    Ok(format!(
        "{before}>{list}</script>{after}<script type=\"module\">jishiStart()</script></head>{rest}"
    ))
}

/// The page without the link to the style of all pages but the first, and that style's address.
fn without_rest(page: &str) -> Result<(String, String)> {
    let parts = page.split_once("/rest-").and_then(|(before, after)| {
        let (head, _) = before.rsplit_once("<link")?;
        let (tag, tail) = after.split_once('>')?;
        let name = tag.split(['"', '\'', ' ']).next()?;
        Some((format!("{head}{tail}"), format!("/rest-{name}")))
    });
    parts.context("the page does not link to the rest of the style")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lists_the_files_of_each_piece() {
        let page = "<head><link href=/app-1.css rel=stylesheet>\
                    <script id=pieces type=application/json>{}</script></head><body></body>";
        let pieces = Pieces::from([("cart".to_owned(), vec!["/s-1-split_cart.wasm".to_owned()])]);
        assert_eq!(
            announce(page, &pieces).unwrap(),
            "<head><link href=/app-1.css rel=stylesheet>\
             <script id=pieces type=application/json>{\"cart\":[\"/s-1-split_cart.wasm\"]}</script>\
             <script type=\"module\">jishiStart()</script></head><body></body>"
        );
        assert!(announce("<head></head>", &pieces).is_err());
    }

    #[test]
    fn the_style_of_other_pages_is_taken_out_of_the_page() {
        let page =
            "<link href=/app-1.css rel=stylesheet><link href=/rest-2.css rel=stylesheet><body>";
        let (page, style) = without_rest(page).unwrap();
        assert_eq!(page, "<link href=/app-1.css rel=stylesheet><body>");
        assert_eq!(style, "/rest-2.css");
        assert!(without_rest("<body>").is_err());
    }

    #[test]
    fn the_whole_app_is_named_by_what_was_staged() {
        let staged = tempfile::tempdir().unwrap();
        assert!(whole_app(staged.path()).is_err());
        fs::write(staged.path().join("storefront-0a1b_bg.wasm"), "").unwrap();
        assert_eq!(whole_app(staged.path()).unwrap(), "storefront-0a1b");
    }
}
