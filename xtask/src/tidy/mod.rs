//! `cargo xtask tidy`: the architecture's rules, checked from the source. ARCHITECTURE.md says
//! why each rule is there; a message here says what to do.

mod docs;
mod files;
mod imports;
mod layers;
mod locales;
mod packages;
mod source;
mod tokens;
mod views;
mod words;

use std::fmt;
use std::path::Path;

use anyhow::Result;

use crate::console::say;
use crate::project::Project;
use source::Source;

/// One place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    path: String,
    /// Counted from 1; 0 speaks of the whole file.
    line: usize,
    message: String,
    weight: Weight,
}

/// Whether a finding stops a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Error,
    Warning,
}

impl Finding {
    fn error(path: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line,
            message: message.into(),
            weight: Weight::Error,
        }
    }

    fn warning(path: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self {
            weight: Weight::Warning,
            ..Self::error(path, line, message)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.weight {
            Weight::Error => "✗",
            Weight::Warning => "·",
        };
        match self.line {
            0 => write!(f, "{mark} {}: {}", self.path, self.message),
            line => write!(f, "{mark} {}:{line}: {}", self.path, self.message),
        }
    }
}

/// Prints what breaks a rule; true when nothing does.
///
/// # Errors
/// When a file cannot be read.
pub fn command(project: &Project) -> Result<bool> {
    let findings = check(project.root())?;
    for finding in &findings {
        say(finding.to_string());
    }
    let errors = findings
        .iter()
        .filter(|f| f.weight == Weight::Error)
        .count();
    match errors {
        0 => say("✓ tidy: the source keeps the architecture's rules"),
        1 => say("✗ tidy: 1 place breaks a rule"),
        n => say(format!("✗ tidy: {n} places break a rule")),
    }
    Ok(errors == 0)
}

/// Everything found under `root`, in the order of the files.
///
/// # Errors
/// When a file cannot be read or is no Rust.
fn check(root: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for source in Source::read_all(root)? {
        findings.extend(files::check(&source));
        findings.extend(layers::check(&source));
        findings.extend(views::check(&source));
    }
    findings.extend(packages::check(root)?);
    findings.extend(words::check(root)?);
    findings.extend(locales::check(root)?);
    findings.extend(docs::check(root)?);
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_repository_is_tidy() {
        let project = Project::find().unwrap();
        let errors: Vec<String> = check(project.root())
            .unwrap()
            .iter()
            .filter(|finding| finding.weight == Weight::Error)
            .map(Finding::to_string)
            .collect();
        assert!(errors.is_empty(), "\n{}", errors.join("\n"));
    }
}
