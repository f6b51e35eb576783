//! Catalogues of other shops with one thing wrong in each, and what is to be told of it.

use std::fmt::Write;

const HEADER: &str = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n";

/// A broken file and the first problem that is told of it.
pub struct Broken {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub code: &'static str,
    pub line: Option<u64>,
    pub column: Option<&'static str>,
    pub says: &'static str,
}

fn broken(
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    code: &'static str,
    place: (u64, &'static str),
    says: &'static str,
) -> Broken {
    Broken {
        name,
        bytes: bytes.into(),
        code,
        line: Some(place.0).filter(|line| *line > 0),
        column: Some(place.1).filter(|column| !column.is_empty()),
        says,
    }
}

/// A Shopify export with these rows.
pub fn shopify(rows: &str) -> String {
    format!("{HEADER}{rows}")
}

fn google(rows: &str) -> String {
    format!("id\ttitle\tprice\tavailability\titem_group_id\n{rows}")
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\">\n<channel>\n{items}\n</channel>\n</rss>\n"
    )
}

/// Tables with one thing wrong.
pub fn tables() -> Vec<Broken> {
    let long = "x".repeat(1_000_000);
    let mut huge = "hat,Hat,Size,S0,,1.00\n".to_owned();
    for n in 1..=2_100 {
        writeln!(huge, "hat,,,S{n},,1.00").unwrap();
    }
    vec![
        broken(
            "an open quote",
            shopify("hat,\"Hat,Size,S,1,2.00\nscarf,Scarf,Size,S,2,2.00\n"),
            "quotes",
            (2, ""),
            "a quote is missing",
        ),
        broken(
            "a stray quote between good rows",
            shopify("a,A,Size,S,1,2.00\nb,\"B\"\",Size,S,2,2.00\nc,C,Size,S,3,2.00\n"),
            "quotes",
            (3, ""),
            "nothing after it was read",
        ),
        broken(
            "a missing price column",
            "Handle,Title,Vendor\nhat,Hat,North\n",
            "column_missing",
            (1, "Variant Price"),
            "no such column",
        ),
        broken(
            "a missing handle column",
            "Title,Option1 Name,Variant Price\nHat,Size,1.00\n",
            "column_missing",
            (1, "Handle"),
            "no such column",
        ),
        broken(
            "a SKU twice in a product",
            shopify("hat,Hat,Size,S,A1,2.00\nhat,,,M,A1,2.00\n"),
            "sku_twice",
            (3, "Variant SKU"),
            "\"A1\" is the SKU of line 2 too",
        ),
        broken(
            "a negative price",
            shopify("hat,Hat,Size,S,A1,-2.00\n"),
            "price_negative",
            (2, "Variant Price"),
            "\"-2.00\" is negative",
        ),
        broken(
            "an absurd price",
            shopify("hat,Hat,Size,S,A1,99999999999.00\n"),
            "price_absurd",
            (2, "Variant Price"),
            "too high",
        ),
        broken(
            "a price in words",
            shopify("hat,Hat,Size,S,A1,free\n"),
            "price_text",
            (2, "Variant Price"),
            "\"free\" is no amount",
        ),
        broken(
            "parts of a cent",
            shopify("hat,Hat,Size,S,A1,1.005\n"),
            "price_decimals",
            (2, "Variant Price"),
            "more decimals than CNY has",
        ),
        broken(
            "no price",
            shopify("hat,Hat,Size,S,A1,\n"),
            "missing",
            (2, "Variant Price"),
            "is empty",
        ),
        broken(
            "no variant at all",
            shopify("hat,Hat,,,,\n"),
            "no_variant",
            (2, "Variant Price"),
            "no variant with a price",
        ),
        broken(
            "no title",
            shopify("hat,,Size,S,A1,2.00\n"),
            "missing",
            (2, "Title"),
            "is empty",
        ),
        broken(
            "a variant without its option",
            shopify("hat,Hat,Size,S,A1,2.00\nhat,,,,A2,2.00\n"),
            "missing",
            (3, "Option1 Value"),
            "is empty",
        ),
        broken(
            "two variants alike",
            shopify("hat,Hat,Size,S,A1,2.00\nhat,,,S,A2,2.00\n"),
            "same_options",
            (3, "Option1 Value"),
            "same options as that of line 2",
        ),
        broken(
            "a script",
            shopify("hat,Hat<script>alert(1)</script>,Size,S,A1,2.00\n"),
            "script",
            (2, "Title"),
            "take it out",
        ),
        broken(
            "a million characters",
            shopify(&format!("hat,{long},Size,S,A1,2.00\n")),
            "field_long",
            (2, "Title"),
            "1000000 characters long, the most is 200000",
        ),
        broken(
            "a row too short",
            shopify("hat,Hat,Size,S,2.00\nscarf,Scarf,Size,S,B,1.00\n"),
            "column_count",
            (2, ""),
            "5 columns, the header 6",
        ),
        broken(
            "a row too long",
            shopify("hat,Hat,Size,S,A,1,299.00\n"),
            "column_count",
            (2, ""),
            "7 columns, the header 6",
        ),
        broken(
            "a file cut off",
            shopify("hat,Hat,Size,S,A1,2.00\nscarf,Sca"),
            "truncated",
            (3, ""),
            "ends in the middle",
        ),
        broken(
            "a handle that comes back",
            shopify("hat,Hat,Size,S,A,1.00\nscarf,Scarf,Size,S,B,1.00\nhat,,,M,C,1.00\n"),
            "handle_again",
            (4, "Handle"),
            "\"hat\" was told in line 2 already",
        ),
        broken(
            "a row without a handle",
            shopify(",Hat,Size,S,A,1.00\n"),
            "missing",
            (2, "Handle"),
            "is empty",
        ),
        broken(
            "a fourth option",
            "Handle,Title,Variant Price,Option4 Value\nhat,Hat,1.00,red\n",
            "too_many_options",
            (2, "Option4 Value"),
            "at most 3 options",
        ),
        broken(
            "thousands of variants",
            shopify(&huge),
            "too_many_variants",
            (2050, "Handle"),
            "more than 2048 variants",
        ),
        broken(
            "a count in words",
            "Handle,Title,Variant Price,Variant Inventory Qty\nhat,Hat,1.00,many\n",
            "number",
            (2, "Variant Inventory Qty"),
            "\"many\" is no number",
        ),
        broken(
            "a weight beyond reason",
            "Handle,Title,Variant Price,Variant Grams\nhat,Hat,1.00,99999999999\n",
            "number_absurd",
            (2, "Variant Grams"),
            "out of range",
        ),
        broken(
            "nothing but a header",
            HEADER,
            "nothing",
            (0, ""),
            "holds no product",
        ),
        broken(
            "two currencies",
            google("1\tHat\t5 USD\tin_stock\t\n2\tCap\t5 EUR\tin_stock\t\n"),
            "currencies_mixed",
            (3, "price"),
            "is in EUR, but the file began in USD",
        ),
        broken(
            "no currency",
            google("1\tHat\t5\tin_stock\t\n"),
            "currency_missing",
            (2, "price"),
            "pass --currency",
        ),
        broken(
            "an id twice",
            google("1\tHat\t5 USD\tin_stock\t\n1\tCap\t5 USD\tin_stock\t\n"),
            "id_twice",
            (3, "id"),
            "\"1\" is the id of line 2 too",
        ),
        broken(
            "groups in a circle",
            google("A\tHat\t5 USD\tin_stock\tB\nB\tCap\t5 USD\tin_stock\tA\n"),
            "group_in_group",
            (2, "item_group_id"),
            "an item of another group",
        ),
        broken(
            "an unknown availability",
            google("1\tHat\t5 USD\tperhaps\t\n"),
            "availability",
            (2, "availability"),
            "\"perhaps\" is none of in_stock",
        ),
    ]
}

