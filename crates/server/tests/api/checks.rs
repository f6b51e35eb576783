//! What is asked of a shop's database after whatever was done to it: each statement counts rows that must not be
//! there. `groups/audit.rs` and `commission.rs` prove that each finds the fault that it is for.
#![allow(dead_code)] // not every suite asks everything

/// Stock equals the holds of orders, and no payment gave back more than it took (inv.S1, S2, S3, P2).
pub const STOCK_CHECKS: &[(&str, &str)] = &[
    (
        "buckets",
        "SELECT COUNT(*) FROM stock s WHERE reserved <> (SELECT COALESCE(SUM(quantity), 0) \
         FROM stock_hold h WHERE h.sku = s.sku AND h.state = 'held') + (SELECT COALESCE(SUM(f.free), 0) \
         FROM live_flash f JOIN live_session l ON l.id = f.session WHERE f.sku = s.sku AND l.practice = 0) \
         + (SELECT COALESCE(SUM(b.on_hand - b.reserved - b.sold), 0) FROM promotion_sku b WHERE b.sku = s.sku) \
         OR sold <> (SELECT \
         COALESCE(SUM(quantity), 0) FROM stock_hold h WHERE h.sku = s.sku AND h.state = 'consumed') \
         OR on_hand - reserved - sold < 0",
    ),
    (
        // Goods that were handed over stay sold when their money goes back, unless they came back (F5); a line
        // that went back before holds nothing.
        "holds",
        "SELECT COUNT(*) FROM stock_hold h JOIN orders o ON o.id = h.order_id WHERE h.state <> \
         CASE WHEN o.state = 'pending_payment' OR EXISTS (SELECT 1 FROM group_seat g \
             WHERE g.order_id = o.id AND g.state = 'paid') THEN 'held' \
         WHEN o.state IN ('paid', 'received') THEN 'consumed' ELSE 'released' END \
         AND NOT EXISTS (SELECT 1 FROM refund r JOIN refund_line x ON x.refund_id = r.id \
             JOIN order_line l ON l.order_id = r.order_id AND l.position = x.position \
             WHERE r.order_id = o.id AND l.sku = h.sku \
               AND (r.reason = 'part' OR EXISTS (SELECT 1 FROM order_timeline t \
                 WHERE t.order_id = o.id AND t.kind = 'received')))",
    ),
    (
        "flash limits",
        "SELECT COUNT(*) FROM live_flash_user u WHERE u.quantity <> (SELECT COALESCE(SUM(l.quantity), 0) \
         FROM live_order l JOIN orders o ON o.id = l.order_id WHERE l.flash = u.flash AND o.owner = u.owner \
           AND o.state IN ('pending_payment', 'paid', 'received'))",
    ),
    (
        // F1, F4, F5: a sale's bucket is what its orders hold and bought.
        "buckets of sales",
        "SELECT COUNT(*) FROM promotion_sku b WHERE reserved <> (SELECT COALESCE(SUM(f.quantity), 0) \
         FROM order_flash f WHERE f.promotion = b.promotion AND f.sku = b.sku AND f.state = 'held') \
         OR sold <> (SELECT COALESCE(SUM(f.quantity), 0) \
         FROM order_flash f WHERE f.promotion = b.promotion AND f.sku = b.sku AND f.state = 'sold')",
    ),
    (
        // M8: budgets are what the orders that count took.
        "budgets",
        "SELECT COUNT(*) FROM promotion p WHERE spent <> (SELECT COALESCE(SUM(o.minor), 0) \
         FROM order_promotion o WHERE o.promotion = p.id AND o.state = 'counted') \
         OR uses <> (SELECT COUNT(*) FROM order_promotion o WHERE o.promotion = p.id AND o.state = 'counted')",
    ),
    (
        // F2: a customer's counter is what the orders that count had.
        "limits",
        "SELECT COUNT(*) FROM promotion_customer c WHERE had <> (SELECT COALESCE(SUM(x.had), 0) \
         FROM order_promotion x JOIN orders o ON o.id = x.order_id \
         WHERE x.promotion = c.promotion AND o.owner = c.customer AND x.state = 'counted')",
    ),
    (
        // 3.0-8: list price, less what promotions take off, is what is paid; on every line and in all.
        "shares",
        "SELECT COUNT(*) FROM order_line l WHERE list_minor <> pay_minor + (SELECT COALESCE(SUM(s.minor), 0) \
         FROM order_share s WHERE s.order_id = l.order_id AND s.position = l.position)",
    ),
    (
        "paid for the goods",
        "SELECT COUNT(*) FROM orders o WHERE goods_minor <> (SELECT SUM(l.pay_minor) FROM order_line l \
         WHERE l.order_id = o.id) OR goods_minor + discount_minor <> (SELECT SUM(l.line_minor) \
         FROM order_line l WHERE l.order_id = o.id)",
    ),
    (
        "refunds",
        "SELECT COUNT(*) FROM payment p WHERE refund_minor <> (SELECT \
         COALESCE(SUM(amount_minor), 0) FROM refund r WHERE r.payment_id = p.id)",
    ),
];

