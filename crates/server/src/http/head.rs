//! What a page says of itself to crawlers and chats: description, canonical address, Open Graph.

use contract::shares::ShareCard;
use maud::{Markup, html};

use super::language::Lang;

/// A page's target as others show it.
pub struct HeadTags<'a> {
    /// Origin of the shop.
    pub origin: &'a str,
    /// Its name.
    pub shop: &'a str,
    /// What the page is about.
    pub card: &'a ShareCard,
    /// The address that a chat keeps.
    pub url: &'a str,
    /// Language of the page.
    pub lang: Lang,
}

impl HeadTags<'_> {
    /// The tags.
    pub fn tags(&self) -> Markup {
        let card = self.card;
        let picture = card.picture.as_ref();
        html! {
            meta name="description" content=(card.text);
            link rel="canonical" href={ (self.origin) (card.href) };
            meta property="og:type" content="website";
            meta property="og:site_name" content=(self.shop);
            meta property="og:locale" content=(self.lang.pick("zh_CN", "en_US"));
            meta property="og:title" content=(card.title);
            meta property="og:description" content=(card.text);
            meta property="og:url" content=(self.url);
            @if let Some(picture) = picture {
                meta property="og:image" content={ (self.origin) (picture.src) };
                meta property="og:image:width" content=(picture.width);
                meta property="og:image:height" content=(picture.height);
                meta property="og:image:alt" content=(card.title);
            }
            meta name="twitter:card" content=(if picture.is_some() { "summary_large_image" } else { "summary" });
        }
    }
}
