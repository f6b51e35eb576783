//! Fewer files for a page: what a few pieces share is a file of its own, a chunk (ADR 10), and each is a request. A
//! small one is folded into one that more pieces need: into a section that the browser makes nothing of, from which
//! the loader takes it out.

use std::collections::{BTreeMap, BTreeSet};

use super::module::write_block;

/// The section's name, which the loader asks for.
pub const SECTION: &str = "folded";
/// A chunk of so many bytes, before compression, is worth a request: about 6 kB after.
const SMALL: usize = 15_000;
/// Pieces of first visits: they are given nothing that they do not need.
const LEAN: [&str; 2] = ["catalog", "customer"];
/// The id of a section that the language gives no meaning (WebAssembly 5.5.3).
const CUSTOM: u8 = 0;

/// Which pieces need which files.
pub type Pieces = BTreeMap<String, Vec<String>>;

/// Which chunk goes into which, by the sizes of all files.
pub fn choose(pieces: &Pieces, sizes: &BTreeMap<String, usize>) -> BTreeMap<String, String> {
    let mut users = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (piece, files) in pieces {
        for file in files {
            users.entry(file).or_default().insert(piece);
        }
    }
    // A piece's own file has one user.
    users.retain(|_, pieces| pieces.len() > 1);
    let size = |file: &str| sizes.get(file).copied().unwrap_or(usize::MAX);
    let mut small: Vec<&str> = users
        .keys()
        .copied()
        .filter(|file| size(file) < SMALL)
        .collect();
    // The largest first: they have the fewest places to go.
    small.sort_by_key(|file| std::cmp::Reverse(size(file)));
    let mut folded = BTreeMap::<String, String>::new();
    let mut hosts = BTreeSet::new();
    for file in small {
        let Some(mine) = users.get(file).filter(|_| !hosts.contains(file)) else {
            continue;
        };
        let host = users.iter().filter(|(host, theirs)| {
            let more = || theirs.difference(mine);
            !folded.contains_key(**host)
                && theirs.is_superset(mine)
                && more().next().is_some()
                && !more().any(|piece| LEAN.contains(piece))
        });
        if let Some((host, _)) = host.min_by_key(|(host, theirs)| (theirs.len(), size(host))) {
            hosts.insert(*host);
            folded.insert(file.to_owned(), (*host).to_owned());
        }
    }
    folded
}

/// The files of each piece once chunks were folded.
pub fn apply(pieces: &mut Pieces, folded: &BTreeMap<String, String>) {
    for files in pieces.values_mut() {
        let mut seen = BTreeSet::new();
        *files = std::mem::take(files)
            .into_iter()
            .map(|file| folded.get(&file).cloned().unwrap_or(file))
            .filter(|file| seen.insert(file.clone()))
            .collect();
    }
}

/// Puts a module into another.
pub fn put(host: &mut Vec<u8>, module: &[u8]) {
    let mut section = Vec::new();
    write_block(&mut section, SECTION.as_bytes());
    section.extend(module);
    host.push(CUSTOM);
    write_block(host, &section);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(of: &[(&str, &[&str])]) -> Pieces {
        let owned = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect();
        of.iter()
            .map(|(piece, files)| ((*piece).to_owned(), owned(files)))
            .collect()
    }

    fn sizes(of: &[(&str, usize)]) -> BTreeMap<String, usize> {
        of.iter()
            .map(|(file, size)| ((*file).to_owned(), *size))
            .collect()
    }

    #[test]
    fn a_small_chunk_goes_where_the_fewest_get_what_they_do_not_need() {
        let pieces = pieces(&[
            ("catalog", &["all", "most", "two", "own"]),
            ("live", &["all", "most"]),
            ("shares", &["all"]),
            ("trade", &["all", "most", "two"]),
        ]);
        let sizes = sizes(&[
            ("all", 90_000),
            ("most", 50_000),
            ("two", 9_000),
            ("own", 10),
        ]);
        let folded = choose(&pieces, &sizes);
        assert_eq!(
            folded,
            BTreeMap::from([("two".to_owned(), "most".to_owned())])
        );
        let mut after = pieces.clone();
        apply(&mut after, &folded);
        assert_eq!(after["catalog"], ["all", "most", "own"]);
        assert_eq!(after["trade"], ["all", "most"]);
        assert_eq!(after["live"], pieces["live"]);
    }

    #[test]
    fn a_first_visit_is_given_nothing_more_and_a_large_chunk_stays() {
        let pieces = pieces(&[
            ("catalog", &["all"]),
            ("customer", &["all", "large"]),
            ("shares", &["all", "small"]),
            ("trade", &["all", "small", "large"]),
        ]);
        let sizes = sizes(&[("all", 90_000), ("large", 50_000), ("small", 9_000)]);
        assert_eq!(choose(&pieces, &sizes), BTreeMap::new());
    }

    #[test]
    fn what_others_went_into_stays_a_file() {
        let pieces = pieces(&[
            ("live", &["all", "pair", "three"]),
            ("shares", &["all", "three"]),
            ("studio", &["all"]),
            ("trade", &["all", "pair", "three"]),
        ]);
        let sizes = sizes(&[("all", 90_000), ("pair", 9_000), ("three", 8_000)]);
        let folded = choose(&pieces, &sizes);
        assert_eq!(
            folded,
            BTreeMap::from([("pair".to_owned(), "three".to_owned())])
        );
    }

    #[test]
    fn a_folded_module_is_a_section_of_its_host() {
        let mut host = b"\0asm\x01\0\0\0".to_vec();
        put(&mut host, b"\0asm\x01\0\0\0");
        assert_eq!(host, b"\0asm\x01\0\0\0\0\x0f\x06folded\0asm\x01\0\0\0");
    }
}
