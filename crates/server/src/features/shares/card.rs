//! What a link shows before it is opened, in the words of the reader: on a poster, in a chat, to a crawler.

use contract::Money;
use contract::catalog::ProductCard;
use contract::shares::{ShareCard, ShareTarget};

use super::{group, store};
use crate::db::Conn;
use crate::goods::Shelf;
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::{AppError, AppState};

/// A target that was found.
pub(super) struct Found {
    pub card: ShareCard,
    /// The product that it leads to.
    pub product: Option<ProductCard>,
    /// What one of that costs there, from the cheapest SKU to the dearest, in minor units.
    pub prices: (i64, i64),
}

/// What a target shows; `None` when there is no such thing any more.
pub(super) async fn find(
    conn: &mut Conn,
    state: &AppState,
    lang: Lang,
    target: &ShareTarget,
) -> Result<Option<Found>, AppError> {
    match target {
        ShareTarget::Product { slug } => product(conn, state, lang, slug).await,
        ShareTarget::Group { id } => group::find(conn, state, lang, id).await,
        ShareTarget::Creator { handle } => creator(conn, lang, handle).await,
        ShareTarget::Page { path } => page(conn, lang, path).await,
        ShareTarget::Live { id } => live(conn, lang, id.as_str()).await,
        ShareTarget::Video { id } => video(conn, lang, id.as_str()).await,
    }
}

async fn product(
    conn: &mut Conn,
    state: &AppState,
    lang: Lang,
    slug: &str,
) -> Result<Option<Found>, AppError> {
    let shelf = Shelf::read(state, &Moment::now(state)).await?;
    let Some(found) = store::product(conn, lang, &shelf, slug).await? else {
        return Ok(None);
    };
    let card = found.card;
    let from = if card.price_from {
        lang.pick("起", " and up")
    } else {
        ""
    };
    Ok(Some(Found {
        card: ShareCard {
            title: card.title.clone(),
            text: format!("{}{from} · {}", price(card.price), found.summary),
            picture: card.picture.clone(),
            price: Some(card.price),
            price_alone: None,
            need: None,
            size: None,
            href: format!("/p/{}", card.slug),
        },
        prices: (card.price.minor, found.dearest),
        product: Some(card),
    }))
}

async fn creator(conn: &mut Conn, lang: Lang, handle: &str) -> Result<Option<Found>, AppError> {
    let found = store::creator(conn, lang, handle).await?;
    Ok(found.map(|creator| {
        plain(
            creator.name,
            creator.bio,
            creator.avatar,
            format!("/c/{handle}"),
        )
    }))
}

async fn live(conn: &mut Conn, lang: Lang, id: &str) -> Result<Option<Found>, AppError> {
    let found = store::live(conn, lang, id).await?;
    Ok(found.map(|(title, host, poster)| {
        let text = format!("{} · {host}", lang.pick("直播", "Live"));
        plain(title, text, poster, format!("/live/{id}"))
    }))
}

async fn video(conn: &mut Conn, lang: Lang, id: &str) -> Result<Option<Found>, AppError> {
    let found = store::video(conn, lang, id).await?;
    Ok(found.map(|(caption, maker, poster)| {
        let text = format!("{} · {maker}", lang.pick("短视频", "Short video"));
        plain(caption, text, poster, format!("/v/{id}"))
    }))
}

async fn page(conn: &mut Conn, lang: Lang, path: &str) -> Result<Option<Found>, AppError> {
    let Some(category) = path.strip_prefix("/category/") else {
        return home(conn, lang).await.map(Some);
    };
    let found = store::category(conn, lang, category).await?;
    Ok(found.map(|(name, text, icon)| plain(name, text, icon, path.to_owned())))
}

/// The shop itself.
pub(super) async fn home(conn: &mut Conn, lang: Lang) -> Result<Found, AppError> {
    let (name, area) = store::shop(conn, lang).await?;
    let picture = store::banner(conn).await?;
    Ok(plain(name, area, picture, "/".to_owned()))
}

fn plain(
    title: String,
    text: String,
    picture: Option<contract::catalog::Picture>,
    href: String,
) -> Found {
    Found {
        card: ShareCard {
            title,
            text,
            picture,
            price: None,
            price_alone: None,
            need: None,
            size: None,
            href,
        },
        product: None,
        prices: (0, 0),
    }
}

/// An amount as a sentence says it: ¥39.9.
pub(super) fn price(amount: Money) -> String {
    let (whole, part) = (amount.minor / 100, (amount.minor % 100).abs());
    let digits = match part {
        0 => whole.to_string(),
        part if part % 10 == 0 => format!("{whole}.{}", part / 10),
        part => format!("{whole}.{part:02}"),
    };
    match amount.currency.code() {
        "CNY" => format!("¥{digits}"),
        code => format!("{code} {digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Currency;

    #[test]
    fn a_price_has_no_zeros_at_its_end() {
        let said = |minor| price(Money::new(minor, Currency::CNY));
        assert_eq!(
            [said(3990), said(3900), said(3995), said(5), said(0)],
            ["¥39.9", "¥39", "¥39.95", "¥0.05", "¥0"]
        );
        let other = Money::new(1250, "USD".parse().unwrap());
        assert_eq!(price(other), "USD 12.5");
    }
}
