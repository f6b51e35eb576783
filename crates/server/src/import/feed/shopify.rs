//! Shopify's product export: the rows of one handle become a product. Both sets of column names are known,
//! that of the classic export and that of today's; columns of markets and metafields are passed over.

use super::draft::{Draft, Goods, MOST_VARIANTS, Variant};
use super::row::{Column, Row, columns};
use super::value::{count, grams, price};
use super::{Built, LeftOut, Reading, text};
use crate::import::fault::Fault;
use crate::import::problems::Problems;

columns! {
    HANDLE = "Handle", "handle" | "url_handle";
    TITLE = "Title", "title";
    PRICE = "Variant Price", "variant_price" | "price";
    SKU = "Variant SKU", "variant_sku" | "sku";
    BODY = "Body (HTML)", "body_html" | "body" | "description";
    VENDOR = "Vendor", "vendor";
    TYPE = "Type", "type" | "custom_product_type";
    CATEGORY = "Product Category", "product_category" | "standardized_product_type" | "standard_product_type";
    TAGS = "Tags", "tags";
    PUBLISHED = "Published", "published" | "published_on_online_store";
    STATUS = "Status", "status";
    GIFT_CARD = "Gift Card", "gift_card";
    COMPARE_AT = "Variant Compare At Price", "variant_compare_at_price" | "compare_at_price";
    TRACKER = "Variant Inventory Tracker", "variant_inventory_tracker" | "inventory_tracker";
    QUANTITY = "Variant Inventory Qty", "variant_inventory_qty" | "inventory_quantity";
    POLICY = "Variant Inventory Policy", "variant_inventory_policy" | "continue_selling_when_out_of_stock";
    GRAMS = "Variant Grams", "variant_grams" | "weight_value_grams";
    VARIANT_IMAGE = "Variant Image", "variant_image" | "variant_image_url";
    IMAGE = "Image Src", "image_src" | "product_image_url";
    IMAGE_PLACE = "Image Position", "image_position";
    NAME1 = "Option1 Name", "option1_name";
    NAME2 = "Option2 Name", "option2_name";
    NAME3 = "Option3 Name", "option3_name";
    VALUE1 = "Option1 Value", "option1_value";
    VALUE2 = "Option2 Value", "option2_value";
    VALUE3 = "Option3 Value", "option3_value";
    FOURTH = "Option4 Value", "option4_value" | "option4_name";
}

/// Names and values of the options.
const OPTIONS: [(Column, Column); 3] = [(NAME1, VALUE1), (NAME2, VALUE2), (NAME3, VALUE3)];

/// What Shopify calls the only value of the only option of a product with nothing to choose.
const NOTHING_TO_CHOOSE: &str = "Default Title";

/// Columns that every export has.
pub(super) const NEEDED: [Column; 3] = [HANDLE, TITLE, PRICE];

/// The product of a handle's rows.
pub(super) fn product(reading: &Reading, rows: &[Row], problems: &mut Problems) -> Built {
    let first = |column| rows.iter().find_map(|row| row.get(column));
    if first(GIFT_CARD).is_some_and(is_true) {
        return Built::LeftOut(LeftOut::GiftCard);
    }
    let hidden = first(PUBLISHED).is_some_and(is_false)
        || first(STATUS).is_some_and(|status| !status.eq_ignore_ascii_case("active"));
    if hidden {
        return Built::LeftOut(LeftOut::Unpublished);
    }
    match draft(reading, rows, problems) {
        Some(goods) => Built::Goods(Box::new(goods)),
        None => Built::Wrong,
    }
}

fn draft(reading: &Reading, rows: &[Row], problems: &mut Problems) -> Option<Goods> {
    let head = rows.first()?;
    let with = |column| rows.iter().find(|row| row.get(column).is_some());
    let word = head.get(HANDLE)?.to_owned();
    let before = problems.count();
    let title = with(TITLE).and_then(|row| match text::line(row.get(TITLE)?) {
        Ok(title) => Some(title).filter(|title| !title.is_empty()),
        Err(fault) => {
            row.wrong(problems, TITLE, fault);
            Some(String::new())
        }
    });
    if title.is_none() {
        head.wrong(problems, TITLE, Fault::Missing);
    }
    let body = with(BODY).map(|row| {
        let body = text::body(row.get(BODY).unwrap_or_default());
        body.unwrap_or_else(|fault| {
            row.wrong(problems, BODY, fault);
            String::new()
        })
    });
    if let Some(row) = with(FOURTH) {
        row.wrong(problems, FOURTH, Fault::TooManyOptions);
    }
    let (options, variants) = variants(reading, rows, problems);
    let category = with(TYPE)
        .and_then(|row| row.get(TYPE))
        .or_else(|| with(CATEGORY).and_then(|row| row.get(CATEGORY)?.rsplit('>').next()));
    let named = |word: &str| text::line(word).ok().filter(|word| !word.is_empty());
    let tags = with(TAGS).and_then(|row| row.get(TAGS)).unwrap_or_default();
    let draft = Draft {
        word,
        title: title.unwrap_or_default(),
        body: body.unwrap_or_default(),
        category: category.and_then(named),
        brand: with(VENDOR).and_then(|row| named(row.get(VENDOR)?)),
        tags: tags.split(',').filter_map(named).collect(),
        pictures: pictures(rows),
        options,
        variants,
    };
    let goods = draft.finish(reading.stock, "Option1 Value", problems);
    goods.filter(|_| problems.count() == before)
}

