//! A person as strangers see one: the first letter of a masked name on a tone.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/face.module.css");

const TONES: [&str; 6] = [
    style::sun,
    style::rose,
    style::mint,
    style::sky,
    style::lilac,
    style::peach,
];

/// The tone of a name: the same name has the same one everywhere.
fn tone(name: &str) -> &'static str {
    let sum = name
        .chars()
        .fold(0_usize, |sum, c| sum.wrapping_add(c as usize));
    TONES.get(sum % TONES.len()).copied().unwrap_or(style::sun)
}

/// A face of `--size`. Not spoken: the name stands beside it.
#[component]
pub fn Face(
    /// Whose, masked.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let letter = name.chars().next().map(String::from).unwrap_or_default();
    let class = stylance::classes!(style::face, tone(&name));
    view! {
        <span class=class aria-hidden="true">
            {letter}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_tone() {
        assert_eq!(tone("林**"), tone("林**"));
        assert!(TONES.contains(&tone("")));
    }
}
