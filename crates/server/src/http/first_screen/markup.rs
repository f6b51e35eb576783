//! The app's markup as it may stand in a page: the Content Security Policy takes no `style` attributes, so that they
//! become one style block; and the picture that matters most is named, to be fetched first.

/// Markup without `style` attributes.
pub(super) struct Markup {
    /// The markup.
    pub html: String,
    /// What the attributes said.
    pub style: String,
    /// The attributes of the picture that matters most, as they stand in the markup.
    hero: Option<Hero>,
}

struct Hero {
    src: String,
    srcset: String,
    sizes: String,
    is_marked: bool,
}

impl Markup {
    /// Of what the app's components drew: every attribute's value stands in double quotes.
    pub(super) fn of(drawn: &str) -> Self {
        let mut markup = Self {
            html: String::with_capacity(drawn.len()),
            style: String::new(),
            hero: None,
        };
        let mut styles: Vec<&str> = Vec::new();
        let mut rest = drawn;
        let mut opened = false;
        while let Some((text, tag, after)) = next_tag(rest) {
            // An empty text is drawn as a space, so that it has a place; in the browser it has none.
            let is_empty = opened && text == " " && tag.starts_with("</");
            if !is_empty {
                markup.html.push_str(text);
            }
            opened = !tag.starts_with("</");
            markup.look_at(tag);
            let style = attributes(tag).find(|(name, _)| *name == "style");
            match style {
                Some((_, style)) => {
                    let known = styles.iter().position(|known| *known == style);
                    let number = known.unwrap_or_else(|| {
                        styles.push(style);
                        styles.len() - 1
                    });
                    let attribute = format!("style=\"{style}\"");
                    let numbered = format!("data-style=\"{number}\"");
                    markup
                        .html
                        .push_str(&tag.replacen(&attribute, &numbered, 1));
                }
                None => markup.html.push_str(tag),
            }
            rest = after;
        }
        markup.html.push_str(rest);
        for (number, style) in styles
            .into_iter()
            .enumerate()
            .filter(|(_, it)| is_plain(it))
        {
            markup
                .style
                .push_str(&format!("[data-style=\"{number}\"]{{{style}}}"));
        }
        markup
    }

    /// A picture marked as the most important, else the first that is not fetched late.
    fn look_at(&mut self, tag: &str) {
        if !tag.starts_with("<img") || self.hero.as_ref().is_some_and(|hero| hero.is_marked) {
            return;
        }
        let value = |wanted| {
            let found = attributes(tag).find(|(name, _)| *name == wanted);
            found.map(|(_, value)| value).unwrap_or_default().to_owned()
        };
        let is_marked = value("fetchpriority") == "high";
        if is_marked || (self.hero.is_none() && value("loading") == "eager") {
            self.hero = Some(Hero {
                src: value("src"),
                srcset: value("srcset"),
                sizes: value("sizes"),
                is_marked,
            });
        }
    }

    /// Has the browser fetch the most important picture before it has read the body.
    pub(super) fn preload(&self) -> String {
        let Some(hero) = &self.hero else {
            return String::new();
        };
        let mut link = format!(
            "<link rel=\"preload\" as=\"image\" fetchpriority=\"high\" href=\"{}\"",
            hero.src
        );
        for (name, value) in [("imagesrcset", &hero.srcset), ("imagesizes", &hero.sizes)] {
            if !value.is_empty() {
                link.push_str(&format!(" {name}=\"{value}\""));
            }
        }
        link.push('>');
        link
    }
}

/// The text before the next tag, the tag, and what follows it.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let start = html.find('<')?;
    let (text, tag) = html.split_at(start);
    let mut quoted = false;
    let end = tag.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    })?;
    let (tag, after) = tag.split_at_checked(end + 1)?;
    Some((text, tag, after))
}

/// Names and values of a tag's attributes that have a value.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut parts = tag.split('"');
    std::iter::from_fn(move || {
        let (before, value) = (parts.next()?, parts.next()?);
        let name = before.rsplit(' ').next()?.strip_suffix('=')?;
        Some((name, value))
    })
}

/// Nothing in it can leave a rule of a style sheet.
fn is_plain(style: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " #%.,()/:;_-".contains(c);
    style.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_leave_their_attributes_and_the_same_one_is_said_once() {
        let drawn = "<div class=\"a\" style=\"--tone:#abc;\"><p title=\"a > b\">style=\"x\"</p></div>\
                     <div style=\"--tone:#abc;\"></div><i style=\"}</style><b>\"></i>";
        let markup = Markup::of(drawn);
        assert_eq!(
            markup.html,
            "<div class=\"a\" data-style=\"0\"><p title=\"a > b\">style=\"x\"</p></div>\
             <div data-style=\"0\"></div><i data-style=\"1\"></i>"
        );
        assert_eq!(markup.style, "[data-style=\"0\"]{--tone:#abc;}");
    }

    #[test]
    fn an_empty_text_takes_no_room() {
        let drawn = "<b> </b><i>a</i> <p>b <em>c</em> </p>";
        let room = "<b></b><i>a</i> <p>b <em>c</em> </p>";
        assert_eq!(Markup::of(drawn).html, room);
    }

    #[test]
    fn the_marked_picture_is_fetched_first_else_the_first_eager_one() {
        let eager = "<img src=\"/1\" loading=\"lazy\"><img srcset=\"/2 2w\" sizes=\"1px\" src=\"/2\" loading=\"eager\">";
        assert_eq!(
            Markup::of(eager).preload(),
            "<link rel=\"preload\" as=\"image\" fetchpriority=\"high\" href=\"/2\" imagesrcset=\"/2 2w\" imagesizes=\"1px\">"
        );
        let marked = format!("{eager}<img src=\"/3\" fetchpriority=\"high\">");
        assert!(Markup::of(&marked).preload().contains("href=\"/3\""));
        assert_eq!(Markup::of("<p></p>").preload(), "");
    }
}
