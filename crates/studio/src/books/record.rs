//! What staff did, newest first, as it was before and after.

use contract::books::{StaffAction, StaffActionList};
use contract::live_studio::StaffRole;
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::i18n::day_and_time;
use storefront::t;
use storefront::ui::{Empty, Glyph};

use super::api;
use crate::address;
use crate::head::{self, Head};
use crate::paged::waiting;

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/books/result.module.css"
);

/// The record.
#[component]
pub fn RecordPage() -> impl IntoView {
    let load = use_load(api::list_staff_actions);
    let children = |list: StaffActionList| {
        if list.items.is_empty() {
            return view! { <Empty glyph=Glyph::List title=t!(books.no_actions) /> }.into_any();
        }
        let rows = list
            .items
            .into_iter()
            .map(|action| view! { <li><Action action /></li> });
        view! { <ol class=style::record>{rows.collect_view()}</ol> }.into_any()
    };
    view! {
        <Head title=Signal::derive(|| t!(books.record).to_owned()) note=Signal::derive(|| t!(books.record_text).to_owned()) back=address::books() />
        <main class=head::main><Loading load skeleton=waiting children /></main>
    }
}

#[component]
fn Action(action: StaffAction) -> impl IntoView {
    let part = |name: &'static str, json: Option<String>| {
        json.map(|json| view! { <p>{name}</p><pre>{json}</pre> })
    };
    let changed = action.before.is_some() || action.after.is_some();
    let (before, after) = (
        part(t!(books.before), action.before),
        part(t!(books.after), action.after),
    );
    view! {
        <b>{words(&action.operation)}</b>
        " "
        <span>{action.target}</span>
        <div class=style::facts>
            <span>{action.name}</span>
            <span>{role(&action.role)}</span>
            <time>{day_and_time(action.at)}</time>
        </div>
        {changed.then(|| view! {
            <details><summary>{t!(books.changed)}</summary>{before}{after}</details>
        })}
    }
}

/// An operation in words; its own name where there are none.
fn words(operation: &str) -> String {
    let words = match operation {
        "refund_order" => t!(books.did_refund),
        "hand_over_order" => t!(books.did_hand_over),
        "reveal_contact" => t!(books.did_reveal),
        "adjust_stock" => t!(books.did_stock),
        "set_sku_cost" => t!(books.did_cost),
        "set_member_level" => t!(books.did_level),
        "post_loss" => t!(books.did_loss),
        "close_period" => t!(books.did_close),
        "audit_books" => t!(books.did_audit),
        "create_campaign" => t!(books.did_create),
        "edit_campaign" => t!(books.did_edit),
        "move_campaign" => t!(books.did_move),
        other => other,
    };
    words.to_owned()
}

fn role(word: &str) -> String {
    let role = serde_json::from_value::<StaffRole>(serde_json::Value::String(word.to_owned()));
    let words = match role {
        Ok(StaffRole::Host) => t!(books.host),
        Ok(StaffRole::CampaignEditor) => t!(books.editor),
        Ok(StaffRole::Support) => t!(books.support),
        Ok(StaffRole::Accountant) => t!(books.accountant),
        Ok(StaffRole::Owner) => t!(books.shop_owner),
        Err(_) => word,
    };
    words.to_owned()
}
