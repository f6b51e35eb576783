//! A list that may be as long as the shop: only what is near the visible part is in the document.

mod window;

use std::sync::{Arc, Mutex, PoisonError};

use leptos::html;
use leptos::prelude::*;

use crate::platform::{events, place};
use window::{Drawn, Heights, Part, Sight};

stylance::import_crate_style!(style, "src/ui/long_list.module.css");

/// The heights of a list's entries, kept with the list for the way back to it.
#[derive(Clone, Debug, Default)]
pub struct Measured(Arc<Mutex<Heights>>);

impl Measured {
    fn with<R>(&self, look: impl FnOnce(&mut Heights) -> R) -> R {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A list in rows of one, two or five equal entries. Assistive technology is told of every entry's place;
/// the one with the focus stays.
#[component]
pub fn LongList(
    /// How many entries there are so far.
    count: Signal<usize>,
    /// Whether no more will come.
    complete: Signal<bool>,
    /// How high they were.
    measured: Signal<Measured>,
    /// Tells an entry from all others.
    key: Callback<usize, String>,
    /// Draws an entry.
    draw: Callback<usize, AnyView>,
    /// How the list looks.
    #[prop(optional)]
    class: &'static str,
    /// How an entry's place looks.
    #[prop(optional)]
    cell: &'static str,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let drawn = RwSignal::new(Drawn::default());
    // Entries that stay may be taken out of the document and put in again while others come: `For` moves more than
    // has another place.
    let holder = StoredValue::new_local(None);
    let look = move || {
        let (Some(list), Some(count)) = (list.get_untracked(), count.try_get_untracked()) else {
            return;
        };
        let now = measured.get_untracked().with(|heights| {
            let (width, top, screen) = place::of(&list);
            heights.in_width(width);
            for group in drawn.read_untracked().groups(count) {
                if let Some((height, space)) = place::extent(&list, group.start, group.end) {
                    heights.saw(&group, height, space);
                }
            }
            let focus = place::focused(&list);
            heights.near(
                count,
                Sight {
                    width,
                    top,
                    screen,
                    focus,
                },
            )
        });
        if *drawn.read_untracked() != now {
            holder.set_value(place::holder(&list));
            drawn.set(now);
        }
    };
    let looking = StoredValue::new(false);
    let soon = move || {
        if looking.try_update_value(|looking| !std::mem::replace(looking, true)) == Some(true) {
            request_animation_frame(move || {
                if looking.try_set_value(false).is_none() {
                    look();
                }
            });
        }
    };
    // Whatever scrolls: the page, or the sheet that the list stands in.
    events::on_window_first("scroll", move |_| soon());
    events::on_window("resize", move |_| soon());
    Effect::new(move || {
        count.track();
        drawn.track();
        if let Some(holder) = holder.try_update_value(Option::take).flatten() {
            place::hold(&holder);
        }
        soon();
    });
    let entries = move || {
        let drawn = drawn.read();
        let parts = measured
            .get()
            .with(|heights| drawn.parts(count.get(), heights));
        let mut entries = Vec::new();
        let mut done = 0;
        for part in parts {
            match part {
                Part::Entries(range) => {
                    done = range.end;
                    entries.extend(range.map(|entry| (key.run(entry), Err(entry))));
                }
                Part::Gap(px) => entries.push((format!("{done}..{px}"), Ok(px))),
            }
        }
        entries
    };
    let size = Memo::new(move |_| match complete.get() {
        true => count.get().to_string(),
        false => "-1".to_owned(),
    });
    let entry = move |(_, entry): (String, Result<u32, usize>)| {
        match entry {
        Ok(px) => {
            view! { <li class=style::gap aria-hidden="true" style:block-size=format!("{px}px")></li> }
                .into_any()
        }
        Err(entry) => view! {
            <li class=cell aria-posinset=entry + 1 aria-setsize=move || size.get()>
                {untrack(|| draw.run(entry))}
            </li>
        }
        .into_any(),
    }
    };
    view! {
        <ul class=class node_ref=list>
            <For each=entries key=|(key, _)| key.clone() children=entry />
        </ul>
    }
}
