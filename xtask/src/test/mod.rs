//! `cargo xtask test`: everything a change must pass, the quick checks first. A stage that
//! fails does not stop the next; the last line says how many tests held.

mod checks;
mod count;
mod end2end;
pub mod postgres;
mod suites;

use std::fs;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use crate::console::{say, seconds};
use crate::process::last_lines;
use crate::project::Project;
use crate::setup::{self, Need};
use crate::toolchain::Toolchain;
use count::Count;

/// How much of a failed stage's log is shown.
const SHOWN_LINES: usize = 150;

/// One part of the check, in the order they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The code is formatted
    Fmt,
    /// The source keeps the architecture's rules
    Tidy,
    /// Clippy has nothing to say, on the host
    Clippy,
    /// Clippy has nothing to say about the app as the browser runs it
    ClippyWasm,
    /// Every package's tests; the API suite on SQLite
    Host,
    /// The API suite on a throw-away PostgreSQL
    Postgres,
    /// What needs a browser's own functions, in headless Chromium
    Wasm,
    /// The shop as it is shipped builds
    Build,
    /// The first load keeps its budget
    Size,
    /// A person's way through the shop, in a phone-sized Chromium
    End2end,
}

/// What a stage works with.
struct Bench<'a> {
    project: &'a Project,
    toolchain: &'a Toolchain,
}

/// Runs all stages, or those asked for; true when nothing failed.
///
/// # Errors
/// Only when the terminal cannot be written to; whatever fails is counted.
pub fn command(project: &Project, only: &[Stage]) -> Result<bool> {
    let mut total = Count::default();
    match setup::run(project, Need::Test) {
        Ok(toolchain) => {
            let bench = Bench {
                project,
                toolchain: &toolchain,
            };
            let chosen = Stage::value_variants()
                .iter()
                .filter(|stage| only.is_empty() || only.contains(stage));
            for stage in chosen {
                total += stage.run(&bench);
            }
        }
        Err(error) => {
            say(format!("✗ set-up: {error:#}"));
            total += Count::FAILED;
        }
    }
    say(format!("{} passed, {} failed", total.passed, total.failed));
    Ok(total.failed == 0)
}

impl Stage {
    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn run(self, bench: &Bench<'_>) -> Count {
        let name = self.name();
        let began = Instant::now();
        say(format!("▸ {name}"));
        let count = match self.count(bench) {
            Ok(count) => count,
            Err(error) => {
                say(format!("{error:#}"));
                Count::FAILED
            }
        };
        if count.failed > 0 {
            show_log(bench.project, &name);
        }
        let mark = if count.failed == 0 { "✓" } else { "✗" };
        say(format!(
            "{mark} {name}: passed {}, failed {}, {}",
            count.passed,
            count.failed,
            seconds(began)
        ));
        count
    }

    fn count(self, bench: &Bench<'_>) -> Result<Count> {
        match self {
            Self::Fmt => checks::fmt(bench),
            Self::Tidy => checks::tidy(bench),
            Self::Clippy => checks::clippy(bench),
            Self::ClippyWasm => checks::clippy_wasm(bench),
            Self::Host => suites::host(bench),
            Self::Postgres => suites::postgres(bench),
            Self::Wasm => suites::wasm(bench),
            Self::Build => checks::build(bench),
            Self::Size => checks::size(bench),
            Self::End2end => end2end::run(bench),
        }
    }
}

fn show_log(project: &Project, name: &str) {
    let log = project.log(name);
    if let Ok(text) = fs::read_to_string(&log) {
        say(last_lines(&text, SHOWN_LINES));
        say(format!("(the whole log: {})", log.display()));
    }
}
