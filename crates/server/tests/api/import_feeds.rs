//! Catalogues of other shops: Shopify's CSV and Google's product data become goods that look right.

use std::path::{Path, PathBuf};

use contract::catalog::{Home, ProductDetail, ProductList};
use contract::{Currency, Money};
use server::import::{Imported, Options};

use crate::harness::{TestShop, demo};

/// A catalogue of tests/data.
fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

async fn all(shop: &TestShop) -> ProductList {
    shop.get("/api/products?limit=50").ok().await
}

async fn product(shop: &TestShop, id: &str) -> ProductDetail {
    shop.get(&format!("/api/products/{id}")).ok().await
}

fn in_currency(code: &str) -> Options {
    Options {
        currency: Some(code.parse().unwrap()),
        ..Options::default()
    }
}

#[tokio::test]
async fn a_classic_shopify_export_becomes_goods() {
    for shop in TestShop::each().await {
        let usd = in_currency("USD");
        let imported = shop.import_with(&data("shopify-classic.csv"), &usd).await;
        let expected = Imported {
            products: 3,
            skus: 4,
            unpublished: 1,
            gift_cards: 1,
            without_picture: 3,
            stock_assumed: 1,
            skus_replaced: 1,
            ..Imported::default()
        };
        assert_eq!(imported.unwrap(), expected, "{}", shop.on);
        let glove = product(&shop, "harbour-glove").await;
        assert_eq!(glove.card.title, "Harbour Glove");
        assert_eq!(
            glove.summary,
            "Warm & dry. By us\n• Grip® Palm, 12\" cuff\n• Soft lining"
        );
        assert_eq!(glove.brand.as_deref(), Some("North & Sons"));
        let usd: Currency = "USD".parse().unwrap();
        assert_eq!(glove.card.price, Money::new(5495, usd));
        assert_eq!(glove.card.list_price, Some(Money::new(129_900, usd)));
        let options: Vec<&str> = glove.options.iter().map(|o| o.name.as_str()).collect();
        assert_eq!(options, ["Size", "Color"]);
        let told: Vec<_> = glove
            .skus
            .iter()
            .map(|sku| (sku.label.as_str(), sku.available, sku.weight_g))
            .collect();
        assert_eq!(
            told,
            [
                ("Medium / True Black", 4, Some(454)),
                ("Large / True Black", 0, Some(454))
            ]
        );
        assert!(glove.skus[1].id.as_str().starts_with("gl-01-l-"));
        let beanie = product(&shop, "plain-beanie").await;
        assert_eq!((beanie.options.len(), beanie.skus.len()), (0, 1));
        assert_eq!(beanie.skus[0].available, 100);
        let binding = product(&shop, "other-binding").await;
        assert_eq!(binding.card.list_price, None);
        assert_ne!(binding.skus[0].id, beanie.skus[0].id);
        let labels: Vec<&str> = glove.tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(labels, ["knit"], "what all goods have says nothing");
    }
}

#[tokio::test]
async fn todays_shopify_export_with_its_other_columns_becomes_goods() {
    for shop in TestShop::each().await {
        let imported = shop.import(&data("shopify-today.csv")).await.unwrap();
        assert_eq!((imported.products, imported.unpublished), (2, 2));
        assert_eq!(imported.currency_assumed, Some(Currency::CNY));
        let list = all(&shop).await;
        let titles: Vec<&str> = list.items.iter().map(|card| card.title.as_str()).collect();
        assert_eq!(titles, ["红颜草莓礼盒", "Tote"]);
        let berries = product(&shop, &list.items[0].slug).await;
        assert_eq!(berries.summary, "现摘\n现发");
        assert_eq!(berries.skus[0].available, 12);
        assert_eq!(berries.skus[1].available, 100, "sold when none is left");
        let tote = product(&shop, "tote").await;
        assert_eq!(tote.summary, "Said \"nice\", then left");
        assert_eq!(tote.skus[0].label, "Standard");
        let found: ProductList = shop.get("/api/products?q=%E8%8D%89%E8%8E%93").ok().await;
        assert_eq!(found.total, 1);
    }
}

#[tokio::test]
async fn google_s_table_becomes_goods_with_its_groups() {
    for shop in TestShop::each().await {
        let imported = shop.import(&data("google.tsv")).await.unwrap();
        assert_eq!((imported.products, imported.skus), (2, 3));
        assert_eq!(imported.currency_assumed, None);
        let hat = product(&shop, "HAT").await;
        assert_eq!(hat.card.title, "Wool hat");
        assert_eq!(hat.options[0].name, "Color");
        let usd: Currency = "USD".parse().unwrap();
        assert_eq!(hat.card.price, Money::new(1999, usd));
        assert_eq!(hat.card.list_price, Some(Money::new(2500, usd)));
        assert_eq!(hat.skus[1].price, Money::new(2500, usd));
        assert_eq!(hat.skus[1].weight_g, Some(250));
        let scarf = product(&shop, "SCARF").await;
        assert_eq!(scarf.card.price, Money::new(4500, usd), "the sale is over");
        assert!(scarf.card.sold_out);
        let home: Home = shop.get("/api/home").ok().await;
        let names: Vec<&str> = home.categories.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["Apparel", "Other"]);
    }
}

