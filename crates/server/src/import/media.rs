//! Pictures: each is read for its size and copied under a name that holds a hash of its bytes, so that its
//! address never means another picture.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::file::CatalogueFile;
use super::problems::Problems;

/// Shown before a picture that names no colour of its own.
pub(super) const NEUTRAL: &str = "#efece6";

/// Larger files are no picture for a phone.
const MAX_BYTES: u64 = 5 * 1024 * 1024;

/// A picture as it will be served.
#[derive(Clone, Debug)]
pub(super) struct Media {
    /// Its address, `/media/fruit/apple.0123456789abcdef.webp`.
    pub src: String,
    pub width: i64,
    pub height: i64,
    pub tint: String,
    /// Smaller widths that it also comes in.
    pub widths: Vec<u32>,
    pub bytes: Vec<u8>,
}

/// The pictures of a file, by the path that the file names them with.
pub(super) type MediaByFile = BTreeMap<String, Media>;

/// Reads all pictures that the file names from the folder that it lies in.
pub(super) fn read(file: &CatalogueFile, folder: &Path, problems: &mut Problems) -> MediaByFile {
    let mut media = MediaByFile::new();
    for (path, name, tint) in named_by(file) {
        if media.contains_key(name) {
            continue;
        }
        match read_one(folder, name, tint) {
            Ok(picture) => {
                media.insert(name.to_owned(), picture);
            }
            Err(reason) => problems.add(path, reason),
        }
    }
    media
}

impl Media {
    /// The widths with commas between, as the database keeps them.
    pub fn widths_text(&self) -> String {
        let widths: Vec<String> = self.widths.iter().map(u32::to_string).collect();
        widths.join(",")
    }
}

/// Writes the pictures that are not there yet.
pub(super) fn write(media: &MediaByFile, media_dir: &Path) -> std::io::Result<()> {
    for picture in media.values() {
        let relative = picture.src.trim_start_matches("/media/");
        let target = media_dir.join(relative);
        if !target.exists() {
            write_whole(&target, &picture.bytes)?;
        }
    }
    Ok(())
}

/// Writes a file that appears whole or not at all.
pub(super) fn write_whole(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut unfinished = target.to_path_buf().into_os_string();
    unfinished.push(format!(".{}", uuid::Uuid::new_v4().simple()));
    let unfinished = PathBuf::from(unfinished);
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(&unfinished, target)
}

/// The name that bytes have for ever: the beginning of their hash.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Every picture that the file names: where, its path, and the colour that stands for it.
fn named_by(file: &CatalogueFile) -> Vec<(String, &str, &str)> {
    let mut named = Vec::new();
    for (i, product) in file.products.iter().enumerate() {
        let mut add = |place: String, name| {
            named.push((
                format!("products[{i}].{place}"),
                name,
                product.tint.as_str(),
            ))
        };
        for (j, name) in product.images.iter().enumerate() {
            add(format!("images[{j}]"), name.as_str());
        }
        for sku in &product.skus {
            sku.image
                .iter()
                .for_each(|name| add(format!("skus.{}.image", sku.code), name));
        }
        for value in product.options.iter().flat_map(|option| &option.values) {
            value
                .image
                .iter()
                .for_each(|name| add(format!("options.{}.image", value.id), name));
        }
    }
    let mut plain =
        |list: &str, i: usize, name| named.push((format!("{list}[{i}]"), name, NEUTRAL));
    file.categories
        .iter()
        .enumerate()
        .for_each(|(i, c)| plain("categories", i, c.icon.as_str()));
    file.stores
        .iter()
        .enumerate()
        .for_each(|(i, s)| plain("stores", i, s.avatar.as_str()));
    file.creators
        .iter()
        .enumerate()
        .for_each(|(i, c)| plain("creators", i, c.avatar.as_str()));
    file.members
        .iter()
        .enumerate()
        .for_each(|(i, m)| plain("members", i, m.avatar.as_str()));
    file.banners
        .iter()
        .enumerate()
        .for_each(|(i, b)| plain("banners", i, b.image.as_str()));
    named
}

/// Reads one picture of a folder; answers why it cannot be.
pub(super) fn read_one(folder: &Path, name: &str, tint: &str) -> Result<Media, String> {
    let (stem, ending) = parts(name)
        .ok_or_else(|| format!("{name:?} is no path of a picture such as products/apple.webp"))?;
    let told = |error: std::io::Error| format!("{name}: {error}");
    let path = folder.join(name).canonicalize().map_err(told)?;
    if !path.starts_with(folder.canonicalize().map_err(told)?) {
        return Err(format!("{name} lies outside the file's folder"));
    }
    if std::fs::metadata(&path).map_err(told)?.len() > MAX_BYTES {
        return Err(format!(
            "{name} is larger than {} MB",
            MAX_BYTES / 1024 / 1024
        ));
    }
    let bytes = std::fs::read(&path).map_err(told)?;
    let size = imagesize::blob_size(&bytes)
        .map_err(|_| format!("{name} is no WebP, JPEG or PNG picture"))?;
    let hash = hash_of(&bytes);
    Ok(Media {
        src: format!("/media/{stem}.{hash}.{ending}"),
        width: i64::try_from(size.width).map_err(|e| e.to_string())?,
        height: i64::try_from(size.height).map_err(|e| e.to_string())?,
        tint: tint.to_owned(),
        widths: Vec::new(),
        bytes,
    })
}

/// Stem and ending of `folder/name.webp`; nothing else is taken, so no path can lead out of the folder.
fn parts(name: &str) -> Option<(&str, &str)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let word = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    let fine = stem.split('/').all(word) && matches!(ending, "webp" | "jpg" | "jpeg" | "png");
    fine.then_some((stem, ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for bad in [
            "../secret.webp",
            "/etc/passwd.webp",
            "a/../../b.webp",
            "a//b.webp",
            "a/b.svg",
            "a\\b.webp",
            ".webp",
            "a/.webp",
        ] {
            assert_eq!(parts(bad), None, "{bad}");
        }
        assert_eq!(
            parts("products/apple-2.webp"),
            Some(("products/apple-2", "webp"))
        );
    }
}
