//! Randomness from the browser's own generator.

use leptos::prelude::window;

/// 128 random bits as 32 hexadecimal digits; `None` where the browser has no generator.
pub fn token() -> Option<String> {
    if !super::BROWSER {
        return None;
    }
    let mut bytes = [0_u8; 16];
    window()
        .crypto()
        .ok()?
        .get_random_values_with_u8_array(&mut bytes)
        .ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A number from 0 to 1 that only spreads load.
pub fn chance() -> f64 {
    match super::BROWSER {
        true => js_sys::Math::random(),
        false => 0.0,
    }
}
