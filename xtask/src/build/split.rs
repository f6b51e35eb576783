//! Takes the compiled app apart into the pieces that `src/app/pieces.rs` names, after Trunk has bundled it
//! whole: Trunk calls this as its `post_build` hook, and what it staged is replaced.
//!
//! The order is that of wasm_split: split what rustc linked, then wasm-bindgen on the main piece alone, then
//! wasm-opt on every piece by itself.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

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

/// What else the files' names stand for besides what rustc linked: the tools that work on it.
const TOOLS: &[&str] = &["Cargo.lock", "end2end/package-lock.json"];

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
    let whole = whole_app(&page).context("Trunk's page does not name the app")?;
    let name = format!("storefront-{}", hash(project, &linked, release)?);

    let work = tempfile::tempdir()?;
    let loader = split(&linked, work.path(), &name)?;
    bind(work.path(), &name)?;
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
    let page = page.replace(whole, &name);
    fs::write(
        staged.join("index.html"),
        with_loader(&page, &name, &loader)?,
    )?;
    Ok(())
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: Trunk calls this"))
}

/// `storefront-0123456789abcdef` of the page that Trunk made.
fn whole_app(page: &str) -> Option<&str> {
    let (before, _) = page.split_once("_bg.wasm")?;
    before.rsplit(['/', '"', '\'']).next()
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

/// Writes the main piece as `main.linked`, the others as `NAME-*.wasm`, and the script that loads them;
/// gives back that script's text.
fn split(linked: &[u8], work: &Path, name: &str) -> Result<String> {
    let pieces = work.join("pieces");
    let loader = format!("./{name}-pieces.js");
    let main_module = format!("./{name}.js");
    let main = work.join("main.linked");
    let mut options = Options::new(linked);
    options.output_dir = &pieces;
    options.main_out_path = &main;
    options.link_name = &loader;
    options.main_module = &main_module;
    let split =
        transform(options).map_err(|error| anyhow!("the app cannot be split: {error:#}"))?;
    let script = pieces.join(format!("{name}-pieces.js"));
    let mut text = fs::read_to_string(&script)?;
    for piece in &split.split_modules {
        let file = piece.file_name().unwrap_or_default().to_string_lossy();
        text = text.replace(&format!("\"./{file}\""), &format!("\"./{name}-{file}\""));
        fs::rename(piece, work.join(format!("{name}-{file}")))?;
    }
    fs::write(work.join(format!("{name}-pieces.js")), &text)?;
    Ok(text)
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

fn optimise(from: &Path, to: &Path) -> Result<()> {
    Run::new("wasm-opt")
        .arg("-Oz")
        .args(FEATURES)
        .arg("-o")
        .arg(to)
        .arg(from)
        .visibly()
}

fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The page with the loading script announced.
fn with_loader(page: &str, name: &str, _loader: &str) -> Result<String> {
    let (head, rest) = page
        .split_once("</head>")
        .context("Trunk's page has no head")?;
    Ok(format!(
        "{head}<link rel=\"modulepreload\" href=\"/{name}-pieces.js\"></head>{rest}"
    ))
}
