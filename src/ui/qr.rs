//! A QR code (ISO/IEC 18004, not micro) as rows of dark runs.

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules that a reader needs around a code.
pub const QUIET: u32 = 4;

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Modules of a side.
    pub side: u32,
    /// Its dark runs.
    pub runs: Vec<Run>,
}

/// Dark modules beside one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Modules to the left of it.
    pub x: u32,
    /// Rows above it.
    pub y: u32,
    /// How many.
    pub length: u32,
}

/// The code of an address; `None` when it is too long for any.
pub fn code(address: &str) -> Option<Code> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let mut runs: Vec<Run> = Vec::new();
    for (y, row) in (0..side).zip(0_u32..) {
        for (x, column) in (0..side).zip(0_u32..) {
            if !code.get_module(x, y) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.y == row && run.x + run.length == column => run.length += 1,
                _ => runs.push(Run {
                    x: column,
                    y: row,
                    length: 1,
                }),
            }
        }
    }
    Some(Code {
        side: u32::try_from(side).ok()?,
        runs,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_link_is_a_small_code_with_its_three_eyes() {
        let code = code("https://jishi.example/s/0aB3dE5fG7hJ").unwrap();
        assert_eq!(code.side, 29);
        for eye in [(0, 0), (22, 0), (0, 22)] {
            let eye = Run {
                x: eye.0,
                y: eye.1,
                length: 7,
            };
            assert!(code.runs.contains(&eye), "{eye:?}");
        }
        assert!(code.runs.iter().all(|run| run.x + run.length <= code.side));
    }

    #[test]
    fn the_runs_are_the_codes_dark_modules() {
        let text = "https://jishi.example/s/0aB3dE5fG7hJ";
        let modules = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let dark =
            |x: i32, y: i32| {
                code(text).unwrap().runs.iter().any(|run| {
                    run.y == y as u32 && (run.x..run.x + run.length).contains(&(x as u32))
                })
            };
        for (x, y) in [
            (0, 0),
            (1, 1),
            (3, 3),
            (7, 7),
            (8, 13),
            (14, 14),
            (20, 9),
            (28, 28),
        ] {
            assert_eq!(dark(x, y), modules.get_module(x, y), "{x} {y}");
        }
    }

    #[test]
    fn what_fits_no_code_is_none() {
        assert_eq!(code(&"a".repeat(3_000)), None);
    }
}
