//! Ids as types, so that an order's id can never be passed where a product's is meant.

use crate::macros::id;

id! {
    /// A product (SPU): what a page shows.
    ProductId;
    /// A sellable unit (SKU): what stock is counted in and an order line names. The shop's own code.
    SkuId;
    /// A category of the catalogue.
    CategoryId;
    /// A label on products: a service promise, an origin, a quality.
    TagId;
    /// A shop of the business that packs and hands out goods.
    StoreId;
    /// A neighbourhood with its own pick-up point.
    CommunityId;
    /// A place where parcels wait for their buyers.
    PickupPointId;
    /// A customer's account.
    UserId;
    /// An entry of a customer's address book.
    AddressId;
    /// An order.
    OrderId;
    /// One attempt to pay an order; the merchant's reference at the payment gateway.
    PaymentId;
    /// One refund; the merchant's reference at the payment gateway.
    RefundId;
    /// A request for a one-time sign-in code.
    CodeRequestId;
    /// A short video.
    VideoId;
    /// A comment on a short video.
    CommentId;
    /// A live room.
    LiveId;
    /// A flash price of a live room.
    FlashId;
    /// A giveaway of a live room.
    GiveawayId;
    /// A line of chat in a live room.
    ChatId;
    /// A group-buy offer.
    ActivityId;
    /// A group-buy group.
    GroupId;
    /// An entry of the notification centre.
    NotificationId;
    /// A share link's token, as it stands in its address.
    ShareToken;
    /// A payout of commission; the merchant's reference at the payment gateway.
    WithdrawalId;
    /// A promotion: a flash sale, a coupon, a reduction, a member price.
    PromotionId;
    /// A coupon in a customer's wallet.
    CouponId;
    /// A public review.
    ReviewId;
}
