//! Google Merchant product data: an item, or the items of one group, become a product.

use std::collections::BTreeSet;

use contract::Currency;

use super::draft::{Draft, Goods, MOST_VARIANTS, Variant};
use super::period;
use super::price::{amount, split};
use super::row::{Column, Row, columns};
use super::value::{count, weight};
use super::{Built, Reading, text};
use crate::import::fault::Fault;
use crate::import::problems::Problems;

columns! {
    ID = "id", "id" | "guid";
    GROUP = "item_group_id", "item_group_id";
    TITLE = "title", "title" | "structured_title";
    BODY = "description", "description" | "structured_description" | "summary" | "content";
    PRICE = "price", "price";
    SALE_PRICE = "sale_price", "sale_price";
    SALE_TIME = "sale_price_effective_date", "sale_price_effective_date";
    AVAILABILITY = "availability", "availability";
    QUANTITY = "quantity", "quantity" | "inventory" | "quantity_to_sell_on_facebook" | "sell_on_google_quantity";
    BRAND = "brand", "brand";
    TYPE = "product_type", "product_type";
    CATEGORY = "google_product_category", "google_product_category";
    WEIGHT = "shipping_weight", "shipping_weight" | "product_weight";
    IMAGE = "image_link", "image_link";
    COLOR = "color", "color" | "colour";
    SIZE = "size", "size";
    MATERIAL = "material", "material";
    PATTERN = "pattern", "pattern";
    GENDER = "gender", "gender";
    AGE = "age_group", "age_group";
    MORE_IMAGES = "additional_image_link", "additional_image_link" | "additional_image_links";
}

/// What the items of a group may differ by, and what that option is called.
const OPTIONS: [(Column, &str); 6] = [
    (COLOR, "Color"),
    (SIZE, "Size"),
    (MATERIAL, "Material"),
    (PATTERN, "Pattern"),
    (GENDER, "Gender"),
    (AGE, "Age group"),
];

/// Columns that every table has.
pub(super) const NEEDED: [Column; 3] = [ID, TITLE, PRICE];

/// The product of an item or of a group's items.
pub(super) fn product(reading: &mut Reading, rows: &[Row], problems: &mut Problems) -> Built {
    match draft(reading, rows, problems) {
        Some(goods) => Built::Goods(Box::new(goods)),
        None => Built::Wrong,
    }
}

fn draft(reading: &mut Reading, rows: &[Row], problems: &mut Problems) -> Option<Goods> {
    let head = rows.first()?;
    let before = problems.count();
    if let Some(row) = rows.get(MOST_VARIANTS) {
        row.wrong(problems, GROUP, Fault::TooManyVariants(MOST_VARIANTS));
        return None;
    }
    let titles: Vec<String> = rows.iter().map(|row| titled(row, problems)).collect();
    let body = rows.iter().find(|row| row.get(BODY).is_some()).map(|row| {
        let body = text::body(row.get(BODY).unwrap_or_default());
        body.unwrap_or_else(|fault| {
            row.wrong(problems, BODY, fault);
            String::new()
        })
    });
    let variants: Vec<Variant> = rows
        .iter()
        .filter_map(|row| variant(reading, row, problems))
        .collect();
    if problems.count() > before {
        return None;
    }
    let named = |word: &str| text::line(word).ok().filter(|word| !word.is_empty());
    let first = |column| rows.iter().find_map(|row| named(row.get(column)?));
    let mut draft = Draft {
        word: head.get(GROUP).or(head.get(ID))?.to_owned(),
        title: common_title(&titles),
        body: body.unwrap_or_default(),
        category: rows.iter().find_map(category),
        brand: first(BRAND),
        tags: tags(rows),
        pictures: pictures(rows),
        options: Vec::new(),
        variants,
    };
    choose(&mut draft, rows, &titles);
    draft.finish(reading.stock, GROUP.label, problems)
}

