//! The icon sprite `public/icons.svg`: Lucide's drawings (ISC licence) under our own names,
//! so that a view says what it means (`i-back`) and not what it looks like.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;

/// Our name and Lucide's.
const ICONS: &[(&str, &str)] = &[
    ("home", "house"),
    ("search", "search"),
    ("play", "play"),
    ("live", "radio"),
    ("cart", "shopping-cart"),
    ("user", "user-round"),
    ("back", "chevron-left"),
    ("next", "chevron-right"),
    ("down", "chevron-down"),
    ("up", "chevron-up"),
    ("close", "x"),
    ("share", "share-2"),
    ("heart", "heart"),
    ("comment", "message-circle"),
    ("store", "store"),
    ("group", "users-round"),
    ("clock", "clock"),
    ("flash", "zap"),
    ("check", "check"),
    ("ok", "circle-check"),
    ("alert", "circle-alert"),
    ("warn", "triangle-alert"),
    ("info", "info"),
    ("shield", "shield-check"),
    ("truck", "truck"),
    ("refund", "undo-2"),
    ("place", "map-pin"),
    ("coupon", "ticket"),
    ("plus", "plus"),
    ("minus", "minus"),
    ("trash", "trash-2"),
    ("filter", "sliders-horizontal"),
    ("sort", "arrow-up-down"),
    ("grid", "layout-grid"),
    ("scan", "scan-line"),
    ("bell", "bell"),
    ("star", "star"),
    ("copy", "copy"),
    ("link", "link"),
    ("download", "download"),
    ("qr", "qr-code"),
    ("image", "image"),
    ("moments", "aperture"),
    ("wallet", "wallet"),
    ("chart", "chart-column"),
    ("edit", "pencil"),
    ("eye", "eye"),
    ("calendar", "calendar"),
    ("pause", "pause"),
    ("sound", "volume-2"),
    ("mute", "volume-x"),
    ("pip", "picture-in-picture-2"),
    ("send", "send"),
    ("gift", "gift"),
    ("phone", "phone"),
    ("package", "package"),
    ("offline", "wifi-off"),
    ("refresh", "refresh-cw"),
    ("more", "ellipsis"),
    ("menu", "menu"),
    ("settings", "settings"),
    ("lock", "lock"),
    ("follow", "user-plus"),
    ("bag", "shopping-bag"),
    ("flame", "flame"),
    ("support", "headset"),
    ("cash", "banknote"),
    ("blocked", "circle-x"),
    ("campaign", "megaphone"),
    ("trend", "chart-line"),
    ("captions", "captions"),
    ("list", "list"),
    ("smile", "smile"),
    ("external", "external-link"),
];

/// Drawn for this project; Lucide has no brands.
const WECHAT: &str = concat!(
    r#"<path d="M9.2 4C5.2 4 2 6.7 2 10c0 1.9 1 3.5 2.6 4.6L4 17l2.8-1.4c.8.2 1.6.4 2.4.4"/>"#,
    r#"<path d="M22 14.6c0-2.9-2.8-5.2-6.3-5.2s-6.3 2.3-6.3 5.2 2.8 5.2 6.3 5.2c.7 0 1.4-.1 2-.3"#,
    r#"L20 20.7l-.5-2.1c1.5-1 2.5-2.4 2.5-4z"/>"#,
);

/// The sprite's text.
///
/// # Errors
/// When Lucide's package is not installed or lacks a drawing.
pub fn sprite(project: &Project) -> Result<String> {
    let source = project.path("end2end/node_modules/lucide-static/icons");
    let mut sprite = String::from(
        "<!-- Lucide, ISC licence, lucide.dev; i-wechat is the project's own. -->\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\">\n",
    );
    for (name, lucide) in ICONS {
        let path = source.join(format!("{lucide}.svg"));
        let svg = fs::read_to_string(&path)
            .with_context(|| format!("no drawing {}; run `cargo xtask setup`", path.display()))?;
        let shapes = shapes(&svg).with_context(|| format!("{} is no SVG", path.display()))?;
        push_symbol(&mut sprite, name, &shapes)?;
    }
    push_symbol(&mut sprite, "wechat", WECHAT)?;
    sprite.push_str("</svg>\n");
    Ok(sprite)
}

fn push_symbol(sprite: &mut String, name: &str, shapes: &str) -> Result<()> {
    writeln!(
        sprite,
        r#"<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>"#
    )?;
    Ok(())
}

/// What stands between `<svg …>` and `</svg>`, without the spaces of its layout.
fn shapes(svg: &str) -> Option<String> {
    let (_, from_tag) = svg.split_once("<svg")?;
    let (_, inside) = from_tag.split_once('>')?;
    let (inside, _) = inside.split_once("</svg>")?;
    Some(
        inside
            .lines()
            .map(str::trim)
            .collect::<String>()
            .replace(" />", "/>"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shapes_are_kept() {
        let svg = "<!-- x -->\n<svg\n  class=\"a\"\n>\n  <path d=\"M1 2\" />\n</svg>\n";
        assert_eq!(shapes(svg).as_deref(), Some("<path d=\"M1 2\"/>"));
        assert_eq!(shapes("nothing"), None);
    }

    #[test]
    fn a_name_stands_for_one_drawing() {
        let mut names: Vec<_> = ICONS.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ICONS.len());
    }
}
