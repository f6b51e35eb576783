//! Name, dates and hours of a promotion.

use contract::campaigns::DailySlot;
use leptos::prelude::*;
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Field, FieldKind, Glyph, Icon, IconButton, IconSize, Panel, text,
};

use super::desk::Desk;
use super::draft::Spot;
use super::fields::{self, At, Help, MomentField, TimeField};
use super::rows::SlotRow;

/// The longest name.
const TITLE: usize = 60;
/// The evening, for a first slot.
const EVENING: DailySlot = DailySlot {
    from: 20 * 60,
    to: 22 * 60,
};

/// The panel.
#[component]
pub fn WhenPanel(desk: Desk) -> impl IntoView {
    let draft = desk.draft;
    view! {
        <Panel title=t!(campaigns.settings).to_owned()>
            <div class=text::stack>
                <fieldset disabled=move || !desk.is_editable() class=fields::fields>
                    <At spot=Spot::TitleZh>
                        <Field label=t!(campaigns.title_zh) kind=FieldKind::Text value=draft.title_zh longest=TITLE />
                    </At>
                    <At spot=Spot::TitleEn>
                        <Field label=t!(campaigns.title_en) kind=FieldKind::Text value=draft.title_en longest=TITLE />
                    </At>
                </fieldset>
                <div class=fields::dates>
                    <fieldset disabled=move || !desk.is_open()>
                        <At spot=Spot::Starts>
                            <MomentField
                                label=t!(campaigns.starts)
                                moment=draft.starts
                                error=desk.wrong(Spot::Starts, t!(campaigns.wrong_moment))
                            />
                        </At>
                    </fieldset>
                    <fieldset disabled=move || !desk.is_editable()>
                        <At spot=Spot::Ends>
                            <MomentField
                                label=t!(campaigns.ends)
                                moment=draft.ends
                                error=desk.wrong(Spot::Ends, t!(campaigns.wrong_end))
                            />
                        </At>
                    </fieldset>
                </div>
                <fieldset disabled=move || !desk.is_open()>
                    <At spot=Spot::Slots>
                        <Slots desk />
                    </At>
                </fieldset>
            </div>
        </Panel>
    }
}

#[component]
fn Slots(desk: Desk) -> impl IntoView {
    let slots = desk.draft.slots;
    let add = move |()| {
        let row = desk.draft.keeping(|| SlotRow::new(EVENING));
        slots.update(|slots| slots.push(row));
    };
    let wrong = desk.wrong(Spot::Slots, t!(campaigns.wrong_slots));
    view! {
        <div class=text::stack role="group" aria-label=t!(campaigns.slots)>
            <ul class=fields::rows>
                <For each=move || slots.get() key=|row| row.key let:row>
                    <li class=fields::row>
                        <div class=fields::narrow><TimeField label=t!(campaigns.slot_from) value=row.from /></div>
                        <div class=fields::narrow><TimeField label=t!(campaigns.slot_to) value=row.to /></div>
                        <IconButton
                            label=t!(campaigns.slot_drop).to_owned()
                            glyph=Glyph::Trash
                            size=IconSize::Small
                            on_press=move |()| slots.update(|slots| slots.retain(|it| it.key != row.key))
                        />
                    </li>
                </For>
            </ul>
            <div class=fields::actions>
                <Button kind=ButtonKind::Plain small=true on_press=add>
                    <Icon glyph=Glyph::Plus size=IconSize::Small />
                    {t!(campaigns.slot_add)}
                </Button>
                {move || slots.with(Vec::is_empty).then(|| view! { <span class=stylance::classes!(text::caption, text::muted)>{t!(campaigns.slots_none)}</span> })}
            </div>
            {move || match wrong.get() {
                Some(words) => view! { <p class=stylance::classes!(text::caption, fields::wrong) role="alert">{words}</p> }.into_any(),
                None if slots.with(|slots| !slots.is_empty()) => view! { <Help words=t!(campaigns.slots_text) /> }.into_any(),
                None => ().into_any(),
            }}
        </div>
    }
}