/// The books of group-buy, which hold after every change (rules.md G3, G4, G7, G9, G13, inv.G1 to G5): each
/// statement counts rows that must not be there. `groups/audit.rs` proves that each of them is looked at.
pub const GROUP_CHECKS: &[(&str, &str)] = &[
    (
        "quota reserved",
        "SELECT COUNT(*) FROM activity_sku a WHERE a.reserved <> (SELECT COALESCE(SUM(s.quantity), 0) \
         FROM group_seat s WHERE s.activity = a.activity AND s.sku = a.sku AND s.state IN ('held', 'paid'))",
    ),
    (
        "quota sold",
        "SELECT COUNT(*) FROM activity_sku a WHERE a.sold <> (SELECT COALESCE(SUM(s.quantity), 0) \
         FROM group_seat s WHERE s.activity = a.activity AND s.sku = a.sku AND s.state = 'confirmed')",
    ),
    (
        "limit of a person",
        "SELECT COUNT(*) FROM activity_user u WHERE u.quantity <> (SELECT COALESCE(SUM(s.quantity), 0) \
         FROM group_seat s WHERE s.activity = u.activity AND s.owner = u.owner \
           AND s.state IN ('held', 'paid', 'confirmed'))",
    ),
    (
        "seats reserved",
        "SELECT COUNT(*) FROM buy_group g WHERE g.reserved <> (SELECT COUNT(*) FROM group_seat s \
         WHERE s.group_id = g.id AND s.state = 'held')",
    ),
    (
        "seats filled",
        "SELECT COUNT(*) FROM buy_group g WHERE g.filled <> (SELECT COUNT(*) FROM group_seat s \
         WHERE s.group_id = g.id AND s.paid_at IS NOT NULL AND (s.state IN ('paid', 'confirmed') \
           OR (g.state <> 'forming' AND s.state IN ('refund_pending', 'refunded'))))",
    ),
    (
        "complete or not",
        "SELECT COUNT(*) FROM buy_group g WHERE g.filled + g.reserved + g.by_store > g.size \
         OR (g.state = 'succeeded') <> (g.filled + g.by_store = g.size)",
    ),
    (
        "two live seats of one person",
        "SELECT COUNT(*) FROM (SELECT group_id FROM group_seat WHERE group_id IS NOT NULL \
         AND state IN ('held', 'paid', 'confirmed') GROUP BY group_id, owner HAVING COUNT(*) > 1) twice",
    ),
    (
        "seat and order",
        "SELECT COUNT(*) FROM group_seat s JOIN orders o ON o.id = s.order_id WHERE NOT ( \
         (s.state = 'held' AND o.state = 'pending_payment') \
         OR (s.state = 'paid' AND o.state = 'paid') \
         OR (s.state = 'confirmed' AND o.state IN ('paid', 'received')) \
         OR (s.state = 'released' AND o.state = 'closed') \
         OR (s.state = 'refund_pending' AND o.state = 'refunding') \
         OR (s.state = 'refunded' AND o.state = 'refunded'))",
    ),
    (
        "seats of an ended group",
        "SELECT COUNT(*) FROM group_seat s JOIN buy_group g ON g.id = s.group_id WHERE \
         (g.state = 'succeeded' AND s.state IN ('held', 'paid')) \
         OR (g.state = 'failed' AND s.state IN ('held', 'paid', 'confirmed')) \
         OR (g.state = 'forming' AND s.state = 'confirmed')",
    ),
    (
        "money of a seat",
        "SELECT COUNT(*) FROM (SELECT o.total_minor AS due, o.state, \
           (SELECT COALESCE(SUM(captured_minor), 0) FROM payment p WHERE p.order_id = o.id) AS paid, \
           (SELECT COALESCE(SUM(amount_minor), 0) FROM refund r WHERE r.order_id = o.id) AS back, \
           (SELECT COALESCE(SUM(amount_minor), 0) FROM refund r WHERE r.order_id = o.id \
             AND r.reason = 'part') AS part \
         FROM group_seat s JOIN orders o ON o.id = s.order_id) money WHERE back > paid \
         OR (state IN ('paid', 'received') AND paid - back + part <> due) \
         OR (state IN ('refunding', 'refunded') AND (paid = 0 OR paid <> back)) \
         OR (state IN ('pending_payment', 'closed') AND paid <> 0)",
    ),
    (
        "one end told once",
        "SELECT COUNT(*) FROM buy_group g WHERE (SELECT COUNT(*) FROM outbox e \
         WHERE e.topic = 'group:' || g.id AND e.event LIKE '%group_filled%') \
           <> CASE g.state WHEN 'succeeded' THEN 1 ELSE 0 END \
         OR (SELECT COUNT(*) FROM outbox e WHERE e.topic = 'group:' || g.id \
             AND e.event LIKE '%group_failed%') <> CASE g.state WHEN 'failed' THEN 1 ELSE 0 END",
    ),
    (
        "a forming group's leader",
        "SELECT COUNT(*) FROM buy_group g WHERE g.state = 'forming' AND (SELECT COUNT(*) FROM group_seat s \
         WHERE s.order_id = g.leader_order AND s.group_id = g.id AND s.role = 'leader' \
           AND s.state = 'paid') <> 1",
    ),
    (
        "unread notices",
        "SELECT COUNT(*) FROM notification_count c WHERE c.unread <> (SELECT COUNT(*) FROM notification n \
         WHERE n.owner = c.owner AND n.read = 0)",
    ),
];

