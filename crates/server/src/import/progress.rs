//! The bar that tells how far an import is, at what rate, and how long the rest will take.

use indicatif::{ProgressBar, ProgressStyle};

const BYTES: &str = "{msg:>9} {bar:32} {bytes}/{total_bytes}  {binary_bytes_per_sec}  {eta} left";
const THINGS: &str = "{msg:>9} {bar:32} {human_pos}/{human_len}  {per_sec}  {eta} left";

/// Begins a part that is counted in bytes.
pub(super) fn bytes(bar: &ProgressBar, part: &'static str, of: u64) {
    begin(bar, part, of, BYTES);
}

/// Begins a part that is counted in products or pictures.
pub(super) fn things(bar: &ProgressBar, part: &'static str, of: usize) {
    begin(bar, part, of as u64, THINGS);
}

fn begin(bar: &ProgressBar, part: &'static str, of: u64, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.reset();
    bar.set_length(of);
    bar.set_message(part);
}
