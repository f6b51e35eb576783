//! Pictures: in the widths that phones need, and fetched from where a catalogue says they are.

use contract::catalog::{ProductDetail, ProductList, in_width};
use serde_json::json;
use server::import::Options;

use crate::harness::{TestShop, changed_demo};

fn with_sizes() -> Options {
    Options {
        sizes: true,
        ..Options::default()
    }
}

#[tokio::test]
async fn pictures_come_in_the_widths_of_phones() {
    for shop in TestShop::each().await {
        let two = changed_demo(&shop, |file| {
            file["products"].as_array_mut().unwrap().truncate(2);
            file["banners"] = json!([]);
        });
        shop.import_with(&two, &with_sizes()).await.unwrap();
        let list: ProductList = shop.get("/api/products").ok().await;
        for card in &list.items {
            let picture = card.picture.as_ref().unwrap();
            assert_eq!((picture.width, &picture.widths[..]), (800, &[180, 400][..]));
            let path = format!("/api/products/{}", card.id);
            let detail: ProductDetail = shop.get(&path).ok().await;
            assert!(detail.pictures.iter().all(|p| p.widths == [180, 400]));
            let original = shop.get(&picture.src).send().await.body.len();
            for width in &picture.widths {
                let smaller = shop.get(&in_width(&picture.src, *width)).send().await;
                assert_eq!(smaller.status, 200);
                assert_eq!(smaller.header("content-type"), "image/webp");
                assert!(smaller.header("cache-control").contains("immutable"));
                assert!(smaller.body.len() < original, "{width}");
            }
        }
    }
}

#[tokio::test]
async fn goods_come_without_pictures_that_cannot_be_had() {
    for shop in TestShop::each().await {
        let file = shop.folder.path().join("pictures.csv");
        let text = "Handle,Title,Variant Price,Image Src\n\
                    hat,Hat,1.00,http://127.0.0.1:9/hat.png\n\
                    cap,Cap,1.00,ftp://shop.example/cap.png\n";
        std::fs::write(&file, text).unwrap();
        let options = Options {
            fetch_pictures: true,
            ..with_sizes()
        };
        let imported = shop.import_with(&file, &options).await.unwrap();
        assert_eq!((imported.products, imported.pictures_failed), (2, 2));
        assert_eq!(imported.without_picture, 2);
        let told = imported.pictures_told.join("\n");
        assert!(told.contains("hat.png leads to 127.0.0.1, which is not on the internet"));
        assert!(told.contains("cap.png is no http or https address"));
    }
}

#[tokio::test]
async fn a_picture_that_was_fetched_stays_with_later_imports() {
    for shop in TestShop::each().await {
        let mut tx = shop.state.db.begin().await.unwrap();
        for sql in [
            "INSERT INTO media (src, width, height, tint, widths) VALUES ('/media/fetched/1.webp', 900, 900, '#aabbcc', '180,400,800')",
            "INSERT INTO picture_source (url, src) VALUES ('https://cdn.example/hat.png', '/media/fetched/1.webp')",
        ] {
            sqlx::query(sql).execute(tx.conn()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let file = shop.folder.path().join("pictures.csv");
        let text = "Handle,Title,Variant Price,Image Src\n\
                    hat,Hat,1.00,https://cdn.example/hat.png\n\
                    cap,Cap,1.00,https://cdn.example/cap.png\n";
        std::fs::write(&file, text).unwrap();
        let imported = shop.import(&file).await.unwrap();
        assert_eq!((imported.pictures, imported.without_picture), (1, 1));
        let hat: ProductDetail = shop.get("/api/products/hat").ok().await;
        let picture = hat.card.picture.unwrap();
        assert_eq!(picture.widths, [180, 400, 800]);
        assert_eq!(picture.src, "/media/fetched/1.webp");
    }
}

#[tokio::test]
async fn a_browser_that_takes_avif_gets_it_where_it_is_made() {
    for shop in TestShop::each().await {
        let media = &shop.state.config.media_dir;
        std::fs::create_dir_all(media).unwrap();
        for (name, bytes) in [
            ("a.0123456789abcdef.webp", "webp"),
            ("a.0123456789abcdef.avif", "avif"),
            ("b.0123456789abcdef.webp", "webp"),
            // It saved nothing.
            ("b.0123456789abcdef.avif", ""),
            ("c.0123456789abcdef.webp", "webp"),
        ] {
            std::fs::write(media.join(name), bytes).unwrap();
        }
        for (name, accept, served, keep) in [
            (
                "a",
                "image/avif,image/webp,*/*;q=0.8",
                "image/avif",
                "private",
            ),
            ("a", "image/webp,*/*;q=0.8", "image/webp", "public"),
            ("a", "image/avif;q=0, */*", "image/webp", "public"),
            ("b", "image/avif,image/webp", "image/webp", "public"),
            ("c", "image/avif,image/webp", "image/webp", "public"),
        ] {
            let path = format!("/media/{name}.0123456789abcdef.webp");
            let answer = shop.get(&path).header("accept", accept).send().await;
            assert_eq!(answer.header("content-type"), served, "{name} {accept}");
            assert_eq!(answer.header("vary"), "accept");
            let cache = answer.header("cache-control");
            assert!(
                cache.starts_with(keep) && cache.contains("immutable"),
                "{cache}"
            );
        }
    }
}
