//! What can be withdrawn, and how it goes.

use contract::earnings::Earnings;
use leptos::prelude::*;

use crate::i18n::{measured, money_to_pay, month_day, number};
use crate::routes;
use crate::t;
use crate::ui::{
    Amount, Awning, ButtonKind, ButtonLink, Glyph, Notice, NoticeKind, Panel, Price, PriceInk,
    PriceSize, Skeleton, SkeletonKind, text,
};

stylance::import_crate_style!(style, "src/features/shares/page/earn.module.css");

/// The balance under the awning, with the page's one primary action.
#[component]
pub fn Earn(earnings: Earnings) -> impl IntoView {
    let is_negative = earnings.available.minor < 0;
    view! {
        <section class=style::earn aria-label=t!(shares.available)>
            <Awning />
            <div class=style::body>
                <div class=stylance::classes!(text::row, text::between, text::wrap)>
                    <div>
                        <h2 class=style::label>{t!(shares.available)}</h2>
                        <p>
                            <Price
                                amount=earnings.available
                                size=PriceSize::Hero
                                ink=PriceInk::Plain
                                to_pay=true
                            />
                        </p>
                    </div>
                    <ButtonLink href=routes::withdraw() kind=ButtonKind::Primary>
                        {t!(shares.withdraw)}
                    </ButtonLink>
                </div>
                <dl class=style::figures>
                    <div>
                        <dt>{t!(shares.awaiting)}</dt>
                        <dd>{money_to_pay(earnings.awaiting)}</dd>
                    </div>
                    <div>
                        <dt>{t!(shares.paid_this_month)}</dt>
                        <dd>{number(earnings.paid_this_month)}</dd>
                    </div>
                    <div>
                        <dt>{t!(shares.conversion)}</dt>
                        <dd>{measured(earnings.conversion_bp)}</dd>
                    </div>
                </dl>
                {is_negative.then(|| view! { <Negative /> })}
                {earnings.suspended.then(|| view! { <Suspended /> })}
                <Notice glyph=Glyph::Clock>
                    {match earnings.next {
                        Some(next) => {
                            let days = number(earnings.freeze_days.into());
                            view! {
                                {t!(shares.next, days = days, date = month_day(next.at))}
                                " "
                                <b>
                                    <Amount amount=next.amount to_pay=true />
                                </b>
                            }
                                .into_any()
                        }
                        None => {
                            t!(shares.next_none, days = number(earnings.freeze_days.into())).into_any()
                        }
                    }}
                </Notice>
            </div>
        </section>
    }
}

/// Why there is less than nothing (rules.md A10).
#[component]
pub fn Negative() -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Warn glyph=Glyph::Refund>
            {t!(shares.negative)}
        </Notice>
    }
}

/// The shop has suspended the sharer (rules.md A6).
#[component]
pub fn Suspended() -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Warn glyph=Glyph::Blocked>
            {t!(shares.suspended)}
        </Notice>
    }
}

/// The boxes of the page.
#[component]
pub fn EarnSkeleton() -> impl IntoView {
    view! {
        <div class=style::waiting aria-busy="true">
            <Panel label=t!(app.loading)>
                <div class=text::stack>
                    <Skeleton kind=SkeletonKind::Short />
                    <Skeleton kind=SkeletonKind::Block />
                    <Skeleton />
                </div>
            </Panel>
            <Panel label=t!(app.loading)>
                <Skeleton kind=SkeletonKind::Block />
            </Panel>
        </div>
    }
}
