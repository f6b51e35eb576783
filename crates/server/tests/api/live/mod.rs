//! Live rooms (rules.md 3.3): what hosts do and what viewers get, over HTTP, on both databases.

mod chat;
mod crowd;
mod edit;
mod flash;
mod giveaway;
mod hook;
mod practice;
mod record;
mod shelf;
mod states;

use contract::live::{
    ChatLine, FlashOffer, FlashQuote, FlashRequest, LiveEnvelope, LiveEvent, LiveRoom, LiveTold,
    Say,
};
use contract::live_studio::{
    LiveCommand, LiveSeq, LiveSummary, MoveLive, NewFlash, Pin, StaffRole, StudioRoom,
};
use contract::{LiveId, Money, Quantity};
use serde_json::json;
use server::auth::staff;
use server::phone::Phone;

use crate::harness::{Request, TestShop, demo};
use crate::listener::Listener;
use crate::shopping::{Buyer, yuan};

/// The demo's morning room.
pub const ROOM: &str = "orchard-morning";
/// A SKU on its shelf as number 1, and its price.
pub const STRAWBERRY: &str = "FRU001-A";
pub const USUAL: i64 = 2990;
/// A flash price of it, below every other.
pub const FLASH: i64 = 990;

/// Somebody of the staff.
pub struct Host<'a> {
    pub me: Buyer<'a>,
    pub room: String,
}

impl<'a> Host<'a> {
    /// A new account in a role.
    pub async fn new(shop: &'a TestShop, phone: &str, role: StaffRole) -> Self {
        let me = Buyer::new(shop, phone).await;
        let mut tx = shop.state.db.begin().await.unwrap();
        let number = Phone::parse(phone).unwrap();
        staff::grant(&mut tx, &number, role, shop.state.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            me,
            room: ROOM.to_owned(),
        }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/studio/live/{}{rest}", self.room)
    }

    pub fn post(&self, rest: &str) -> Request {
        self.me.post(&self.path(rest))
    }

    pub fn put(&self, rest: &str) -> Request {
        let request = self.me.shop.put(&self.path(rest));
        request.cookie(&self.me.cookie).fresh_key()
    }

    pub fn command(&self, command: LiveCommand) -> Request {
        self.post("/state").json(&MoveLive { command })
    }

    pub async fn go(&self, command: LiveCommand) -> LiveSeq {
        self.command(command).ok().await
    }

    pub async fn pin(&self, number: Option<u32>) -> LiveSeq {
        self.put("/pin").json(&Pin { number }).ok().await
    }

    pub async fn see(&self) -> StudioRoom {
        self.me.get(&self.path("")).ok().await
    }

    pub async fn arm(&self, new: &NewFlash) -> FlashOffer {
        self.post("/flash").json(new).ok().await
    }

    pub async fn start(&self, flash: &FlashOffer) -> FlashOffer {
        self.post(&format!("/flash/{}/start", flash.id)).ok().await
    }

    pub async fn stop(&self, flash: &FlashOffer) -> FlashOffer {
        self.post(&format!("/flash/{}/stop", flash.id)).ok().await
    }

    /// Arms and starts one.
    pub async fn flash(&self, quota: u32, per_user: u32, countdown_s: u32) -> FlashOffer {
        let armed = self.arm(&terms(quota, per_user, countdown_s)).await;
        self.start(&armed).await
    }
}

/// Terms of a flash price of a minute.
pub fn terms(quota: u32, per_user: u32, countdown_s: u32) -> NewFlash {
    NewFlash {
        sku: STRAWBERRY.into(),
        price: yuan(FLASH),
        quota,
        per_user,
        countdown_s,
        duration_s: 60,
    }
}

/// The demo's rooms in a stocked shop, with a host.
pub async fn announced(shop: &TestShop) -> Host<'_> {
    shop.import(&demo().with_file_name("live.json"))
        .await
        .unwrap();
    Host::new(shop, "13800000001", StaffRole::Host).await
}

/// The same, on air.
pub async fn on_air(shop: &TestShop) -> Host<'_> {
    let host = announced(shop).await;
    host.go(LiveCommand::Start).await;
    host
}

/// A rehearsal on air.
pub async fn rehearsal(host: Host<'_>) -> Host<'_> {
    let new = json!({
        "title": { "zh": "彩排", "en": "Rehearsal" }, "notice": { "zh": "", "en": "" },
        "host": "xiaohe.orchard", "starts_at": 0, "practice": true, "shelf": ["dandong-strawberry"],
    });
    let made: LiveSummary = host.me.post("/api/studio/live").json(&new).ok().await;
    let room = made.id.0;
    let host = Host { room, ..host };
    host.go(LiveCommand::Start).await;
    host
}

impl Buyer<'_> {
    pub async fn room(&self) -> LiveRoom {
        self.get(&format!("/api/live/{ROOM}")).ok().await
    }

    pub async fn say(&self, text: &str) -> ChatLine {
        self.send_line(text).ok().await
    }

    pub fn send_line(&self, text: &str) -> Request {
        let say = Say {
            text: text.to_owned(),
        };
        self.post(&format!("/api/live/{ROOM}/chat")).json(&say)
    }

    pub fn ask_flash(&self, flash: &FlashOffer, quantity: u32) -> Request {
        let path = format!("/api/live/{ROOM}/flash/{}/quote", flash.id);
        let asked = json!({ "quantity": quantity, "fulfilment": Self::pickup() });
        self.post(&path).json(&asked)
    }

    pub async fn quote_flash(&self, flash: &FlashOffer, quantity: u32) -> FlashQuote {
        self.ask_flash(flash, quantity).ok().await
    }

    pub fn flash_request(quantity: u32, total: Money, ticket: &str) -> FlashRequest {
        FlashRequest {
            quantity: Quantity::try_from(quantity).unwrap(),
            fulfilment: Self::pickup(),
            remark: String::new(),
            expected_total: total,
            ticket: ticket.to_owned(),
        }
    }

    pub fn send_flash(&self, flash: &FlashOffer, request: &FlashRequest) -> Request {
        let path = format!("/api/live/{ROOM}/flash/{}/orders", flash.id);
        self.post(&path).json(request)
    }

    /// Buys one at the flash price, without a ticket.
    pub fn buy_one(&self, flash: &FlashOffer) -> Request {
        self.send_flash(flash, &Self::flash_request(1, yuan(FLASH), ""))
    }
}

/// The next event of a room, whatever is told in passing between.
pub async fn next_change(listener: &mut Listener) -> LiveEvent {
    loop {
        let frame = listener.next().await.expect("the stream ended early");
        if frame.event != "live" {
            continue;
        }
        let envelope: LiveEnvelope = serde_json::from_str(&frame.data).unwrap();
        if let LiveTold::LiveChanged(event) = envelope.told {
            return event;
        }
    }
}

/// The session of the demo's room.
pub async fn session(host: &Host<'_>) -> LiveId {
    host.see().await.room.id
}