fn titled(row: &Row, problems: &mut Problems) -> String {
    let title = text::line(row.get(TITLE).unwrap_or_default());
    let title = title.map_err(|fault| row.wrong(problems, TITLE, fault));
    if title.as_ref().is_ok_and(String::is_empty) {
        row.wrong(problems, TITLE, Fault::Missing);
    }
    title.unwrap_or_default()
}

fn variant(reading: &mut Reading, row: &Row, problems: &mut Problems) -> Option<Variant> {
    let before = problems.count();
    let full = money(reading, row, PRICE, problems);
    if row.get(PRICE).is_none() {
        row.wrong(problems, PRICE, Fault::Missing);
    }
    let sale = money(reading, row, SALE_PRICE, problems);
    let now = row
        .get(SALE_TIME)
        .is_none_or(|time| period::holds(time, reading.now));
    let full = full.unwrap_or_default();
    let price = sale.filter(|sale| now && *sale < full).unwrap_or(full);
    let stock = stock(row, problems);
    let variant = Variant {
        line: row.line,
        sku: row.get(ID).map(str::to_owned),
        values: Vec::new(),
        price,
        list_price: full,
        stock,
        weight_g: weight(row, WEIGHT, problems),
        picture: row.get(IMAGE).map(str::to_owned),
    };
    (problems.count() == before).then_some(variant)
}

/// An amount; the first one's currency is the whole file's.
fn money(reading: &mut Reading, row: &Row, column: Column, problems: &mut Problems) -> Option<i64> {
    let text = row.get(column)?;
    let (number, named) = split(text);
    let read = currency(reading, named, number).and_then(|currency| amount(number, currency));
    read.map_err(|fault| row.wrong(problems, column, fault))
        .ok()
}

fn currency(
    reading: &mut Reading,
    named: Option<Currency>,
    number: &str,
) -> Result<Currency, Fault> {
    let found = match (named, reading.given) {
        (Some(named), _) => named,
        (None, Some(given)) => given,
        (None, None) => {
            let quoted = number.chars().take(60).collect();
            return Err(Fault::CurrencyMissing(quoted));
        }
    };
    if !reading.settled {
        reading.settled = true;
        reading.currency = found;
    }
    match reading.currency == found {
        true => Ok(found),
        false => Err(Fault::CurrenciesMixed {
            found,
            first: reading.currency,
        }),
    }
}

/// How many there are: a feed says whether there is any, seldom how many.
fn stock(row: &Row, problems: &mut Problems) -> Option<i64> {
    let counted = count(row, QUANTITY, problems).map(|n| n.max(0));
    let Some(word) = row.get(AVAILABILITY) else {
        return counted;
    };
    let folded = word.trim().to_ascii_lowercase().replace([' ', '-'], "_");
    let folded = folded.rsplit('/').next().unwrap_or_default();
    match folded {
        "in_stock" | "instock" | "available" | "limitedavailability" | "limited_availability" => {
            counted
        }
        "out_of_stock" | "outofstock" | "preorder" | "pre_order" | "backorder" | "discontinued"
        | "soldout" => Some(0),
        _ => {
            let quoted = word.chars().take(60).collect();
            row.wrong(problems, AVAILABILITY, Fault::Availability(quoted));
            None
        }
    }
}

/// Gives the variants of a group the values that they differ by.
fn choose(draft: &mut Draft, rows: &[Row], titles: &[String]) {
    if rows.len() < 2 {
        return;
    }
    let value = |row: &Row, column| {
        let value = row.get(column).and_then(|value| text::line(value).ok());
        value.filter(|value| !value.is_empty())
    };
    for (column, name) in OPTIONS {
        let values: Vec<Option<String>> = rows.iter().map(|row| value(row, column)).collect();
        let different: BTreeSet<&Option<String>> = values.iter().collect();
        if different.len() < 2 {
            continue;
        }
        draft.options.push(name.to_owned());
        for (variant, value) in draft.variants.iter_mut().zip(values) {
            variant.values.push(value.unwrap_or_else(|| "–".to_owned()));
        }
    }
    let combinations: BTreeSet<&Vec<String>> = draft.variants.iter().map(|v| &v.values).collect();
    if combinations.len() == rows.len() {
        return;
    }
    // Items that differ by nothing that Google has a word for are told apart by title, else by id.
    let distinct: BTreeSet<&String> = titles.iter().collect();
    let by_title = distinct.len() == rows.len();
    draft.options = vec!["Option".to_owned()];
    for ((variant, row), title) in draft.variants.iter_mut().zip(rows).zip(titles) {
        let id = row.get(ID).unwrap_or_default();
        variant.values = vec![if by_title { title.as_str() } else { id }.to_owned()];
    }
}

