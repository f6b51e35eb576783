//! Which kind of catalogue a file is, by what stands in it.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

use super::feed::header;
use super::{ImportError, cannot_read};

/// How much of the file says what it is: the longest header that shops export is some 5 kB.
const LOOKED_AT: u64 = 64 * 1024;

/// The catalogues that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own, such as demo/catalogue.json.
    Json,
    /// Shopify's product export, CSV.
    Shopify,
    /// Google Merchant product data as a table of tabs, commas or semicolons.
    GoogleTable,
    /// Google Merchant product data as RSS or Atom.
    GoogleXml,
}

impl Format {
    /// The words of `--format`.
    pub const WORDS: [&'static str; 4] = ["json", "shopify", "google-tsv", "google-xml"];

    /// What the file is; none of them where it is something else.
    pub(super) fn of(path: &Path) -> Result<Option<Self>, ImportError> {
        let mut start = Vec::new();
        File::open(path)
            .and_then(|file| file.take(LOOKED_AT).read_to_end(&mut start))
            .map_err(|source| cannot_read(path, source))?;
        Ok(Self::of_text(&String::from_utf8_lossy(&start)))
    }

    fn of_text(start: &str) -> Option<Self> {
        let start = start.trim_start_matches('\u{feff}').trim_start();
        match start.chars().next()? {
            '{' => Some(Self::Json),
            '<' => Some(Self::GoogleXml),
            _ => Self::of_header(&header::names_of(start)),
        }
    }

    fn of_header(names: &[String]) -> Option<Self> {
        let has = |name: &&str| names.iter().any(|known| known == name);
        const SHOPIFY: [&str; 7] = [
            "variant_price",
            "option1_name",
            "option1_value",
            "body_html",
            "image_src",
            "product_image_url",
            "vendor",
        ];
        const GOOGLE: [&str; 6] = [
            "title",
            "price",
            "link",
            "image_link",
            "availability",
            "item_group_id",
        ];
        let handle = has(&"handle") || has(&"url_handle");
        if handle || SHOPIFY.iter().filter(|name| has(name)).count() > 1 {
            return Some(Self::Shopify);
        }
        let google = GOOGLE.iter().filter(|name| has(name)).count();
        (google > 2 || (has(&"id") && google > 0)).then_some(Self::GoogleTable)
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "json" => Ok(Self::Json),
            "shopify" => Ok(Self::Shopify),
            "google-tsv" => Ok(Self::GoogleTable),
            "google-xml" => Ok(Self::GoogleXml),
            _ => Err(format!("must be one of {}", Self::WORDS.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_words() {
        for (start, format) in [
            ("\u{feff} {\"version\": 1", Some(Format::Json)),
            ("Handle,Title,Body (HTML)\n", Some(Format::Shopify)),
            ("\"Title\";\"URL handle\"\r\n", Some(Format::Shopify)),
            ("Title,Body (HTML),Variant Price\n", Some(Format::Shopify)),
            ("id\ttitle\tprice\n", Some(Format::GoogleTable)),
            ("ID,Title,Image link\n", Some(Format::GoogleTable)),
            ("<?xml version='1.0'?><rss>", Some(Format::GoogleXml)),
            ("name,colour\nx,y", None),
            ("", None),
        ] {
            assert_eq!(Format::of_text(start), format, "{start}");
        }
        for word in Format::WORDS {
            assert!(word.parse::<Format>().is_ok(), "{word}");
        }
    }
}
