//! What can be wrong with a catalogue file. Each fault has a code that stays and a sentence that says what
//! to do; where it is, [`super::Problems`] says.

use contract::Currency;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An entry of a JSON catalogue.
    #[error("{0}")]
    Entry(String),
    /// The path names a folder.
    #[error("is a folder; name the file in it")]
    Folder,
    /// There is nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// No text.
    #[error("the file is no text; export the catalogue as CSV, TSV, XML or JSON")]
    Binary,
    /// Text of two bytes a character.
    #[error("the text is UTF-16; save it as UTF-8")]
    Utf16,
    /// Bytes of another encoding.
    #[error("the text is not UTF-8 (GBK or Latin-1 perhaps); save it as UTF-8")]
    NotUtf8,
    /// A zero byte.
    #[error("holds a zero byte; export the file again")]
    Nul,
    /// None of the formats that are read.
    #[error(
        "is none of the catalogues that are read: Jishi's JSON, Shopify's product CSV, Google's product data as TSV or XML"
    )]
    UnknownFormat,
    /// Nothing to import in it.
    #[error("holds no product")]
    Nothing,
    /// Quotes that do not pair up.
    #[error(
        "a quote is missing or one too many in this row, or the file ends within it; nothing after it was read"
    )]
    Quotes,
    /// A row with more or fewer cells than the header.
    #[error("the row has {found} columns, the header {expected}")]
    ColumnCount {
        /// Columns of the row.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// The file ends within an entry.
    #[error("the file ends in the middle of this entry; export it again")]
    Truncated,
    /// A row that cannot be a product.
    #[error("an entry is longer than {0} MB; is a quote or an end tag missing?")]
    RowLong(u64),
    /// A cell that cannot be a text about goods.
    #[error("is {found} characters long, the most is {most}")]
    FieldLong {
        /// Characters of the cell.
        found: usize,
        /// The most.
        most: usize,
    },
    /// The header lacks a column.
    #[error("the file has no such column")]
    ColumnMissing,
    /// An empty cell that must say something.
    #[error("is empty")]
    Missing,
    /// A product's rows do not stand together.
    #[error("{handle:?} was told in line {line} already; keep the rows of a product together")]
    HandleAgain {
        /// The product.
        handle: String,
        /// Where it began.
        line: u64,
    },
    /// A product without anything to sell.
    #[error("the product has no variant with a price")]
    NoVariant,
    /// No amount.
    #[error("{0:?} is no amount such as 1299.00")]
    PriceText(String),
    /// An amount below zero.
    #[error("{0:?} is negative")]
    PriceNegative(String),
    /// An amount with parts of the smallest coin.
    #[error("{text:?} has more decimals than {currency} has")]
    PriceDecimals {
        /// The cell.
        text: String,
        /// In which currency.
        currency: Currency,
    },
    /// An amount that is a mistake.
    #[error("{0:?} is too high for a price")]
    PriceAbsurd(String),
    /// An amount without its currency.
    #[error("{0:?} names no currency; write it like 15.00 USD or pass --currency")]
    CurrencyMissing(String),
    /// A second currency.
    #[error("is in {found}, but the file began in {first}; a shop sells in one currency")]
    CurrenciesMixed {
        /// This amount's.
        found: Currency,
        /// The file's.
        first: Currency,
    },
    /// A SKU that is another variant's too.
    #[error("{sku:?} is the SKU of line {line} too")]
    SkuTwice {
        /// The SKU.
        sku: String,
        /// Where else.
        line: u64,
    },
    /// An id that is another item's too.
    #[error("{id:?} is the id of line {line} too")]
    IdTwice {
        /// The id.
        id: String,
        /// Where else.
        line: u64,
    },
    /// A group of variants within another group.
    #[error("the group {group:?} is an item of another group itself")]
    GroupInGroup {
        /// The group.
        group: String,
    },
    /// Two variants that nobody can tell apart.
    #[error("the variant has the same options as that of line {line}")]
    SameOptions {
        /// Where the other is.
        line: u64,
    },
    /// More options than a product has.
    #[error("a product has at most 3 options")]
    TooManyOptions,
    /// More variants than a product has.
    #[error("the product has more than {0} variants")]
    TooManyVariants(usize),
    /// No number.
    #[error("{0:?} is no number")]
    Number(String),
    /// A number that is a mistake.
    #[error("{0:?} is out of range")]
    NumberAbsurd(String),
    /// No word that says whether it can be bought.
    #[error("{0:?} is none of in_stock, out_of_stock, preorder, backorder")]
    Availability(String),
    /// A program in a text.
    #[error("the text holds a script; take it out")]
    Script,
    /// No XML.
    #[error("the XML is broken: {0}; nothing after it was read")]
    Xml(String),
    /// A document type, which could declare entities without end.
    #[error("the XML has a document type (<!DOCTYPE); take it out")]
    Doctype,
    /// An entity that nobody declared.
    #[error("&{0}; is no entity of XML; write the character itself")]
    Entity(String),
}

impl Fault {
    /// The fault's code, for programs; it stays when the sentence changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Entry(_) => "entry",
            Self::Folder => "folder",
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::Utf16 => "utf16",
            Self::NotUtf8 => "not_utf8",
            Self::Nul => "nul",
            Self::UnknownFormat => "unknown_format",
            Self::Nothing => "nothing",
            Self::Quotes => "quotes",
            Self::ColumnCount { .. } => "column_count",
            Self::Truncated => "truncated",
            Self::RowLong(_) => "row_long",
            Self::FieldLong { .. } => "field_long",
            Self::ColumnMissing => "column_missing",
            Self::Missing => "missing",
            Self::HandleAgain { .. } => "handle_again",
            Self::NoVariant => "no_variant",
            Self::PriceText(_) => "price_text",
            Self::PriceNegative(_) => "price_negative",
            Self::PriceDecimals { .. } => "price_decimals",
            Self::PriceAbsurd(_) => "price_absurd",
            Self::CurrencyMissing(_) => "currency_missing",
            Self::CurrenciesMixed { .. } => "currencies_mixed",
            Self::SkuTwice { .. } => "sku_twice",
            Self::IdTwice { .. } => "id_twice",
            Self::GroupInGroup { .. } => "group_in_group",
            Self::SameOptions { .. } => "same_options",
            Self::TooManyOptions => "too_many_options",
            Self::TooManyVariants(_) => "too_many_variants",
            Self::Number(_) => "number",
            Self::NumberAbsurd(_) => "number_absurd",
            Self::Availability(_) => "availability",
            Self::Script => "script",
            Self::Xml(_) => "xml",
            Self::Doctype => "doctype",
            Self::Entity(_) => "entity",
        }
    }
}