#[tokio::test]
async fn google_s_feeds_in_rss_and_atom_become_goods() {
    for shop in TestShop::each().await {
        let imported = shop.import(&data("google-rss.xml")).await.unwrap();
        assert_eq!((imported.products, imported.skus), (2, 2));
        let cup = product(&shop, "CUP-1").await;
        assert_eq!(cup.card.title, "Tea cup blue");
        assert_eq!(cup.summary, "Thin & light");
        assert_eq!(cup.card.price.minor, 1500, "the yen has no decimals");
        assert!(product(&shop, "CUP-2").await.card.sold_out);
        let home: Home = shop.get("/api/home").ok().await;
        assert_eq!(home.shop, "North & Sons");
        shop.import(&data("google-atom.xml")).await.unwrap();
        let mug = product(&shop, "A").await;
        assert_eq!(mug.skus.len(), 2);
        assert_eq!(mug.skus[0].price.minor, 1250);
        assert_eq!(mug.skus[1].available, 7);
        assert_eq!(all(&shop).await.total, 1, "the file says what is on sale");
    }
}

#[tokio::test]
async fn importing_again_updates_and_never_resurrects_sold_goods() {
    for shop in TestShop::each().await {
        let usd = in_currency("USD");
        let file = data("shopify-classic.csv");
        shop.import_with(&file, &usd).await.unwrap();
        let before = product(&shop, "harbour-glove").await;
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query("UPDATE stock SET sold = 3 WHERE sku = $1")
            .bind(before.skus[0].id.as_str())
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let changed = shop.folder.path().join("changed.csv");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(
            &changed,
            text.replace("54.95", "49.95").replace("Soft", "Softer"),
        )
        .unwrap();
        shop.import_with(&changed, &usd).await.unwrap();
        let after = product(&shop, "harbour-glove").await;
        assert_eq!(after.skus[0].id, before.skus[0].id);
        assert_eq!((after.skus[0].available, after.card.price.minor), (1, 4995));
        assert!(after.summary.contains("Softer"));
        assert_eq!(all(&shop).await.total, 3);
        let found: ProductList = shop.get("/api/products?q=softer").ok().await;
        assert_eq!(found.total, 1);
    }
}

#[tokio::test]
async fn a_catalogue_may_follow_another_and_take_over_its_words() {
    for shop in TestShop::each_stocked().await {
        let slug: String = sqlx::query_scalar("SELECT slug FROM product WHERE id = 'p01'")
            .fetch_one(shop.state.db.reader())
            .await
            .unwrap();
        let file = shop.folder.path().join("one.csv");
        let text = format!("Handle,Title,Variant Price,Type\n{slug},Berries,1.00,Fruit\n");
        std::fs::write(&file, text).unwrap();
        let imported = shop.import(&file).await.unwrap();
        assert_eq!(imported.currency_assumed, Some(Currency::CNY));
        let list = all(&shop).await;
        assert_eq!(
            (list.total, list.items[0].slug.as_str()),
            (1, slug.as_str())
        );
        let home: Home = shop.get("/api/home").ok().await;
        assert!(
            home.banners.is_empty(),
            "they led to what is not sold any more"
        );
        assert_eq!(home.categories.len(), 1);
        assert_eq!(home.categories[0].icon, None);
        shop.import(&demo()).await.unwrap();
        assert_eq!(all(&shop).await.total, 60);
    }
}

#[tokio::test]
async fn a_dry_run_checks_and_stores_nothing() {
    for shop in TestShop::each().await {
        let dry = Options {
            dry_run: true,
            ..Options::default()
        };
        for file in [demo(), data("google.tsv")] {
            let imported = shop.import_with(&file, &dry).await.unwrap();
            assert!(imported.products > 1);
        }
        assert_eq!(all(&shop).await.total, 0);
        assert!(!shop.state.config.media_dir.exists());
    }
}

/// No picture, no translation, no brand: everything that a shopper reads still says something, in both
/// languages, and such goods can be quoted.
#[tokio::test]
async fn goods_without_pictures_and_translations_have_every_word() {
    for shop in TestShop::each().await {
        shop.import(&data("shopify-today.csv")).await.unwrap();
        for lang in ["zh-CN", "en"] {
            let list: ProductList = shop.get("/api/products").lang(lang).ok().await;
            assert_eq!(list.total, 2);
            for card in &list.items {
                assert!(!card.title.is_empty() && card.picture.is_none(), "{lang}");
                let path = format!("/api/products/{}", card.id);
                let detail: ProductDetail = shop.get(&path).lang(lang).ok().await;
                assert!(!detail.store.name.is_empty(), "{lang} {}", card.title);
                assert!(detail.pictures.is_empty() && !detail.delivery.is_empty());
                assert!(detail.skus.iter().all(|sku| !sku.label.is_empty()));
                let options = detail.options.iter();
                assert!(options.flat_map(|o| &o.values).all(|v| !v.label.is_empty()));
                assert!(detail.options.iter().all(|o| !o.name.is_empty()));
            }
            let home: Home = shop.get("/api/home").lang(lang).ok().await;
            assert!(home.categories.iter().all(|c| !c.name.is_empty()));
        }
    }
}

/// Five thousand rows in one go; how long they take is printed, not judged.
#[tokio::test]
async fn thousands_of_rows_are_imported_in_one_transaction() {
    for shop in TestShop::each().await {
        let file = shop.folder.path().join("many.csv");
        let mut text = "Handle,Title,Body (HTML),Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price\n".to_owned();
        for n in 0..1_250 {
            text += &format!(
                "item-{n},Item number {n},<p>Body of {n}</p>,Kind {},\"a, b{}\",Size,S,{n}-S,1.50\n",
                n % 20,
                n % 7
            );
            for size in ["M", "L", "XL"] {
                text += &format!("item-{n},,,,,,{size},{n}-{size},2.50\n");
            }
        }
        std::fs::write(&file, text).unwrap();
        let began = std::time::Instant::now();
        let imported = shop.import(&file).await.unwrap();
        println!("5,000 rows on {} in {:?}", shop.on, began.elapsed());
        assert_eq!((imported.products, imported.skus), (1_250, 5_000));
        assert_eq!(all(&shop).await.total, 1_250);
    }
}
