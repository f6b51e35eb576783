//! Which operation is whose: the table of the access matrix.

use contract::live_studio::StaffRole;
use serde_json::{Value, json};

use crate::groups::{STRAWBERRY, STRAWBERRY_BOX, STRAWBERRY_PRICE};
use crate::live::FLASH;
use crate::promotions::coupon;
use crate::shopping::{Buyer, STRAWBERRIES};

/// Whose an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Everybody's.
    Anyone,
    /// Every customer's, and about nobody else.
    Customers,
    /// Every customer's who has earned something; the others are told that there is nothing.
    Earners,
    /// Its owner's: to another customer it does not exist.
    Owner,
    /// The staff's who run live rooms.
    Hosts,
    /// Those of creators.
    Creators,
    /// The shop's owner's: a host may not.
    Owners,
    /// The staff's in one of these roles, and the owner's.
    May(&'static [StaffRole]),
    /// Its sender's, known by a signature.
    Signed,
}

pub const EVERY_ROLE: &[StaffRole] = &[
    StaffRole::Host,
    StaffRole::CampaignEditor,
    StaffRole::Support,
    StaffRole::Accountant,
];
const EDITORS: &[StaffRole] = &[StaffRole::CampaignEditor];
const SUPPORT: &[StaffRole] = &[StaffRole::Support];
const ACCOUNTANTS: &[StaffRole] = &[StaffRole::Accountant];