/// Other files with one thing wrong.
pub fn others() -> Vec<Broken> {
    let wide: Vec<u8> = shopify("hat,Hat,Size,S,A1,2.00\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = [&[0xff, 0xfe][..], &wide].concat();
    let gbk = [HEADER.as_bytes(), b"hat,\xb2\xdd\xdd\xae,Size,S,A1,2.00\n"].concat();
    let latin = [HEADER.as_bytes(), b"hat,H\xfct,Size,S,A1,2.00\n"].concat();
    let item = "<item><g:id>1</g:id><g:title>Hat</g:title><g:price>5 USD</g:price></item>";
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<rss><channel><item><g:id>&b;</g:id></item></channel></rss>";
    vec![
        broken("an empty file", "", "empty", (0, ""), "the file is empty"),
        broken("UTF-16", marked, "utf16", (0, ""), "save it as UTF-8"),
        broken(
            "UTF-16 without its mark",
            wide,
            "utf16",
            (0, ""),
            "save it as UTF-8",
        ),
        broken("GBK", gbk, "not_utf8", (2, "character 5"), "GBK or Latin-1"),
        broken(
            "Latin-1",
            latin,
            "not_utf8",
            (2, "character 6"),
            "GBK or Latin-1",
        ),
        broken(
            "a zero byte",
            shopify("hat,H\0at,Size,S,A1,2.00\n"),
            "nul",
            (2, "character 6"),
            "zero byte",
        ),
        broken(
            "a picture",
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
            "binary",
            (0, ""),
            "is no text",
        ),
        broken(
            "a spreadsheet",
            &b"PK\x03\x04\x14\0\x06\0"[..],
            "binary",
            (0, ""),
            "export the catalogue as CSV",
        ),
        broken(
            "another table",
            "name,colour\nhat,red\n",
            "unknown_format",
            (0, ""),
            "none of the catalogues",
        ),
        broken("a document type", bomb, "doctype", (2, ""), "<!DOCTYPE"),
        broken(
            "an unknown entity",
            rss(&item.replace("Hat", "Hat&nbsp;red")),
            "entity",
            (4, "g:title"),
            "&nbsp; is no entity",
        ),
        broken(
            "XML cut off",
            rss(item).split_once("</item>").unwrap().0,
            "truncated",
            (4, ""),
            "ends in the middle",
        ),
        broken(
            "tags that do not match",
            rss("<item><g:id>1</g:title></item>"),
            "xml",
            (4, ""),
            "the XML is broken",
        ),
        broken(
            "an item without an id",
            rss("<item>\n<g:title>Hat</g:title></item>"),
            "missing",
            (4, "id"),
            "is empty",
        ),
        broken(
            "a script in XML",
            rss(&item.replace("Hat", "<![CDATA[<script>x</script>]]>")),
            "script",
            (4, "g:title"),
            "take it out",
        ),
        broken(
            "a feed without items",
            rss(""),
            "nothing",
            (0, ""),
            "holds no product",
        ),
        broken(
            "broken JSON",
            "{\"version\": 1,",
            "entry",
            (0, "the file"),
            "is no JSON object",
        ),
    ]
}
