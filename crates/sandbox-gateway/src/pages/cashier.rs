//! The payer's page: how much, to whom, and one button.

use maud::{Markup, html};

use super::amount::{Written, written};
use super::words::{Lang, Words};
use crate::ledger::{Payment, PaymentState};

/// Draws the page for a payment as it stands at `now`. `late` offers to pay a closed one all the same; `wallet` is
/// what the payer's wallet is recognised by.
pub fn cashier(payment: &Payment, now: i64, late: bool, wallet: &str, lang: Lang) -> Markup {
    let words = lang.words();
    let terms = &payment.terms;
    let state = payment.state_at(now);
    let (other_tag, other_name) = lang.other();
    let content = html! {
        header.top {
            span.brand { (mark()) (words.brand) }
            a.lang href={ "?lang=" (other_tag) } lang=(other_tag) hreflang=(other_tag) { (other_name) }
        }
        main {
            p.sandbox { (words.sandbox) }
            section.slip {
                h1.title { (terms.title) }
                p.label { (words.to_pay) }
                (amount(&written(&terms.amount)))
                (standing(words, lang, state, terms.expires_at - now))
                dl.facts {
                    dt { (words.order) } dd { (terms.order) }
                    dt { (words.wallet) } dd { "···· " (wallet) }
                }
            }
        }
        footer.dock { (actions(words, state, late, &terms.return_url)) }
    };
    super::page(lang, words.brand, content)
}

fn amount(parts: &Written) -> Markup {
    html! {
        p.amount {
            span.hidden { (parts.symbol) (parts.whole) (parts.decimals) }
            span aria-hidden="true" {
                span.symbol { (parts.symbol) } (parts.whole) span.decimals { (parts.decimals) }
            }
        }
    }
}

fn standing(words: &Words, lang: Lang, state: PaymentState, left_ms: i64) -> Markup {
    let (kind, head, note) = match state {
        PaymentState::Open => {
            return html! { p.left { (lang.minutes_left(left_ms)) } };
        }
        PaymentState::Paid => ("good", words.paid, words.paid_note),
        PaymentState::Declined => ("bad", words.declined, words.declined_note),
        PaymentState::Closed => ("bad", words.closed, words.closed_note),
    };
    html! {
        div.standing.(kind) role="status" { strong { (head) } span { (note) } }
    }
}

fn actions(words: &Words, state: PaymentState, late: bool, return_url: &str) -> Markup {
    html! {
        @match state {
            PaymentState::Open => form method="post" {
                button.primary name="choice" value="pay" { (words.pay) }
                div.quiet {
                    button name="choice" value="abandon" { (words.abandon) }
                    button name="choice" value="decline" { (words.decline) }
                }
            },
            _ => {
                a.primary href=(return_url) { (words.back) }
                @if late && state == PaymentState::Closed {
                    form method="post" {
                        div.quiet { button name="choice" value="pay" { (words.pay_late) } }
                    }
                }
            }
        }
    }
}

/// The cashier's mark: a coin slot.
fn mark() -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" {
            rect class="mark-back" width="24" height="24" rx="7" {}
            path class="mark-line" d="M7 9.5h10M9 13l3 3.2L15 13" {}
        }
    }
}
