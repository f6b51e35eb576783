//! Errors with a stable code, a sentence that says what to do, and what the client needs to go on.

use crate::macros::wire;
use crate::quote::Quote;
use crate::{GroupId, SkuId};

wire! {
    /// What went wrong, for programs. A code never changes its meaning.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    pub enum ErrorCode {
        /// The request cannot be read; `details.field` says where.
        InvalidRequest,
        /// No such thing, or not yours.
        NotFound,
        /// Sign in first.
        SignInRequired,
        /// The request did not come from the shop's own page.
        CrossSiteRefused,
        /// Too many requests; `details.retry_after` says when to come back.
        RateLimited,
        /// The mutation came without an `Idempotency-Key`.
        IdempotencyKeyRequired,
        /// The key was used for another request.
        IdempotencyKeyReused,
        /// The first request with this key is still running.
        IdempotencyInProgress,
        /// The server's total differs from the one the buyer saw; `details.price_changed` has the new quote.
        PriceChanged,
        /// Not enough left; `details.stock` says of what and how many.
        SoldOut,
        /// More than one order may hold; `details.limit` says of what and how many.
        LimitExceeded,
        /// The shop does not sell this SKU.
        UnknownSku,
        /// The chosen way is not open to this basket.
        FulfilmentUnavailable,
        /// The order is in a state that does not allow this.
        OrderStateConflict,
        /// You have a seat in this group; `details.group` says which.
        AlreadyMember,
        /// Every seat of the group is taken; nothing was charged.
        GroupFull,
        /// The group is complete or its time is up; nothing was charged.
        GroupEnded,
        /// The group-buy is not open, or no longer.
        ActivityEnded,
        /// The group is for people who are new to the shop, or of its leader's community; or what the
        /// giveaway asks of who enters is not done.
        NotEligible,
        /// The group of this order is still forming: until it ends the order stays as it is.
        GroupForming,
        /// The balance does not allow this payout.
        BalanceTooLow,
        /// The shop has suspended this sharer.
        SharingSuspended,
        /// The product is not on the room's shelf, or no longer sold.
        NotOnShelf,
        /// The flash price is over or has not begun; `details.price_changed` has the usual quote.
        FlashEnded,
        /// The room, or the flash price, is in a state that does not allow this.
        LiveStateConflict,
        /// You may no longer speak in this room.
        ChatMuted,
        /// You may no longer be in this host's rooms.
        RoomBanned,
        /// The line holds a word that this host does not allow.
        ChatBlocked,
        /// A rehearsal sells nothing.
        Practice,
        /// For the shop's staff, in a role that may do this.
        StaffOnly,
        /// For people who show goods here: the shop makes somebody one.
        CreatorOnly,
        /// What comes next of the file begins somewhere else: ask where with HEAD and go on there.
        UploadOffset,
        /// The file is no video that the shop takes.
        VideoRefused,
        /// The video is in a state that does not allow this.
        VideoStateConflict,
        /// All coupons of this kind were claimed, or you have as many as one may.
        CouponGone,
        /// The promotion is in a state that does not allow this.
        CampaignStateConflict,
        /// Something stands in the way of publishing the promotion; `check_campaign` says what.
        CampaignNotReady,
        /// A preview changes nothing.
        PreviewReadOnly,
        /// The preview is over.
        PreviewOver,
        /// The books are being looked at; nothing is sold meanwhile.
        SalesStopped,
        /// The period of the books is closed.
        PeriodClosed,
        /// The payment gateway did not answer; nothing was taken.
        GatewayUnavailable,
        /// The code is wrong; `details.tries_left` says how many tries are left.
        CodeWrong,
        /// The code is too old, used up or was never sent: ask for a new one.
        CodeExpired,
        /// The body is larger than allowed.
        TooLarge,
        /// A fault of ours; the request id helps to find it.
        Internal,
        /// A code that this build does not know, from a newer server.
        #[serde(other)]
        Unknown,
    }

    /// What a client needs to go on after an error.
    #[serde(rename_all = "snake_case")]
    pub enum ErrorDetails {
        /// Which field, and what is wrong with it.
        Field {
            /// Path of the field, such as `lines[0].quantity`.
            name: String,
            /// What is wrong.
            reason: String,
        },
        /// The new quote to show and accept.
        PriceChanged(Box<Quote>),
        /// How many are left.
        Stock {
            /// Of what.
            sku: SkuId,
            /// How many can be bought.
            available: u32,
        },
        /// How many are allowed.
        Limit {
            /// Of what.
            sku: SkuId,
            /// How many.
            limit: u32,
        },
        /// A group to go to instead.
        Group(GroupId),
        /// Seconds to wait.
        RetryAfter(u64),
        /// Tries left for a one-time code.
        TriesLeft(u32),
    }

    /// The body of every answer that is not a success.
    pub struct ApiError {
        /// What went wrong, for programs.
        pub code: ErrorCode,
        /// What went wrong and what to do, for people, in English.
        pub message: String,
        /// What the client needs to go on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub details: Option<ErrorDetails>,
        /// Names this request in the server's log.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub request_id: String,
    }
}
