//! Names of columns: the same column is written in many ways, so names are folded before they are compared.

/// The sign between cells: the one that the first line has most of.
pub(in crate::import) fn delimiter(first_line: &str) -> u8 {
    let count = |sign: u8| first_line.bytes().filter(|byte| *byte == sign).count();
    [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}

/// A column's name in small letters and digits with `_` between: "Body (HTML)" is `body_html`,
/// "g:image link" is `image_link`.
pub(in crate::import) fn folded(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}').trim().to_lowercase();
    let name = name.strip_prefix("g:").unwrap_or(&name);
    let words = name.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// The folded names of the header that a text begins with.
pub(in crate::import) fn names_of(start: &str) -> Vec<String> {
    let line = start.lines().next().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter(line))
        .from_reader(line.as_bytes());
    let mut record = csv::ByteRecord::new();
    match reader.read_byte_record(&mut record) {
        Ok(true) => record
            .iter()
            .map(|name| folded(&String::from_utf8_lossy(name)))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_column_has_one_name() {
        for (written, name) in [
            ("\u{feff}Handle", "handle"),
            ("Body (HTML)", "body_html"),
            ("Compare-at price", "compare_at_price"),
            ("g:image_link", "image_link"),
            ("Image Link ", "image_link"),
            ("Included / United States", "included_united_states"),
        ] {
            assert_eq!(folded(written), name);
        }
        assert_eq!(delimiter("a\tb,c\td"), b'\t');
        assert_eq!(delimiter("a"), b',');
    }
}
