//! Links from one of the project's pages to another, or to a picture, lead somewhere.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Finding;
use super::source::files_with_extension;

/// The links that lead nowhere.
///
/// # Errors
/// When a page cannot be read.
pub fn check(root: &Path) -> Result<Vec<Finding>> {
    let mut pages = files_with_extension(root, &["docs", "demo", "end2end"], "md")?;
    for entry in fs::read_dir(root)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            pages.push(name);
        }
    }
    let mut findings = Vec::new();
    for page in pages {
        let text = fs::read_to_string(root.join(&page))?;
        let folder = root
            .join(&page)
            .parent()
            .map(Path::to_owned)
            .unwrap_or_default();
        for (line, target) in links(&text) {
            if !folder.join(&target).exists() {
                findings.push(Finding::error(
                    &page,
                    line,
                    format!("links to {target}: not there"),
                ));
            }
        }
    }
    Ok(findings)
}

/// The relative targets of `[…](target)` and `src="target"`, with their lines; what stands in
/// code is no link.
fn links(page: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in page.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect();
        let markdown = after_each(&prose, "](", ')');
        let html = after_each(&prose, "src=\"", '"');
        for target in markdown.into_iter().chain(html) {
            let file = target.split(['#', '?', ' ']).next().unwrap_or_default();
            if !file.is_empty() && !file.contains(':') {
                found.push((number + 1, file.to_owned()));
            }
        }
    }
    found
}

fn after_each<'a>(text: &'a str, opening: &str, closing: char) -> Vec<&'a str> {
    text.split(opening)
        .skip(1)
        .filter_map(|rest| rest.split_once(closing).map(|(target, _)| target))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_links_in_prose_count() {
        let page = "[a](docs/a.md#part) [b](https://example.org) [c](#here) `[d](d.md)`\n\
                    ```\n[e](e.md)\n```\n<img src=\"shots/feed.png\">";
        let targets: Vec<_> = links(page);
        assert_eq!(
            targets,
            [
                (1, "docs/a.md".to_owned()),
                (5, "shots/feed.png".to_owned())
            ]
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let root = tempfile::tempdir().unwrap();
        fs::write(
            root.path().join("README.md"),
            "[a](LICENSE) [b](missing.md)",
        )
        .unwrap();
        fs::write(root.path().join("LICENSE"), "").unwrap();
        assert_eq!(check(root.path()).unwrap().len(), 1);
    }
}
