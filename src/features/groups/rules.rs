//! The rules of this group, in words, where they are asked for.

use contract::groups::{GroupProgress, JoinPolicy};
use leptos::prelude::*;

use crate::i18n::{day_and_time, number};
use crate::t;
use crate::ui::{Glyph, Icon, Sheet, text};

stylance::import_crate_style!(style, "src/features/groups/rules.module.css");

/// The sheet.
#[component]
pub(super) fn RulesSheet(group: Signal<GroupProgress>, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Sheet open title=t!(groups.rules_title).to_owned()>
            <ul class=style::rules>
                {rules(&group.get_untracked())
                    .into_iter()
                    .map(|(glyph, words)| {
                        view! {
                            <li>
                                <Icon glyph />
                                <span class=text::grow>{words}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </Sheet>
    }
}

fn rules(group: &GroupProgress) -> Vec<(Glyph, String)> {
    let fill = t!(
        groups.rule_fill,
        time = day_and_time(group.expires_at),
        n = number(group.size.into())
    );
    let who = match group.join_policy {
        JoinPolicy::Any => None,
        JoinPolicy::NewUserOnly => Some(t!(groups.rule_new)),
        JoinPolicy::Community => Some(t!(groups.rule_community)),
    };
    let pays_leader = group.prices.iter().any(|seat| seat.reward.is_some());
    let said = |glyph, words: &str| (glyph, words.to_owned());
    std::iter::once((Glyph::Group, fill))
        .chain(who.map(|words| said(Glyph::User, words)))
        .chain(pays_leader.then(|| said(Glyph::Wallet, t!(groups.rule_reward))))
        .chain([
            said(Glyph::Refund, t!(groups.rule_refund)),
            said(Glyph::Lock, t!(groups.rule_price)),
            said(Glyph::Clock, t!(groups.rule_hold)),
            said(Glyph::Wallet, t!(groups.rule_late)),
            said(Glyph::Truck, t!(groups.rule_ship)),
        ])
        .collect()
}
