//! Broken catalogues of other shops: each ends in its own clear error, nothing is imported, and nothing that
//! a file may hold makes the import panic.

use std::fmt::Write;

use proptest::prelude::*;
use server::import::{Fault, Format, ImportError, Options, Problem, check_only};

use crate::broken_files::{others, shopify, tables};
use crate::harness::{OPENING, TestShop};

fn first_problem(result: Result<server::import::Imported, ImportError>, name: &str) -> Problem {
    match result {
        Err(ImportError::Wrong(problems)) => problems.told()[0].clone(),
        other => panic!("{name}: {other:?}"),
    }
}

#[tokio::test]
async fn every_broken_file_ends_in_its_own_clear_error() {
    for shop in TestShop::each().await {
        for case in tables().into_iter().chain(others()) {
            let file = shop.folder.path().join("broken");
            std::fs::write(&file, &case.bytes).unwrap();
            let problem = first_problem(shop.import(&file).await, case.name);
            let told = (
                problem.fault.code(),
                problem.line,
                problem.column.as_deref(),
            );
            assert_eq!(
                told,
                (case.code, case.line, case.column),
                "{}: {problem}",
                case.name
            );
            let says = problem.to_string();
            assert!(says.contains(case.says), "{}: {says}", case.name);
            assert!(says.chars().count() < 400, "{}: {says}", case.name);
        }
        let folder = first_problem(shop.import(shop.folder.path()).await, "a folder");
        assert_eq!(folder.fault, Fault::Folder);
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM product")
            .fetch_one(shop.state.db.reader())
            .await
            .unwrap();
        assert_eq!(count, 0, "nothing is half imported");
    }
}

#[test]
fn a_hundred_problems_are_told_and_the_rest_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.csv");
    let mut rows = String::new();
    for n in 0..150 {
        writeln!(rows, "h{n},H,Size,S,{n},-1").unwrap();
    }
    std::fs::write(&file, shopify(&rows)).unwrap();
    match check_only(&file, OPENING, &Options::default()) {
        Err(ImportError::Wrong(problems)) => {
            assert_eq!((problems.told().len(), problems.count()), (100, 150));
            assert!(problems.to_string().ends_with("… and 50 more\n"));
        }
        other => panic!("{other:?}"),
    }
}

/// A quote that never closes must not read the whole file into memory.
#[test]
fn an_endless_row_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("endless.csv");
    let rows = format!("hat,\"Hat,Size,S,1,2.00\n{}", "x\n".repeat(5_000_000));
    std::fs::write(&file, shopify(&rows)).unwrap();
    let problem = first_problem(check_only(&file, OPENING, &Options::default()), "endless");
    assert_eq!((problem.fault.code(), problem.line), ("row_long", Some(2)));
}

/// Parts of files that real and broken exports are made of.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let parts: Vec<&'static [u8]> = vec![
        b"Handle,Title,Variant Price,Option1 Value\n",
        b"id\ttitle\tprice\titem_group_id\n",
        b"<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel>",
        b"<item>",
        b"</item>",
        b"<g:id>",
        b"</g:id>",
        b"<g:title>",
        b"</g:title>",
        b"<g:price>",
        b"</g:price>",
        b"<![CDATA[",
        b"]]>",
        b"<!DOCTYPE a [",
        b"<!--",
        b"&#x0;",
        b"&amp;",
        b"&x;",
        b"<",
        b">",
        b"{",
        b"}",
        b"\"version\":1",
        b"a,",
        b"\"",
        b"\"\"",
        b",",
        b"\t",
        b";",
        b"\n",
        b"\r\n",
        b"\r",
        b"1.00",
        b"-1",
        b"5 USD",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\0",
        "草莓".as_bytes(),
        b"<script>",
        b"hat,Hat,1.00,S\n",
        b"1\tHat\t5 USD\tG\n",
    ];
    prop_oneof![
        4 => prop::sample::select(parts).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_a_file_holds_it_is_imported_or_refused(pieces in prop::collection::vec(piece(), 0..40), forced in 0_usize..5) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("any");
        std::fs::write(&file, pieces.concat()).unwrap();
        let format = Format::WORDS.get(forced).map(|word| word.parse().unwrap());
        let options = Options { format, ..Options::default() };
        match check_only(&file, OPENING, &options) {
            Ok(imported) => prop_assert!(imported.products > 0 || format == Some(Format::Json)),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
