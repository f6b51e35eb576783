//! Groups of the product that can be joined: the two most urgent ones, and all of them in a sheet.

use contract::ProductId;
use contract::groups::{GroupOffer, OpenGroup};
use leptos::prelude::*;

use super::super::api::list_groups;
use crate::api::{PagesEnd, use_pages};
use crate::routes;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{
    Glyph, Icon, OpenGroupRow, OpenGroups, Panel, Sheet, Skeleton, SkeletonKind, text,
};

stylance::import_crate_style!(style, "src/features/catalog/product/open_groups.module.css");

/// Groups shown on the page itself.
const SHOWN: usize = 2;

/// The panel; nothing while no group forms.
#[component]
pub(super) fn DirectJoin(product: ProductId, offer: GroupOffer) -> impl IntoView {
    if offer.open.is_empty() {
        return None;
    }
    let open = RwSignal::new(false);
    let all = u64::from(offer.forming);
    let more = move || {
        view! {
            <button class=style::more type="button" aria-haspopup="dialog" on:click=move |_| open.set(true)>
                {t!(groups.forming, count = all)}
                <Icon glyph=Glyph::Next />
            </button>
        }
    };
    let product = StoredValue::new(product);
    let rows = offer.open.into_iter().take(SHOWN).map(row).collect_view();
    Some(view! {
        <Panel title=t!(groups.join_directly) more>
            <OpenGroups>{rows}</OpenGroups>
        </Panel>
        <Sheet open title=t!(groups.all_open).to_owned()>
            <All product=product.get_value() />
        </Sheet>
    })
}

fn row(group: OpenGroup) -> impl IntoView {
    let expires_at = group.expires_at;
    let left = use_server_time().seconds_until(move || Some(expires_at));
    let href = routes::group(&group.id);
    view! { <OpenGroupRow group left href /> }
}

/// All of them, a page at a time. Groups change by the minute: each opening reads them anew.
#[component]
fn All(product: ProductId) -> impl IntoView {
    let key = format!("groups:{product}:{}", crate::platform::page::monotonic_ms());
    let product = StoredValue::new(product);
    let groups = use_pages(
        move || key.clone(),
        |group: &OpenGroup| group.id.to_string(),
        move |cursor| list_groups(product.get_value(), cursor),
    );
    view! {
        <OpenGroups>
            <For each=move || groups.list.get().items().to_vec() key=|group| group.id.clone() children=row />
        </OpenGroups>
        {move || {
            groups
                .list
                .read()
                .is_empty()
                .then(|| view! { <p class=stylance::classes!(text::small, text::muted)>{t!(groups.none_open)}</p> })
        }}
        <PagesEnd pages=groups skeleton=waiting end=t!(groups.all_open_end) />
    }
}

fn waiting() -> AnyView {
    view! { <Skeleton kind=SkeletonKind::Block /> }.into_any()
}
