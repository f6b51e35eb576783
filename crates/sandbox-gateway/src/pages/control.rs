//! The tester's page: the switches, and what the ledger holds.

use maud::{Markup, html};

use super::amount::written;
use super::words::Lang;
use crate::clock::now_ms;
use crate::ledger::{Amount, Book, Delivery, Kind};
use crate::switches::Switches;

/// How many callbacks the page shows.
const SHOWN: usize = 50;

/// Draws the page for the book as it stands.
pub fn control(book: &Book) -> Markup {
    let now = now_ms();
    let mut payments: Vec<_> = book.payments().collect();
    payments.sort_by_key(|payment| std::cmp::Reverse(payment.created_at));
    let mut deliveries: Vec<_> = book.deliveries().collect();
    deliveries.reverse();
    let content = html! {
        header.top { span.brand { "Sandbox Pay" } a.lang href="/control/ledger" { "Ledger as JSON" } }
        main.wide {
            section.slip { h1.title { "Switches" } (form(book.switches())) }
            section.slip {
                h2.title { "Payments" }
                div.scroll { table {
                    thead { tr { th { "Payment" } th { "Order" } th { "Amount" } th { "State" } } }
                    tbody { @for payment in payments.iter().take(SHOWN) { tr {
                        td { a href={ "/cashier/" (payment.token) } { (payment.terms.payment) } }
                        td { (payment.terms.order) }
                        td.number { (line(&payment.terms.amount)) }
                        td { (payment.state_at(now).as_str()) }
                    } } }
                } }
            }
            section.slip {
                h2.title { "Callbacks" }
                div.scroll { table {
                    thead { tr { th { "No." } th { "Message" } th { "Kind" } th { "State" } th { "Answers" } } }
                    tbody { @for delivery in deliveries.iter().take(SHOWN) { (row(delivery)) } }
                } }
            }
        }
    };
    super::page(Lang::En, "Sandbox Pay: control", content)
}

fn form(switches: &Switches) -> Markup {
    html! {
        form.switches method="post" action="/control" {
            label { "Late by (ms)" input type="number" name="late_ms" min="0" value=(switches.late_ms); }
            label { "Extra copies" input type="number" name="duplicate" min="0" max="255" value=(switches.duplicate); }
            (tick("reorder", "Swap the order of every two callbacks", switches.reorder))
            (tick("forge", "Send forgeries beside true callbacks", switches.forge))
            (tick("drop", "Lose every callback", switches.drop))
            (tick("wrong_amount", "State one minor unit too little", switches.wrong_amount))
            (tick("late_capture", "Closed payments can still be paid", switches.late_capture))
            (tick("fail_transfers", "Transfers come back", switches.fail_transfers))
            button.primary { "Set" }
            div.quiet { button name="flush" value="1" { "Set, and send now what is held back" } }
        }
    }
}

fn tick(name: &str, label: &str, on: bool) -> Markup {
    html! { label.tick { input type="checkbox" name=(name) checked[on]; (label) } }
}

fn row(delivery: &Delivery) -> Markup {
    let kind = match delivery.kind {
        Kind::True => "true".to_owned(),
        Kind::Forged(forgery) => format!("forged: {forgery:?}"),
    };
    let answers: Vec<String> = delivery
        .attempts
        .iter()
        .map(|attempt| {
            attempt
                .status
                .map_or("none".to_owned(), |status| status.to_string())
        })
        .collect();
    html! { tr {
        td { (delivery.number) }
        td { (delivery.message) }
        td { (kind) }
        td { (format!("{:?}", delivery.state)) }
        td { (answers.join(" ")) }
    } }
}

fn line(amount: &Amount) -> String {
    let parts = written(amount);
    format!("{}{}{}", parts.symbol, parts.whole, parts.decimals)
}
