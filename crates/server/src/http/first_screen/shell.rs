//! The app's page as it was built, cut open where a first screen goes in.

use super::super::language::Lang;

/// The built page in parts.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Shell {
    /// Up to the language of `<html>`.
    start: String,
    /// From there to the title, without the general description.
    early: String,
    /// From behind the title to the end of the head.
    late: String,
    /// From the end of the head into the body.
    body: String,
    /// From behind what is painted before the app.
    end: String,
    /// The style sheet of all pages but the start page.
    rest: Option<String>,
    policy: String,
}

impl Shell {
    /// Cuts a built page open, minified or not; `None` when it is not as expected.
    pub(in super::super) fn of_page(html: &str, policy: &str) -> Option<Self> {
        let (start, html) = html.split_once("lang=")?;
        let (_, html) = html.split_at(html.find([' ', '>'])?);
        let (head, html) = html.split_once("</head>")?;
        let (early, late) = head.split_once("<title>")?;
        let (_, late) = late.split_once("</title>")?;
        let (body, html) = html.split_once("<body>")?;
        let (_, end) = html.split_once("</noscript>")?;
        Some(Self {
            start: format!("{start}lang="),
            early: without_description(early)?,
            late: without_description(late)?,
            body: format!("</head>{body}<body>"),
            end: end.to_owned(),
            rest: rest(head),
            policy: policy.to_owned(),
        })
    }

    /// The Content Security Policy of the page as it was built.
    pub(super) fn policy(&self) -> &str {
        &self.policy
    }

    /// The page with `head` in place of the general title and description, and `body` in place of what is painted
    /// before the app. `with_rest`: it needs the style of other pages than the first.
    pub(super) fn page(&self, lang: Lang, head: &str, with_rest: bool, body: &str) -> String {
        let rest = self.rest.as_ref().filter(|_| with_rest).map(|rest| {
            // Before the app's own script asks for it: as late as the sheet that it belongs to.
            format!("<link rel=\"stylesheet\" href=\"{rest}\">")
        });
        [
            &self.start,
            "\"",
            lang.tag(),
            // Tells style and script that what stands in the body is the app's own markup.
            "\" data-drawn",
            &self.early,
            head,
            &self.late,
            rest.as_deref().unwrap_or_default(),
            &self.body,
            body,
            &self.end,
        ]
        .concat()
    }
}

fn without_description(head: &str) -> Option<String> {
    let Some(at) = head
        .find("name=description")
        .or_else(|| head.find("name=\"description\""))
    else {
        return Some(head.to_owned());
    };
    let (before, after) = head.split_at(at);
    let (before, _) = before.rsplit_once('<')?;
    let (_, after) = after.split_once('>')?;
    Some(format!("{before}{after}"))
}

/// Listed by the build for `boot.js`, beside the pieces of the app.
fn rest(head: &str) -> Option<String> {
    let (_, list) = head.split_once("\"style\":[\"")?;
    let (rest, _) = list.split_once('"')?;
    Some(rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIFIED: &str = "<!doctype html><html lang=zh-CN><meta charset=utf-8>\
        <meta content=\"a shop\" name=description><title>集市</title>\
        <script id=pieces type=application/json>{\"style\":[\"/rest-1.css\"]}</script></head>\
        <body><div aria-busy=true id=shell><p>wait</p></div><noscript><p>no</p></noscript></body></html>";

    #[test]
    fn a_first_screen_goes_in_where_the_general_words_were() {
        let shell = Shell::of_page(MINIFIED, "").unwrap();
        assert_eq!(
            shell.page(
                Lang::En,
                "<title>Tea</title>",
                true,
                "<div id=shell>Tea</div>"
            ),
            "<!doctype html><html lang=\"en\" data-drawn><meta charset=utf-8><title>Tea</title>\
             <script id=pieces type=application/json>{\"style\":[\"/rest-1.css\"]}</script>\
             <link rel=\"stylesheet\" href=\"/rest-1.css\"></head>\
             <body><div id=shell>Tea</div></body></html>"
        );
        assert!(!shell.page(Lang::Zh, "", false, "").contains("stylesheet"));
    }

    #[test]
    fn the_page_as_it_is_written_can_be_cut_open() {
        let written = include_str!("../../../../../index.html");
        let page = Shell::of_page(written, "")
            .unwrap()
            .page(Lang::En, "", true, "BODY");
        assert!(
            page.contains("<html lang=\"en\" data-drawn>") && page.contains("<body>BODY"),
            "{page}"
        );
        assert!(
            !page.contains("description") && !page.contains("<title>"),
            "{page}"
        );
        assert_eq!(Shell::of_page("<p>something else</p>", ""), None);
    }
}
