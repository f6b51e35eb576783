//! What an entry says, what is drawn before it and where it leads.

use contract::notifications::{Notice, Notification, NotificationList};
use contract::{Money, NotificationId};

use crate::i18n::{clock, money_to_pay, month_day, percent};
use crate::routes;
use crate::t;

/// What an entry is about, for its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// People gather.
    Gathering,
    /// Everybody is there.
    Done,
    /// Money goes back.
    Refund,
    /// Money is earned, or less of it.
    Earning,
}

/// An entry as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// For its sign.
    pub kind: Kind,
    /// What happened.
    pub title: String,
    /// What it means and what to do.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// Reads an entry.
pub fn said(entry: &Notification) -> Said {
    let amount = |amount: &Money| money_to_pay(*amount);
    let (kind, title, text, href) = match &entry.notice {
        Notice::GroupJoined { group, who, need } => (
            Kind::Gathering,
            t!(notifications.joined, who = who),
            match need {
                0 => t!(notifications.joined_last_text).to_owned(),
                need => t!(notifications.joined_text, count = u64::from(*need)),
            },
            routes::group(group),
        ),
        Notice::GroupAlmost { group, expires_at } => (
            Kind::Gathering,
            t!(notifications.almost).to_owned(),
            t!(notifications.almost_text, time = clock(*expires_at)),
            routes::group(group),
        ),
        Notice::GroupCompleted { order, .. } => (
            Kind::Done,
            t!(notifications.completed).to_owned(),
            t!(notifications.completed_text).to_owned(),
            routes::order(order),
        ),
        Notice::GroupFailed {
            group,
            amount: back,
            ..
        } => (
            Kind::Refund,
            t!(notifications.failed, amount = amount(back)),
            t!(notifications.back_text).to_owned(),
            routes::group(group),
        ),
        Notice::GroupLed { group } => (
            Kind::Gathering,
            t!(notifications.led).to_owned(),
            t!(notifications.led_text).to_owned(),
            routes::group(group),
        ),
        Notice::LiveStarted { live } => (
            Kind::Gathering,
            t!(notifications.live).to_owned(),
            t!(notifications.live_text).to_owned(),
            routes::live(live),
        ),
        Notice::GiveawayWon { live } => (
            Kind::Earning,
            t!(notifications.won).to_owned(),
            t!(notifications.won_text).to_owned(),
            routes::live(live),
        ),
        Notice::OrderRefunded {
            order,
            amount: back,
        } => (
            Kind::Refund,
            t!(notifications.refunded, amount = amount(back)),
            t!(notifications.back_text).to_owned(),
            routes::order(order),
        ),
        Notice::CommissionEarned { amount: earned } => (
            Kind::Earning,
            t!(notifications.earned, amount = amount(earned)),
            t!(notifications.earned_text).to_owned(),
            routes::shares().to_owned(),
        ),
        Notice::CommissionReversed { amount: less } => (
            Kind::Earning,
            t!(notifications.reversed, amount = amount(less)),
            t!(notifications.reversed_text).to_owned(),
            routes::shares().to_owned(),
        ),
        Notice::RewardEarned { amount: earned } => (
            Kind::Earning,
            t!(notifications.reward, amount = amount(earned)),
            t!(notifications.earned_text).to_owned(),
            routes::shares().to_owned(),
        ),
        Notice::RewardReversed { amount: less } => (
            Kind::Earning,
            t!(notifications.reward_less, amount = amount(less)),
            t!(notifications.reward_less_text).to_owned(),
            routes::shares().to_owned(),
        ),
        Notice::RateFalls { rate_bp, at } => (
            Kind::Earning,
            t!(notifications.falls, rate = percent(*rate_bp)),
            t!(notifications.falls_text, date = month_day(*at)),
            routes::shares().to_owned(),
        ),
        Notice::WithdrawalEnded {
            amount: out,
            paid: true,
        } => (
            Kind::Earning,
            t!(notifications.paid_out, amount = amount(out)),
            t!(notifications.paid_out_text).to_owned(),
            routes::shares().to_owned(),
        ),
        Notice::WithdrawalEnded {
            amount: out,
            paid: false,
        } => (
            Kind::Earning,
            t!(notifications.refused, amount = amount(out)),
            t!(notifications.refused_text).to_owned(),
            routes::shares().to_owned(),
        ),
    };
    Said {
        kind,
        title,
        text,
        href,
    }
}

/// Up to which entry a page that is looked at has been read; absent when nothing in it is news.
pub fn read_up_to(list: &NotificationList) -> Option<NotificationId> {
    let newest = list.items.first()?;
    (list.unread > 0).then(|| newest.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn entry(notice: Value) -> Notification {
        serde_json::from_value(
            json!({"id": "n1", "at": 1, "read": false, "subject": "红颜草莓", "notice": notice}),
        )
        .unwrap()
    }

    #[test]
    fn every_kind_says_what_happened_and_leads_on() {
        let yuan = json!({"minor": 4990, "currency": "CNY"});
        let cases = [
            (
                json!({"kind": "group_joined", "group": "g", "who": "何**", "need": 1}),
                Kind::Gathering,
                "/g/g",
            ),
            (
                json!({"kind": "group_almost", "group": "g", "expires_at": 9}),
                Kind::Gathering,
                "/g/g",
            ),
            (
                json!({"kind": "group_completed", "group": "g", "order": "o"}),
                Kind::Done,
                "/orders/o",
            ),
            (
                json!({"kind": "group_failed", "group": "g", "order": "o", "amount": yuan}),
                Kind::Refund,
                "/g/g",
            ),
            (
                json!({"kind": "group_led", "group": "g"}),
                Kind::Gathering,
                "/g/g",
            ),
            (
                json!({"kind": "order_refunded", "order": "o", "amount": yuan}),
                Kind::Refund,
                "/orders/o",
            ),
            (
                json!({"kind": "commission_earned", "amount": yuan}),
                Kind::Earning,
                "/shares",
            ),
            (
                json!({"kind": "commission_reversed", "amount": yuan}),
                Kind::Earning,
                "/shares",
            ),
            (
                json!({"kind": "reward_earned", "amount": yuan}),
                Kind::Earning,
                "/shares",
            ),
            (
                json!({"kind": "reward_reversed", "amount": yuan}),
                Kind::Earning,
                "/shares",
            ),
            (
                json!({"kind": "rate_falls", "rate_bp": 600, "at": 9}),
                Kind::Earning,
                "/shares",
            ),
            (
                json!({"kind": "withdrawal_ended", "amount": yuan, "paid": true}),
                Kind::Earning,
                "/shares",
            ),
            (
                json!({"kind": "withdrawal_ended", "amount": yuan, "paid": false}),
                Kind::Earning,
                "/shares",
            ),
        ];
        for (notice, kind, href) in cases {
            let has_amount = notice.get("amount").is_some();
            let said = said(&entry(notice.clone()));
            assert_eq!((said.kind, said.href.as_str()), (kind, href), "{notice}");
            assert!(!said.text.is_empty(), "{notice}");
            assert_eq!(said.title.contains("49.90"), has_amount, "{notice}");
        }
    }

    #[test]
    fn a_page_with_news_is_read_up_to_its_newest_entry() {
        let list = |unread: u32, items: Vec<Notification>| NotificationList {
            items,
            next: None,
            unread,
        };
        let one = entry(json!({"kind": "group_led", "group": "g"}));
        assert_eq!(read_up_to(&list(1, vec![one.clone()])), Some("n1".into()));
        assert_eq!(read_up_to(&list(0, vec![one])), None);
        assert_eq!(read_up_to(&list(1, Vec::new())), None);
    }
}
