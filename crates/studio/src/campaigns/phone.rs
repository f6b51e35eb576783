//! The preview on a real phone: its address as a QR code.

use leptos::prelude::*;
use storefront::platform::{hand_over, page};
use storefront::t;
use storefront::ui::qr::{self, QUIET};
use storefront::ui::{Button, ButtonKind, Glyph, Icon, IconSize, Sheet, text, toast};

stylance::import_crate_style!(style, "src/campaigns/phone.module.css");

/// The sheet.
#[component]
pub fn PhoneSheet(open: RwSignal<bool>, address: Memo<Option<String>>) -> impl IntoView {
    let toaster = toast();
    let whole = move || address.get().map(|address| page::absolute(&address));
    let copy = move |()| {
        let Some(whole) = untrack(whole) else { return };
        leptos::task::spawn_local(async move {
            let words = match hand_over::copy(&whole).await {
                true => t!(campaigns.copied),
                false => t!(campaigns.not_copied),
            };
            toaster.show(words);
        });
    };
    view! {
        <Sheet open title=t!(campaigns.on_phone).to_owned()>
            <div class=style::phone>
                {move || whole().and_then(|whole| Some(view! { <Code code=qr::code(&whole)? /> }))}
                <p class=stylance::classes!(text::small, text::muted)>{t!(campaigns.on_phone_text)}</p>
                <Button kind=ButtonKind::Tonal on_press=copy>
                    <Icon glyph=Glyph::Copy size=IconSize::Small />
                    {t!(campaigns.copy)}
                </Button>
            </div>
        </Sheet>
    }
}

#[component]
fn Code(code: qr::Code) -> impl IntoView {
    let side = code.side + 2 * QUIET;
    let path: String = code
        .runs
        .iter()
        .map(|run| {
            format!(
                "M{} {}h{}v1h-{}z",
                run.x + QUIET,
                run.y + QUIET,
                run.length,
                run.length
            )
        })
        .collect();
    view! {
        <svg class=style::code viewBox=format!("0 0 {side} {side}") role="img" aria-label=t!(campaigns.code)>
            <path d=path></path>
        </svg>
    }
}