fn variants(
    reading: &Reading,
    rows: &[Row],
    problems: &mut Problems,
) -> (Vec<String>, Vec<Variant>) {
    let is_variant = |row: &&Row| {
        let says = [VALUE1, SKU, PRICE];
        says.iter().any(|column| row.get(*column).is_some())
    };
    let mut told: Vec<&Row> = rows.iter().filter(is_variant).collect();
    if told.is_empty() {
        if let Some(head) = rows.first() {
            head.wrong(problems, PRICE, Fault::NoVariant);
        }
        return Default::default();
    }
    if let Some(row) = told.get(MOST_VARIANTS) {
        row.wrong(problems, HANDLE, Fault::TooManyVariants(MOST_VARIANTS));
        told.truncate(MOST_VARIANTS);
    }
    let names = option_names(&told);
    let variants = told.iter().filter_map(|row| {
        let values = names.iter().map(|(place, _)| {
            let column = OPTIONS.get(*place).map(|(_, value)| *value)?;
            let value = row.get(column).and_then(|value| text::line(value).ok());
            if value.as_ref().is_none_or(String::is_empty) {
                row.wrong(problems, column, Fault::Missing);
            }
            value
        });
        let values: Option<Vec<String>> = values.collect();
        variant(reading, row, values?, problems)
    });
    let variants = variants.collect();
    (names.into_iter().map(|(_, name)| name).collect(), variants)
}

/// The options that a product's variants differ by, with their places; none where there is nothing to choose.
fn option_names(told: &[&Row]) -> Vec<(usize, String)> {
    let named = |(place, (name, value)): (usize, &(Column, Column))| {
        let values: Vec<&str> = told.iter().filter_map(|row| row.get(*value)).collect();
        if values.is_empty() || values.iter().all(|value| *value == NOTHING_TO_CHOOSE) {
            return None;
        }
        let name = told
            .iter()
            .find_map(|row| row.get(*name))
            .unwrap_or("Title");
        let name = text::line(name).unwrap_or_default();
        // "Title" is what Shopify writes where the shop gave no name.
        let name = match name.as_str() {
            "" | "Title" => "Option".to_owned(),
            _ => name,
        };
        Some((place, name))
    };
    OPTIONS.iter().enumerate().filter_map(named).collect()
}

fn variant(
    reading: &Reading,
    row: &Row,
    values: Vec<String>,
    problems: &mut Problems,
) -> Option<Variant> {
    let before = problems.count();
    let selling = price(reading, row, PRICE, problems);
    if row.get(PRICE).is_none() {
        row.wrong(problems, PRICE, Fault::Missing);
    }
    let former = price(reading, row, COMPARE_AT, problems);
    let weight_g = grams(row, GRAMS, problems);
    let sku = row.get(SKU).filter(|sku| !reading.is_shared(sku));
    let variant = Variant {
        line: row.line,
        sku: sku.map(str::to_owned),
        values,
        price: selling.unwrap_or_default(),
        list_price: former.unwrap_or_default(),
        stock: stock(row, problems),
        weight_g,
        picture: row.get(VARIANT_IMAGE).map(str::to_owned),
    };
    (problems.count() == before).then_some(variant)
}

/// How many there are. Nobody counts goods without a tracker or those that are sold when none is left.
fn stock(row: &Row, problems: &mut Problems) -> Option<i64> {
    let on_hand = count(row, QUANTITY, problems);
    row.get(TRACKER)?;
    let endless = |policy: &str| policy.eq_ignore_ascii_case("continue") || is_true(policy);
    if row.get(POLICY).is_some_and(endless) {
        return None;
    }
    // Below zero is what was sold and is not there yet.
    on_hand.map(|on_hand| on_hand.max(0))
}

/// Addresses of the pictures in the order that the export gives them, each once.
fn pictures(rows: &[Row]) -> Vec<String> {
    let place = |row: &Row| {
        row.get(IMAGE_PLACE)
            .and_then(|place| place.parse::<u32>().ok())
    };
    let mut placed: Vec<(u32, &str)> = rows
        .iter()
        .filter_map(|row| Some((place(row).unwrap_or(u32::MAX), row.get(IMAGE)?)))
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    let mut pictures: Vec<String> = Vec::new();
    for (_, address) in placed {
        if !pictures.iter().any(|known| known == address) {
            pictures.push(address.to_owned());
        }
    }
    pictures
}

fn is_true(word: &str) -> bool {
    word.eq_ignore_ascii_case("true")
}

fn is_false(word: &str) -> bool {
    word.eq_ignore_ascii_case("false")
}
