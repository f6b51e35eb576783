//! Group-buy: offers on products, groups that form, and a seat's own way to an order (rules.md 3.1).

use crate::catalog::ProductCard;
use crate::fulfilment::FulfilmentChoice;
use crate::macros::wire;
use crate::orders::OrderDetail;
use crate::{ActivityId, CouponId, GroupId, Money, OrderId, Quantity, SkuId, Timestamp};

wire! {
    /// What a product costs in a group, as cards show it.
    #[derive(Copy, Eq)]
    pub struct GroupPrice {
        /// Price of one of the cheapest SKU of the offer.
        pub price: Money,
        /// How many people complete a group.
        pub size: u32,
    }

    /// Who may take a seat.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum JoinPolicy {
        /// Anybody.
        Any,
        /// The leader may be anybody; who joins must be new to the shop (老带新).
        NewUserOnly,
        /// Members of the leader's community.
        Community,
    }

    /// A SKU's price in a group.
    #[derive(Eq)]
    pub struct SeatPrice {
        /// Which SKU.
        pub sku: SkuId,
        /// Price of one in the group.
        pub price: Money,
        /// How many can still be bought at this price, stock and quota together.
        pub left: u32,
        /// What the leader of a complete group is paid for one (rules.md G16).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reward: Option<Money>,
    }

    /// A product's group-buy that is open now.
    pub struct GroupOffer {
        /// Its id.
        pub activity: ActivityId,
        /// How many people complete a group.
        pub size: u32,
        /// How long a group may take, in milliseconds.
        pub ttl_ms: i64,
        /// No group is opened from then on.
        pub ends_at: Timestamp,
        /// Which SKUs, at which prices.
        pub prices: Vec<SeatPrice>,
        /// The most that one order may hold.
        pub per_order_limit: u32,
        /// The most that one person may hold over all groups of the offer.
        pub per_user_limit: u32,
        /// Who may take a seat.
        pub join_policy: JoinPolicy,
        /// How many groups are forming.
        pub forming: u32,
        /// Groups that can be joined, the most urgent first, at most five.
        pub open: Vec<OpenGroup>,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// A group that can be joined, as strangers see it.
    pub struct OpenGroup {
        /// Its id.
        pub id: GroupId,
        /// Its leader.
        pub leader: GroupMember,
        /// Seats in all.
        pub size: u32,
        /// Seats still to be paid.
        pub need: u32,
        /// When it ends unless filled.
        pub expires_at: Timestamp,
    }

    /// Where a group stands.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum GroupState {
        /// Seats are free or unpaid.
        Forming,
        /// Every seat is paid.
        Succeeded,
        /// It ended unfilled; every payment goes back.
        Failed,
    }

    /// Where a member stands.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum SeatState {
        /// The seat is held until payment or its deadline.
        Held,
        /// Paid, the group still forms.
        Paid,
        /// Paid, the group is complete.
        Confirmed,
        /// The seat was given back unpaid.
        Released,
        /// Money is on its way back.
        RefundPending,
        /// Money is back.
        Refunded,
    }

    /// What a member is in the group.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum GroupRole {
        /// Opened it.
        Leader,
        /// Joined it.
        Member,
    }

    /// A member as everybody sees one: never a full name, never an id.
    #[derive(Eq)]
    pub struct GroupMember {
        /// The name with all but its first character hidden.
        pub name: String,
        /// What the member is.
        pub role: GroupRole,
        /// The viewer's own seat.
        pub is_me: bool,
    }

    /// The one thing that a viewer can do with a group.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum GroupCta {
        /// Take a seat.
        Join,
        /// Ask friends to.
        Invite,
        /// Look at one's own order: to pay it, or what became of it.
        ViewOrder,
        /// Open a group of one's own.
        OpenNew,
        /// Sign in, then take a seat.
        Login,
    }

    /// A viewer's own seat.
    pub struct MySeat {
        /// What the viewer is in the group.
        pub role: GroupRole,
        /// Where the seat stands.
        pub state: SeatState,
        /// The order of the seat.
        pub order: OrderId,
        /// Pay before this moment; only while the seat is held.
        pub hold_expires_at: Option<Timestamp>,
        /// What was paid for it; zero while it is not.
        pub paid: Money,
        /// What came back of it.
        pub refunded: Money,
        /// When the refund succeeded, or was asked for while it has not.
        pub refund_at: Option<Timestamp>,
        /// What the viewer, who leads the group, is paid once it is complete, or is owed since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reward: Option<Money>,
    }

    /// A group as its page shows it (rules.md G17).
    pub struct GroupProgress {
        /// Its id.
        pub id: GroupId,
        /// Its offer.
        pub activity: ActivityId,
        /// What is bought together.
        pub product: ProductCard,
        /// The SKUs and prices that the group was opened with (G6).
        pub prices: Vec<SeatPrice>,
        /// Where it stands.
        pub state: GroupState,
        /// Grows with every change; an older one never replaces a newer (G18).
        pub version: i64,
        /// Seats in all.
        pub size: u32,
        /// Seats paid.
        pub filled: u32,
        /// Seats held and not yet paid.
        pub reserved: u32,
        /// Seats still to be paid.
        pub need: u32,
        /// Seats that the store filled itself (G15); no people.
        pub completed_by_store: u32,
        /// When it ends unless filled.
        pub expires_at: Timestamp,
        /// When it was completed or failed.
        pub ended_at: Option<Timestamp>,
        /// Who paid, leader first.
        pub members: Vec<GroupMember>,
        /// Who may take a seat.
        pub join_policy: JoinPolicy,
        /// The viewer's own seat.
        pub mine: Option<MySeat>,
        /// What the viewer can do.
        pub cta: GroupCta,
        /// Why the viewer cannot join, when that is so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub obstacle: Option<JoinObstacle>,
        /// Other groups of the offer that can be joined, at most three.
        pub others: Vec<OpenGroup>,
        /// Whether a new group of the offer can be opened.
        pub can_open: bool,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// Why somebody cannot take a seat.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum JoinObstacle {
        /// Every seat is taken; some may come free.
        Full,
        /// The group is over.
        Ended,
        /// Only for people who are new to the shop.
        NewUsersOnly,
        /// Only for the leader's community.
        OtherCommunity,
        /// As many as one person may have.
        LimitReached,
        /// Nothing left at this price.
        SoldOut,
    }

    /// What to do with money that arrives after the seat was lost (rules.md G8).
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "snake_case")]
    pub enum OnOverflow {
        /// Give it back.
        #[default]
        Refund,
        /// Open a new group with it.
        NewGroup,
        /// Join any group of the offer that has a seat, else give it back.
        AnyGroup,
    }

    /// Which seat: of an open group, or the first of a new one.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
    pub enum Seat {
        /// Opens a group, once paid (G1).
        Open {
            /// Of which offer.
            activity: ActivityId,
        },
        /// Joins one.
        Join {
            /// Which group.
            group: GroupId,
        },
    }

    /// Asks what a seat costs (`quote_seat`).
    #[serde(deny_unknown_fields)]
    pub struct SeatQuoteRequest {
        /// Which seat.
        pub seat: Seat,
        /// What.
        pub sku: SkuId,
        /// How many.
        pub quantity: Quantity,
        /// How to get it; without it the quote holds no shipping fee.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fulfilment: Option<FulfilmentChoice>,
        /// Coupons of the wallet that are to be used, where the offer takes any (G14).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub coupons: Vec<CouponId>,
    }

    /// Takes a seat: holds it and its stock and makes its order (`take_seat`). One SKU, never a cart (G5).
    #[serde(deny_unknown_fields)]
    pub struct SeatRequest {
        /// Which seat.
        pub seat: Seat,
        /// What.
        pub sku: SkuId,
        /// How many.
        pub quantity: Quantity,
        /// What to do with money that arrives too late.
        #[serde(default)]
        pub on_overflow: OnOverflow,
        /// How to get it.
        pub fulfilment: FulfilmentChoice,
        /// A note to the shop, at most 200 characters.
        #[serde(default)]
        pub remark: String,
        /// What the buyer was shown. When the server's total differs it answers `PRICE_CHANGED`.
        pub expected_total: Money,
        /// Coupons of the wallet that are to be used, where the offer takes any (G14).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub coupons: Vec<CouponId>,
    }

    /// A taken seat.
    pub struct SeatTaken {
        /// Its order, to be paid.
        pub order: OrderDetail,
    }

    /// What an order knows of its group.
    pub struct OrderGroup {
        /// Its offer.
        pub activity: ActivityId,
        /// Its group; absent until the leader's payment opened it.
        pub group: Option<GroupId>,
        /// Where the seat stands.
        pub seat: SeatState,
        /// Where the group stands, once there is one.
        pub state: Option<GroupState>,
        /// Seats in all.
        pub size: u32,
        /// Seats still to be paid.
        pub need: u32,
        /// When it ends unless filled.
        pub expires_at: Option<Timestamp>,
    }

    /// What changed about a group: the body of its events.
    #[derive(Eq)]
    pub struct GroupChange {
        /// Which group.
        pub group: GroupId,
        /// Where it stands now.
        pub state: GroupState,
        /// Its version now.
        pub version: i64,
        /// Seats paid.
        pub filled: u32,
        /// Seats held and not yet paid.
        pub reserved: u32,
    }
}
