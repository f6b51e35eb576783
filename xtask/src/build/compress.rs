//! Brotli and gzip copies beside each file of `dist/`, made once here as small as they get,
//! so that the server never compresses while somebody waits.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use walkdir::WalkDir;

/// Text, and WebAssembly; pictures and fonts are compressed already.
const COMPRESSIBLE: &[&str] = &[
    "css",
    "html",
    "js",
    "json",
    "mjs",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
];

/// Below this the headers of an answer outweigh what is saved.
const SMALLEST: u64 = 512;

/// Writes `x.br` and `x.gz` for every compressible file `x` under `dist`.
///
/// # Errors
/// When a file cannot be read or written.
pub fn precompress(dist: &Path) -> Result<()> {
    let files = compressible_files(dist)?;
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let handles: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        compress(file)?;
                    }
                    Ok(())
                })
            })
            .collect();
        handles.into_iter().try_for_each(|handle| {
            handle
                .join()
                .map_err(|_| anyhow!("compressing stopped half way"))?
        })
    })
}

fn compressible_files(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(dist) {
        let entry = entry?;
        let extension = entry.path().extension().and_then(|e| e.to_str());
        if entry.file_type().is_file()
            && extension.is_some_and(|e| COMPRESSIBLE.contains(&e))
            && entry.metadata()?.len() >= SMALLEST
        {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn compress(file: &Path) -> Result<()> {
    let raw = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    write_beside(file, "br", &brotli(&raw)?)?;
    write_beside(file, "gz", &gzip(&raw)?)
}

fn write_beside(file: &Path, suffix: &str, bytes: &[u8]) -> Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    fs::write(&name, bytes).with_context(|| format!("cannot write {}", name.display()))
}

/// Brotli at its smallest: quality 11, a window of 4 MiB.
///
/// # Errors
/// None that a buffer in memory could cause.
pub fn brotli(raw: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: raw.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*raw, &mut out, &params)?;
    Ok(out)
}

/// Gzip at its smallest.
///
/// # Errors
/// None that a buffer in memory could cause.
pub fn gzip(raw: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(raw)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_is_compressed_reads_back() {
        let raw = "storefront ".repeat(200);
        let mut from_gzip = String::new();
        flate2::read::GzDecoder::new(&*gzip(raw.as_bytes()).unwrap())
            .read_to_string(&mut from_gzip)
            .unwrap();
        assert_eq!(from_gzip, raw);
        let mut from_brotli = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli(raw.as_bytes()).unwrap(), &mut from_brotli).unwrap();
        assert_eq!(from_brotli, raw.as_bytes());
    }

    #[test]
    fn only_text_and_wasm_of_some_size_get_copies() {
        let dist = tempfile::tempdir().unwrap();
        let big = "a".repeat(2000);
        for (name, content) in [("a.js", &*big), ("b.webp", &*big), ("c.css", "small")] {
            fs::write(dist.path().join(name), content).unwrap();
        }
        precompress(dist.path()).unwrap();
        let exists = |name: &str| dist.path().join(name).exists();
        assert!(exists("a.js.br") && exists("a.js.gz"));
        assert!(!exists("b.webp.br") && !exists("c.css.br"));
    }
}