/// The ledger (rules.md 3.7, reliability inv.L1, L3, L5): every document sums to zero, the balances are the sums of
/// the entries, what the rows say is owed is what the books say, and numbers have no gap.
pub const BOOK_CHECKS: &[(&str, &str)] = &[
    (
        "documents that do not balance",
        "SELECT COUNT(*) FROM (SELECT document FROM ledger_entry GROUP BY document, currency \
         HAVING SUM(minor) <> 0) wrong",
    ),
    (
        "documents without entries",
        "SELECT COUNT(*) FROM ledger_document d WHERE NOT EXISTS \
         (SELECT 1 FROM ledger_entry e WHERE e.document = d.seq)",
    ),
    (
        "balances that are not the sum of their entries",
        "SELECT COUNT(*) FROM ledger_balance b WHERE minor <> (SELECT SUM(minor) FROM ledger_entry e \
         WHERE e.account = b.account AND e.party = b.party AND e.stage = b.stage AND e.currency = b.currency)",
    ),
    (
        "gaps in the numbers of documents",
        "SELECT COUNT(*) FROM ledger_head WHERE seq <> (SELECT COUNT(*) FROM ledger_document) \
         OR seq <> (SELECT COALESCE(MAX(seq), 0) FROM ledger_document)",
    ),
    (
        "payees whose rows differ from the books",
        "SELECT COUNT(*) FROM (SELECT payee, SUM(amount_minor - reversed_minor) AS rows_say FROM commission \
         GROUP BY payee) c WHERE rows_say <> (SELECT COALESCE(-SUM(minor), 0) FROM ledger_entry e \
         WHERE e.account = 'COMMISSION_PAYABLE' AND e.party = c.payee) + (SELECT COALESCE(SUM(amount_minor), 0) \
         FROM withdrawal w WHERE w.owner = c.payee AND w.state = 'paid')",
    ),
    (
        "cash that is not what came less what is back",
        "SELECT COUNT(*) FROM (SELECT COALESCE((SELECT SUM(e.minor) FROM ledger_entry e \
           JOIN ledger_document d ON d.seq = e.document \
           WHERE d.biz = 'order' AND e.account = 'CASH_CLEARING'), 0) AS books, \
         COALESCE((SELECT SUM(captured_minor) FROM payment), 0) - COALESCE((SELECT SUM(amount_minor) \
           FROM refund WHERE state = 'succeeded'), 0) AS rows_say) x WHERE books <> rows_say",
    ),
    (
        // M2: until the delivery it is a deposit, then it is sold; what goes back is neither.
        "orders whose deposit or revenue is not what was paid and does not go back",
        "SELECT COUNT(*) FROM (SELECT o.id, \
           COALESCE((SELECT SUM(captured_minor) FROM payment p WHERE p.order_id = o.id), 0) \
           - COALESCE((SELECT SUM(amount_minor) FROM refund r WHERE r.order_id = o.id), 0) AS kept, \
           COALESCE((SELECT -SUM(e.minor) FROM ledger_entry e JOIN ledger_document d ON d.seq = e.document \
             WHERE d.biz = 'order' AND d.biz_id = o.id AND e.account = 'CUSTOMER_DEPOSIT'), 0) AS deposit, \
           COALESCE((SELECT -SUM(e.minor) FROM ledger_entry e JOIN ledger_document d ON d.seq = e.document \
             WHERE d.biz = 'order' AND d.biz_id = o.id \
               AND (e.account IN ('REVENUE', 'SHIPPING_INCOME') OR e.account LIKE 'DISCOUNT%')), 0) AS sold, \
           (SELECT COUNT(*) FROM order_timeline t WHERE t.order_id = o.id AND t.kind = 'received') AS got \
         FROM orders o) x WHERE deposit + sold <> kept OR (got > 0 AND deposit <> 0) OR (got = 0 AND sold <> 0)",
    ),
    (
        // M3, M4: discounts are booked with the delivery, as they were frozen, less what refunds undo.
        "discounts of orders that are not what was frozen",
        "SELECT COUNT(*) FROM (SELECT o.id, \
           COALESCE((SELECT SUM(e.minor) FROM ledger_entry e JOIN ledger_document d ON d.seq = e.document \
             WHERE d.biz = 'order' AND d.biz_id = o.id AND e.account LIKE 'DISCOUNT%'), 0) AS booked, \
           COALESCE((SELECT SUM(s.minor) FROM order_share s WHERE s.order_id = o.id), 0) \
           - COALESCE((SELECT SUM(x.minor) FROM refund_share x JOIN refund r ON r.id = x.refund_id \
               WHERE r.order_id = o.id), 0) AS stands, \
           (SELECT COUNT(*) FROM order_timeline t WHERE t.order_id = o.id AND t.kind = 'received') AS got \
         FROM orders o) x WHERE booked <> CASE WHEN got > 0 THEN stands ELSE 0 END",
    ),
    (
        "revenue of a group that failed",
        "SELECT COUNT(*) FROM ledger_entry e JOIN ledger_document d ON d.seq = e.document \
         JOIN group_seat s ON s.order_id = d.biz_id JOIN buy_group g ON g.id = s.group_id \
         WHERE g.state = 'failed' AND e.account IN ('REVENUE', 'SHIPPING_INCOME')",
    ),
    (
        // inv.L5, M4: a full refund, however it was cut, leaves nothing in any account; a second payment of the
        // order may still be on its way back.
        "accounts of refunded orders that are not empty",
        "SELECT COUNT(*) FROM (SELECT d.biz_id FROM ledger_entry e JOIN ledger_document d ON d.seq = e.document \
         JOIN orders o ON o.id = d.biz_id WHERE o.state = 'refunded' AND NOT EXISTS (SELECT 1 FROM refund r \
           WHERE r.order_id = o.id AND r.state = 'pending') \
           AND d.event NOT IN ('frozen', 'available') \
         GROUP BY d.biz, d.biz_id, CASE WHEN e.account = 'COMMISSION_PAYABLE' THEN e.party ELSE e.account END \
         HAVING SUM(e.minor) <> 0) x",
    ),
    (
        "rewards of groups that did not succeed, or of more than their leaders paid",
        "SELECT COUNT(*) FROM commission c WHERE c.level = 0 AND NOT EXISTS (SELECT 1 FROM buy_group g \
         JOIN orders o ON o.id = g.leader_order WHERE g.leader_order = c.order_id AND g.state = 'succeeded' \
           AND o.owner = c.payee AND c.amount_minor * 10000 <= o.goods_minor * g.leader_reward_bp)",
    ),
    (
        "refunds of more than a line holds, or than they are",
        "SELECT (SELECT COUNT(*) FROM order_line l WHERE (SELECT COALESCE(SUM(x.quantity), 0) FROM refund_line x \
           JOIN refund r ON r.id = x.refund_id WHERE r.order_id = l.order_id AND x.position = l.position) \
             > l.quantity) \
         + (SELECT COUNT(*) FROM refund r WHERE r.amount_minor < (SELECT COALESCE(SUM(x.minor), 0) \
             FROM refund_line x WHERE x.refund_id = r.id))",
    ),
];