/// What the titles of a group have in common, up to a whole word; the first one's where that is too little.
fn common_title(titles: &[String]) -> String {
    let first = titles.first().map(String::as_str).unwrap_or_default();
    let shared = titles.iter().fold(first, |shared, title| {
        let same = shared.char_indices().zip(title.chars());
        let end = same.take_while(|((_, a), b)| a == b).last();
        let end = end.map_or(0, |((at, c), _)| at + c.len_utf8());
        shared.get(..end).unwrap_or_default()
    });
    if shared.len() == first.len() {
        return first.to_owned();
    }
    let word = match first
        .get(shared.len()..)
        .and_then(|rest| rest.chars().next())
    {
        Some(next) if next.is_ascii_alphanumeric() => {
            let cut = shared.rfind(|c: char| !c.is_ascii_alphanumeric());
            shared.get(..cut.unwrap_or(0)).unwrap_or_default()
        }
        _ => shared,
    };
    let title = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '"');
    match title.chars().count() {
        0..3 => first.to_owned(),
        _ => title.to_owned(),
    }
}

/// The widest category that says something.
fn category(row: &Row) -> Option<String> {
    let empty = ["home", "all", "shop", "products", "首页"];
    let says = |part: &String| !part.is_empty() && !empty.contains(&part.to_lowercase().as_str());
    let widest = |path: &str| {
        let path = text::line(path).ok()?;
        path.split(['>', '/'])
            .map(|part| part.trim().to_owned())
            .find(says)
    };
    let of_google = row
        .get(CATEGORY)
        .filter(|path| path.parse::<u32>().is_err());
    row.get(TYPE)
        .and_then(widest)
        .or_else(|| of_google.and_then(widest))
}

/// The narrower categories: words to find it by.
fn tags(rows: &[Row]) -> Vec<String> {
    let path = rows
        .first()
        .and_then(|row| row.get(TYPE))
        .unwrap_or_default();
    let parts = path
        .split('>')
        .skip(1)
        .filter_map(|part| text::line(part).ok());
    parts.filter(|part| !part.is_empty()).collect()
}

/// Addresses of the pictures, each item's main one before the others.
fn pictures(rows: &[Row]) -> Vec<String> {
    let main = rows.iter().filter_map(|row| row.get(IMAGE));
    let more = rows.iter().flat_map(|row| row.all(MORE_IMAGES));
    // A comma may be part of an address; the next one begins with its scheme.
    let more = more.flat_map(|list| list.split(",http").enumerate());
    let more = more.map(|(i, part)| match i {
        0 => part.trim().to_owned(),
        _ => format!("http{}", part.trim()),
    });
    let mut pictures: Vec<String> = Vec::new();
    for address in main.map(str::to_owned).chain(more) {
        if !address.is_empty() && !pictures.contains(&address) {
            pictures.push(address);
        }
    }
    pictures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_a_group_is_what_its_items_share() {
        for (titles, title) in [
            (&["Wool hat - red", "Wool hat - blue"][..], "Wool hat"),
            (&["Wool hat, M", "Wool hat, M long"], "Wool hat, M"),
            (&["Wool hat", "Silk scarf"], "Wool hat"),
            (&["Hat redwood", "Hat red"], "Hat"),
            (&["羊毛帽 红", "羊毛帽 蓝"], "羊毛帽"),
        ] {
            let titles: Vec<String> = titles.iter().map(|t| (*t).to_owned()).collect();
            assert_eq!(common_title(&titles), title);
        }
    }
}