/// Operation, whose it is, and a body that is good in itself.
pub fn table() -> Vec<(&'static str, For, Value)> {
    let address =
        json!({ "name": "另一位", "phone": "13900000000", "region": "上海", "detail": "1 号" });
    let cart = json!({ "lines": [] });
    let share =
        json!({ "target": { "kind": "product", "slug": "dandong-strawberry" }, "channel": "chat" });
    let basket = json!({ "lines": [{ "sku": STRAWBERRIES, "quantity": 1 }] });
    vec![
        ("get_home", For::Anyone, Value::Null),
        ("list_feed", For::Anyone, Value::Null),
        ("list_products", For::Anyone, Value::Null),
        ("get_product", For::Anyone, Value::Null),
        ("list_reviews", For::Anyone, Value::Null),
        ("list_pickup_points", For::Anyone, Value::Null),
        ("list_communities", For::Anyone, Value::Null),
        ("create_quote", For::Anyone, basket.clone()),
        ("get_group", For::Anyone, Value::Null),
        ("list_groups", For::Anyone, Value::Null),
        ("quote_seat", For::Anyone, seat(None)),
        ("take_seat", For::Customers, seat(Some(STRAWBERRY_PRICE))),
        ("list_notifications", For::Customers, Value::Null),
        ("mark_notifications_read", For::Owner, Value::Null),
        (
            "request_code",
            For::Anyone,
            json!({ "phone": "13911111111" }),
        ),
        (
            "sign_in",
            For::Anyone,
            json!({ "request": "none", "code": "000000" }),
        ),
        ("get_session", For::Anyone, Value::Null),
        ("sign_out", For::Anyone, Value::Null),
        ("get_creator", For::Anyone, Value::Null),
        ("open_share", For::Anyone, json!({ "token": "none" })),
        ("get_attribution", For::Anyone, Value::Null),
        ("create_share", For::Customers, share),
        ("list_shares", For::Customers, Value::Null),
        ("revoke_share", For::Owner, Value::Null),
        ("get_earnings", For::Customers, Value::Null),
        ("list_commissions", For::Customers, Value::Null),
        ("list_withdrawals", For::Customers, Value::Null),
        (
            "request_withdrawal",
            For::Earners,
            json!({ "amount": { "minor": 1000, "currency": "CNY" } }),
        ),
        ("confirm_receipt", For::Owner, Value::Null),
        ("list_addresses", For::Customers, Value::Null),
        ("create_address", For::Customers, address.clone()),
        ("get_cart", For::Customers, Value::Null),
        ("put_cart", For::Customers, cart.clone()),
        ("set_name", For::Customers, json!({ "name": "小周" })),
        ("merge_cart", For::Customers, cart),
        ("submit_order", For::Customers, Value::Null),
        ("list_orders", For::Customers, Value::Null),
        ("update_address", For::Owner, address),
        ("delete_address", For::Owner, Value::Null),
        ("get_order", For::Owner, Value::Null),
        ("stream_events", For::Owner, Value::Null),
        ("start_payment", For::Owner, Value::Null),
        ("check_payment", For::Owner, Value::Null),
        ("cancel_order", For::Owner, Value::Null),
        ("list_videos", For::Anyone, Value::Null),
        ("get_video", For::Anyone, Value::Null),
        ("like_video", For::Anyone, Value::Null),
        ("unlike_video", For::Anyone, Value::Null),
        ("list_comments", For::Anyone, Value::Null),
        ("list_report_reasons", For::Anyone, Value::Null),
        ("note_sights", For::Anyone, json!({ "seen": [] })),
        ("comment_video", For::Customers, json!({ "text": "hello" })),
        ("remove_comment", For::Owner, Value::Null),
        ("report_video", For::Customers, json!({ "kind": "spam" })),
        ("list_own_videos", For::Creators, Value::Null),
        (
            "start_video",
            For::Creators,
            json!({ "name": "a.mp4", "size": 1000 }),
        ),
        ("get_own_video", For::Creators, Value::Null),
        (
            "update_video",
            For::Creators,
            json!({ "caption": "", "products": [], "published": false }),
        ),
        ("delete_video", For::Creators, Value::Null),
        (
            "put_subtitles",
            For::Creators,
            json!({ "lang": "en", "vtt": "" }),
        ),
        ("find_upload", For::Creators, Value::Null),
        ("send_piece", For::Creators, Value::Null),
        ("get_live", For::Anyone, Value::Null),
        ("get_live_replay", For::Anyone, Value::Null),
        ("like_room", For::Anyone, json!({ "count": 1 })),
        ("quote_flash", For::Anyone, json!({ "quantity": 1 })),
        ("say_in_room", For::Customers, json!({ "text": "hello" })),
        ("remind_of_live", For::Customers, Value::Null),
        ("forget_live", For::Customers, Value::Null),
        ("buy_flash", For::Customers, flash_order()),
        ("enter_giveaway", For::Customers, Value::Null),
        ("list_coupons", For::Anyone, Value::Null),
        ("list_flash_sales", For::Anyone, Value::Null),
        ("claim_coupon", For::Customers, Value::Null),
        ("list_wallet", For::Customers, Value::Null),
        ("list_campaigns", For::May(EVERY_ROLE), Value::Null),
        ("get_campaign", For::May(EVERY_ROLE), Value::Null),
        ("check_campaign", For::May(EVERY_ROLE), Value::Null),
        ("create_campaign", For::May(EDITORS), coupon(0, 1)),
        (
            "edit_campaign",
            For::May(EDITORS),
            json!({ "version": 0, "terms": coupon(0, 1) }),
        ),
        (
            "move_campaign",
            For::May(EDITORS),
            json!({ "command": "resume" }),
        ),
        (
            "create_preview",
            For::May(EDITORS),
            json!({ "as_of": 0, "persona": {}, "minutes": 1 }),
        ),
        (
            "set_activity_terms",
            For::May(EDITORS),
            json!({ "coupons": false, "funding": [{ "funder": { "kind": "store" }, "share_bp": 10_000 }] }),
        ),
        ("list_studio_orders", For::May(SUPPORT), Value::Null),
        ("get_studio_order", For::May(SUPPORT), Value::Null),
        ("quote_refund", For::May(SUPPORT), json!({ "lines": [] })),
        ("hand_over_order", For::May(SUPPORT), json!({})),
        ("reveal_contact", For::May(SUPPORT), Value::Null),
        ("list_studio_products", For::Owners, Value::Null),
        (
            "adjust_stock",
            For::Owners,
            json!({ "by": 1, "reason": "delivery" }),
        ),
        (
            "refund_order",
            For::May(SUPPORT),
            json!({ "lines": [{ "line": 9, "quantity": 1 }] }),
        ),
        ("get_campaign_result", For::May(ACCOUNTANTS), Value::Null),
        ("get_report", For::May(ACCOUNTANTS), Value::Null),
        ("export_statement", For::May(ACCOUNTANTS), Value::Null),
        (
            "post_loss",
            For::May(ACCOUNTANTS),
            json!({ "promotion": "none", "cause": "spoilage", "owner": "x", "note": "",
                "amount": { "minor": 1, "currency": "CNY" } }),
        ),
        ("close_period", For::May(ACCOUNTANTS), json!({ "until": 1 })),
        ("audit_books", For::May(ACCOUNTANTS), Value::Null),
        (
            "set_sku_cost",
            For::Owners,
            json!({ "cost": 0, "floor": 0 }),
        ),
        (
            "set_member_level",
            For::Owners,
            json!({ "phone": "13700000002", "level": 0 }),
        ),
        ("list_staff_actions", For::Owners, Value::Null),
        ("get_staff", For::May(EVERY_ROLE), Value::Null),
        ("list_studio_rooms", For::Hosts, Value::Null),
        ("create_live", For::Hosts, new_live()),
        ("get_studio_room", For::Hosts, Value::Null),
        (
            "put_on_shelf",
            For::Hosts,
            json!({ "product": "dandong-strawberry" }),
        ),
        (
            "edit_live",
            For::Hosts,
            json!({ "title": { "zh": "x", "en": "" }, "notice": { "zh": "", "en": "" }, "starts_at": 0 }),
        ),
        ("set_live_poster", For::Hosts, json!({ "image": null })),
        (
            "receive_media_webhook",
            For::Signed,
            json!({ "event": "published", "session": "x" }),
        ),
        ("renew_stream_key", For::Hosts, Value::Null),
        ("order_shelf", For::Hosts, json!({ "numbers": [] })),
        ("take_off_shelf", For::Hosts, Value::Null),
        ("pin_product", For::Hosts, json!({ "number": null })),
        (
            "arm_flash",
            For::Hosts,
            json!({ "sku": STRAWBERRIES, "price": { "minor": 500, "currency": "CNY" },
            "quota": 5, "per_user": 1, "countdown_s": 0, "duration_s": 60 }),
        ),
        ("start_flash", For::Hosts, Value::Null),
        ("stop_flash", For::Hosts, Value::Null),
        (
            "open_giveaway",
            For::Hosts,
            json!({ "prize": "草莓一盒", "entry": "anyone", "winners": 1, "open_s": 60 }),
        ),
        ("say_as_host", For::Hosts, json!({ "text": "hello" })),
        ("pin_comment", For::Hosts, json!({ "chat": null })),
        (
            "moderate_chat",
            For::Hosts,
            json!({ "chat": "none", "sanction": "delete" }),
        ),
        (
            "set_chat_rules",
            For::Hosts,
            json!({ "every_s": 2, "blocklist": [] }),
        ),
        ("export_live_log", For::Hosts, Value::Null),
        ("move_live", For::Owners, json!({ "command": "ban" })),
        (
            "receive_payment_webhook",
            For::Signed,
            json!({ "type": "payment.paid" }),
        ),
    ]
}

/// A seat of a group-buy, to be quoted, or taken at a price.
fn seat(price: Option<i64>) -> Value {
    let seat = json!({ "kind": "open", "activity": STRAWBERRY });
    let mut body = json!({ "seat": seat, "sku": STRAWBERRY_BOX, "quantity": 1 });
    if let Some(price) = price {
        body["fulfilment"] = serde_json::to_value(Buyer::pickup()).unwrap();
        body["expected_total"] = json!({ "minor": price, "currency": "CNY" });
    }
    body
}

/// An order at a flash price.
fn flash_order() -> Value {
    let pickup = serde_json::to_value(Buyer::pickup()).unwrap();
    let total = json!({ "minor": FLASH, "currency": "CNY" });
    json!({ "quantity": 1, "fulfilment": pickup, "expected_total": total })
}

/// A rehearsal.
fn new_live() -> Value {
    let text = json!({ "zh": "彩排", "en": "Rehearsal" });
    json!({ "title": text, "notice": text, "host": "xiaohe.orchard", "starts_at": 0, "practice": true,
        "shelf": ["dandong-strawberry"] })
}
