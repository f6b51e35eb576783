//! One link: what it leads to, its funnel, what it earned, and what can be done with it.

use contract::shares::{ShareChannel, ShareStats, ShareTarget};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::api;
use super::links::Rows;
use crate::api::{IdempotencyKey, failure_words};
use crate::i18n::{money_to_pay, month_day, number, percent};
use crate::stores::use_share;
use crate::t;
use crate::ui::{Badge, BadgeKind, Button, ButtonKind, Picture, PictureKind, Sheet, text, toast};

stylance::import_crate_style!(style, "src/features/shares/page/link.module.css");

/// A channel's name.
pub fn channel_words(channel: ShareChannel) -> &'static str {
    match channel {
        ShareChannel::Chat => t!(shares.chat),
        ShareChannel::Moments => t!(shares.moments),
        ShareChannel::Poster => t!(shares.poster),
        ShareChannel::Copy => t!(shares.copy),
        ShareChannel::System => t!(shares.system),
    }
}

/// What a link's badge states.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Forming {
        taken: u32,
        size: u32,
    },
    Complete,
    Falls {
        rate: String,
        at: contract::Timestamp,
    },
    Rate(String),
    NoRate,
}

/// What is worth saying of a link's terms: a coming fall always, its group's progress, else its rate.
fn states(link: &ShareStats) -> Vec<State> {
    let group = match (&link.target, link.card.need, link.card.size) {
        (ShareTarget::Group { .. }, Some(0), _) => Some(State::Complete),
        (ShareTarget::Group { .. }, Some(need), Some(size)) => Some(State::Forming {
            taken: size.saturating_sub(need),
            size,
        }),
        _ => None,
    };
    let rate = match link.rate_change {
        Some(change) => Some(State::Falls {
            rate: percent(change.rate_bp),
            at: change.at,
        }),
        None if group.is_some() => None,
        None if link.rate_bp == 0 => Some(State::NoRate),
        None => Some(State::Rate(percent(link.rate_bp))),
    };
    group.into_iter().chain(rate).collect()
}

fn badge(state: State) -> impl IntoView {
    let (kind, words) = match state {
        State::Forming { taken, size } => (
            BadgeKind::SunSoft,
            t!(
                shares.group_state,
                taken = number(taken.into()),
                size = number(size.into())
            ),
        ),
        State::Complete => (BadgeKind::JadeSoft, t!(shares.group_done).to_owned()),
        State::Falls { rate, at } => (
            BadgeKind::Plain,
            t!(shares.rate_falls, date = month_day(at), rate = rate),
        ),
        State::Rate(rate) => (BadgeKind::JadeSoft, t!(shares.rate, rate = rate)),
        State::NoRate => (BadgeKind::Plain, t!(shares.no_rate).to_owned()),
    };
    view! { <Badge kind>{words}</Badge> }
}

/// A link's row.
#[component]
pub fn Link(link: ShareStats, rows: Rows) -> impl IntoView {
    let share = use_share();
    let target = link.target.clone();
    let token = link.token.clone();
    let is_off = link.revoked;
    let off = Memo::new(move |_| is_off || rows.revoked.read().contains(&token));
    let stored = StoredValue::new(link.clone());
    let picture = link.product.as_ref().and_then(|it| it.picture.clone());
    let figure = |name: &'static str, count: u64| {
        view! {
            <span>
                {name} " " <b>{number(count)}</b>
            </span>
        }
    };
    let badges = states(&link).into_iter().map(badge).collect_view();
    let title = link.product.map_or(link.card.title, |it| it.title);
    view! {
        <li class=style::link>
            <Picture picture=picture.or(link.card.picture) kind=PictureKind::Thumb />
            <div class=style::main>
                <h3 class=style::title>
                    <a href=link.card.href>{title}</a>
                </h3>
                <p class=style::funnel>
                    {figure(t!(shares.views), link.views)} {figure(t!(shares.clicks), link.clicks)}
                    {figure(t!(shares.joins), link.joins)} {figure(t!(shares.paid), link.paid)}
                </p>
                <p class=style::states>
                    <Badge>{channel_words(link.channel)}</Badge>
                    {link.sub_id.map(|label| view! { <Badge kind=BadgeKind::InfoSoft>{label}</Badge> })}
                    {badges}
                    {move || {
                        off.get()
                            .then(|| {
                                view! { <Badge kind=BadgeKind::DangerSoft>{t!(shares.revoked)}</Badge> }
                            })
                    }}
                </p>
            </div>
            <div class=style::end>
                <span class=style::earned>
                    <span class=text::hidden>{t!(shares.earned)}" "</span>
                    {(link.earned.minor >= 0).then_some("+")}
                    {money_to_pay(link.earned)}
                </span>
                <Button
                    kind=ButtonKind::Tonal
                    small=true
                    on_press=move |()| share.open(target.clone())
                >
                    {t!(shares.again)}
                </Button>
                <Show when=move || !off.get()>
                    <Button
                        kind=ButtonKind::Quiet
                        small=true
                        on_press=move |()| rows.revoking.set(Some(stored.get_value()))
                    >
                        {t!(shares.revoke)}
                    </Button>
                </Show>
            </div>
        </li>
    }
}

/// Asks before a link is turned off.
#[component]
pub fn RevokeSheet(rows: Rows) -> impl IntoView {
    let toaster = toast();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    Effect::new(move || {
        if rows.revoking.with(Option::is_some) {
            trouble.set(None);
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            rows.revoking.set(None);
        }
    });
    let press = move |()| {
        let Some(link) = rows.revoking.get_untracked() else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            match api::revoke_share(IdempotencyKey::new(), link.token.clone()).await {
                Ok(()) => {
                    rows.revoked.try_update(|revoked| revoked.push(link.token));
                    open.try_set(false);
                    toaster.show(t!(shares.revoked_done));
                }
                Err(error) => {
                    trouble.try_set(Some(failure_words(&error).1));
                }
            }
            busy.try_set(false);
        });
    };
    let foot = move || {
        view! {
            <p class=style::trouble role="alert">
                {move || trouble.get()}
            </p>
            <Button wide=true busy on_press=press>
                {t!(shares.revoke)}
            </Button>
        }
    };
    view! {
        <Sheet open title=t!(shares.revoke_title) foot=foot>
            <p class=stylance::classes!(text::small, text::muted)>{t!(shares.revoke_text)}</p>
        </Sheet>
    }
}

#[cfg(test)]
mod tests {
    use super::super::filter::tests::link;
    use super::*;
    use contract::Timestamp;
    use contract::shares::RateChange;

    #[test]
    fn a11_a_coming_fall_is_told_in_place_of_todays_rate() {
        let mut link = link(ShareChannel::Chat, None);
        assert_eq!(states(&link), [State::Rate("10%".into())]);
        link.rate_change = Some(RateChange {
            rate_bp: 600,
            at: Timestamp(9),
        });
        let falls = State::Falls {
            rate: "6%".into(),
            at: Timestamp(9),
        };
        assert_eq!(states(&link), [falls]);
        link.rate_change = None;
        link.rate_bp = 0;
        assert_eq!(states(&link), [State::NoRate]);
    }

    #[test]
    fn a_groups_link_shows_how_far_the_group_is() {
        let mut link = link(ShareChannel::Chat, None);
        link.target = ShareTarget::Group { id: "g".into() };
        link.card.need = Some(1);
        link.card.size = Some(3);
        assert_eq!(states(&link), [State::Forming { taken: 2, size: 3 }]);
        link.card.need = Some(0);
        assert_eq!(states(&link), [State::Complete]);
    }
}
