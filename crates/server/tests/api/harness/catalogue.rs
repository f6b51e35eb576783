//! Catalogue files to import: the demo shop's, as it is or with a change.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::TestShop;

/// The demo shop's catalogue.
pub fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/catalogue.json")
}

/// The demo shop's short videos.
pub fn demo_videos() -> PathBuf {
    demo().with_file_name("shorts.json")
}

/// The demo catalogue with a change, beside links to the demo's pictures.
pub fn changed_demo(shop: &TestShop, change: impl FnOnce(&mut Value)) -> PathBuf {
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(demo()).unwrap()).unwrap();
    change(&mut file);
    let folder = shop
        .folder
        .path()
        .join(format!("import-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&folder).unwrap();
    for pictures in ["avatars", "banners", "categories", "products"] {
        copy_folder(
            &demo().parent().unwrap().join(pictures),
            &folder.join(pictures),
        );
    }
    let path = folder.join("catalogue.json");
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::hard_link(entry.path(), to.join(entry.file_name()))
            .or_else(|_| std::fs::copy(entry.path(), to.join(entry.file_name())).map(|_| ()))
            .unwrap();
    }
}
