//! The sequential model of group-buy: one thing after the other, on a table, without a database. Written from the
//! rules and not from the code; a [`Bug`] breaks one of them.

use contract::groups::OnOverflow;

pub const SIZE: usize = 3;
pub const LIMIT: usize = 3;
pub const PRICE: i64 = 2390;
pub const REWARD: i64 = 239;
const HOLD_MS: i64 = 600_000;
pub const LIFE_MS: i64 = 24 * 60 * 60 * 1000;

/// Something that people, money, time or the shop do.
#[derive(Clone, Copy, Debug)]
pub enum Event {
    Open {
        who: usize,
        wish: OnOverflow,
    },
    Join {
        who: usize,
        group: usize,
        wish: OnOverflow,
    },
    /// Money of a new payment arrives for an order.
    Pay {
        order: usize,
    },
    /// The last message about an order's money comes again.
    Again {
        order: usize,
    },
    Cancel {
        order: usize,
    },
    GiveBack {
        order: usize,
    },
    Receive {
        order: usize,
    },
    /// So long, and the jobs run.
    Wait {
        ms: i64,
    },
    /// Every refund that was asked for succeeds.
    Refunded,
}

/// Where an order's seat stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Held,
    Released,
    Paid,
    Confirmed,
    Received,
    GoingBack,
    Back,
}

#[derive(Clone, Debug)]
pub struct Order {
    pub who: usize,
    pub at: At,
    pub group: Option<usize>,
    pub wish: OnOverflow,
    pub pay_by: i64,
    /// When it was last paid for, as a place in the order of payments.
    pub paid: Option<usize>,
    pub captured: i64,
    pub claimed: i64,
    pub back: i64,
    pub reward: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Forming,
    Succeeded,
    Failed,
}

#[derive(Clone, Debug)]
pub struct Group {
    pub end: End,
    pub expires_at: i64,
    pub leader: usize,
    /// Paid seats; of a group that is over, those too whose money went back.
    pub filled: usize,
    pub by_store: usize,
}

/// A rule that the model breaks, to prove that the comparison sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    OneSeatTooMany,
    LapsedSeatsAreKept,
    LateMoneyIsKept,
    ExpiryKeepsTheMoney,
    LimitForgetsPaidSeats,
    NoReward,
    SecondPaymentIsKept,
    GoodsAreNotFreed,
}

pub const BUGS: [Bug; 8] = [
    Bug::OneSeatTooMany,
    Bug::LapsedSeatsAreKept,
    Bug::LateMoneyIsKept,
    Bug::ExpiryKeepsTheMoney,
    Bug::LimitForgetsPaidSeats,
    Bug::NoReward,
    Bug::SecondPaymentIsKept,
    Bug::GoodsAreNotFreed,
];

#[derive(Clone, Debug)]
pub struct Model {
    pub now: i64,
    /// Goods that nobody holds, and what is left of the quota.
    pub goods: i64,
    pub quota: i64,
    pub orders: Vec<Order>,
    pub groups: Vec<Group>,
    pub leader_may_leave: bool,
    pub store_from: Option<usize>,
    payments: usize,
    bug: Option<Bug>,
}

impl Model {
    pub fn new(now: i64, (goods, quota): (i64, i64), bug: Option<Bug>) -> Self {
        Self {
            now,
            goods,
            quota,
            orders: Vec::new(),
            groups: Vec::new(),
            leader_may_leave: false,
            store_from: None,
            payments: 0,
            bug,
        }
    }

    fn is(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    pub fn reserved(&self, group: usize) -> usize {
        self.seats(group, |at| at == At::Held)
    }

    fn seats(&self, group: usize, which: impl Fn(At) -> bool) -> usize {
        let of_group = |order: &&Order| order.group == Some(group) && which(order.at);
        self.orders.iter().filter(of_group).count()
    }

    /// A group that somebody can sit down in.
    fn has_room(&self, group: usize) -> bool {
        let one = &self.groups[group];
        let size = SIZE + usize::from(self.is(Bug::OneSeatTooMany));
        one.end == End::Forming
            && self.now < one.expires_at
            && one.filled + self.reserved(group) < size
    }

    fn may_have_one_more(&self, who: usize) -> bool {
        let counts = |at: At| match at {
            At::Paid => !self.is(Bug::LimitForgetsPaidSeats),
            At::Held | At::Confirmed | At::Received => true,
            At::Released | At::GoingBack | At::Back => false,
        };
        let has = self
            .orders
            .iter()
            .filter(|order| order.who == who && counts(order.at));
        self.goods > 0 && self.quota > 0 && has.count() < LIMIT
    }

    fn sits_in(&self, who: usize, group: usize) -> bool {
        let live = |at| matches!(at, At::Held | At::Paid | At::Confirmed | At::Received);
        let own = |order: &Order| order.who == who && order.group == Some(group) && live(order.at);
        self.orders.iter().any(own)
    }

    /// Does what the event says; tells whether it could.
    pub fn follow(&mut self, event: Event) -> bool {
        match event {
            Event::Open { who, wish } => self.sit(who, None, wish),
            Event::Join { who, group, wish } => {
                let fits = self.has_room(group) && !self.sits_in(who, group);
                fits && self.sit(who, Some(group), wish)
            }
            Event::Pay { order } => {
                self.money(order);
                true
            }
            Event::Again { .. } => true,
            Event::Cancel { order } => self.cancel(order),
            Event::GiveBack { order } => self.give_back(order),
            Event::Receive { order } => {
                let fits = self.orders[order].at == At::Confirmed;
                if fits {
                    self.orders[order].at = At::Received;
                }
                fits
            }
            Event::Wait { ms } => {
                self.wait(ms);
                true
            }
            Event::Refunded => {
                for order in &mut self.orders {
                    order.back = order.claimed;
                    if order.at == At::GoingBack {
                        order.at = At::Back;
                    }
                }
                true
            }
        }
    }

    fn sit(&mut self, who: usize, group: Option<usize>, wish: OnOverflow) -> bool {
        if !self.may_have_one_more(who) {
            return false;
        }
        self.take(1);
        let until = self.now + HOLD_MS;
        let ends = group.map(|group| self.groups[group].expires_at);
        self.orders.push(Order {
            who,
            at: At::Held,
            group,
            wish,
            pay_by: ends.map_or(until, |ends| until.min(ends)),
            paid: None,
            captured: 0,
            claimed: 0,
            back: 0,
            reward: 0,
        });
        true
    }

    fn take(&mut self, count: i64) {
        self.goods -= count;
        self.quota -= count;
    }

    fn free(&mut self) {
        if !self.is(Bug::GoodsAreNotFreed) {
            self.take(-1);
        }
    }

    fn money(&mut self, order: usize) {
        self.payments += 1;
        self.orders[order].captured += PRICE;
        match self.orders[order].at {
            At::Held => match self.orders[order].group {
                Some(group) => self.seat(order, group),
                None => self.lead(order),
            },
            At::Released => self.late(order),
            _ if self.is(Bug::SecondPaymentIsKept) => {}
            _ => self.orders[order].claimed += PRICE,
        }
    }

    /// G8: its own group, then what its buyer wished for, then back.
    fn late(&mut self, order: usize) {
        let Order {
            who, group, wish, ..
        } = self.orders[order].clone();
        if self.may_have_one_more(who) {
            let mut places: Vec<usize> = group.into_iter().collect();
            if wish == OnOverflow::AnyGroup && group.is_some() {
                let others = (0..self.groups.len()).filter(|other| Some(*other) != group);
                let mut others: Vec<usize> = others.filter(|other| self.has_room(*other)).collect();
                others.sort_by_key(|other| (self.groups[*other].expires_at, *other));
                places.extend(others);
            }
            for place in places {
                if self.has_room(place) && !self.sits_in(who, place) {
                    self.take(1);
                    self.orders[order].group = Some(place);
                    return self.seat(order, place);
                }
            }
            if wish == OnOverflow::NewGroup || group.is_none() {
                self.take(1);
                return self.lead(order);
            }
        }
        self.orders[order].at = At::GoingBack;
        if !self.is(Bug::LateMoneyIsKept) {
            self.orders[order].claimed = self.orders[order].captured;
        }
    }

    fn lead(&mut self, order: usize) {
        self.groups.push(Group {
            end: End::Forming,
            expires_at: self.now + LIFE_MS,
            leader: order,
            filled: 0,
            by_store: 0,
        });
        let group = self.groups.len() - 1;
        self.orders[order].group = Some(group);
        self.seat(order, group);
    }

    fn seat(&mut self, order: usize, group: usize) {
        self.orders[order].at = At::Paid;
        self.orders[order].paid = Some(self.payments);
        self.groups[group].filled += 1;
        if self.groups[group].filled == SIZE {
            self.succeed(group);
        }
    }

    fn succeed(&mut self, group: usize) {
        self.groups[group].end = End::Succeeded;
        for order in &mut self.orders {
            if order.group == Some(group) && order.at == At::Paid {
                order.at = At::Confirmed;
            }
        }
        if !self.is(Bug::NoReward) {
            let leader = self.groups[group].leader;
            self.orders[leader].reward = REWARD;
        }
    }

    fn fail(&mut self, group: usize) {
        self.groups[group].end = End::Failed;
        for order in 0..self.orders.len() {
            if self.orders[order].group != Some(group) {
                continue;
            }
            match self.orders[order].at {
                At::Held => self.release(order),
                At::Paid => self.going_back(order, true),
                _ => {}
            }
        }
    }

    fn release(&mut self, order: usize) {
        self.orders[order].at = At::Released;
        self.free();
    }

    /// Everything that was paid goes back, and with it what the order earned.
    fn going_back(&mut self, order: usize, goods_too: bool) {
        let one = &mut self.orders[order];
        one.at = At::GoingBack;
        one.claimed = one.captured;
        one.reward = 0;
        if goods_too {
            self.free();
        } else {
            // Its place in the offer is free; the goods are with the buyer.
            self.quota += 1;
        }
    }

    fn cancel(&mut self, order: usize) -> bool {
        let group = self.orders[order].group;
        match (self.orders[order].at, group) {
            (At::Held, _) => self.release(order),
            (At::Confirmed, _) => self.going_back(order, true),
            (At::Paid, Some(group))
                if self.leader_may_leave && self.groups[group].leader == order =>
            {
                self.going_back(order, true);
                self.orders[order].paid = None;
                self.groups[group].filled -= 1;
                let next = self.first_paid(group);
                match next {
                    Some(next) => self.groups[group].leader = next,
                    None => self.fail(group),
                }
            }
            _ => return false,
        }
        true
    }

    /// Who paid first of those who still sit there.
    fn first_paid(&self, group: usize) -> Option<usize> {
        let paid = (0..self.orders.len()).filter(|order| {
            let order = &self.orders[*order];
            order.group == Some(group) && order.at == At::Paid
        });
        paid.min_by_key(|order| self.orders[*order].paid)
    }

    fn give_back(&mut self, order: usize) -> bool {
        match self.orders[order].at {
            At::Confirmed => self.going_back(order, true),
            At::Received => self.going_back(order, false),
            _ => return false,
        }
        true
    }

    fn wait(&mut self, ms: i64) {
        self.now += ms;
        for order in 0..self.orders.len() {
            let one = &self.orders[order];
            let kept = self.is(Bug::LapsedSeatsAreKept);
            if one.at == At::Held && one.pay_by <= self.now && !kept {
                self.release(order);
            }
        }
        for group in 0..self.groups.len() {
            let Group {
                end,
                expires_at,
                filled,
                ..
            } = self.groups[group];
            if end != End::Forming || expires_at > self.now {
                continue;
            }
            if self.store_from.is_some_and(|least| filled >= least) {
                self.groups[group].by_store = SIZE - filled;
                self.succeed(group);
            } else if self.is(Bug::ExpiryKeepsTheMoney) {
                self.groups[group].end = End::Failed;
            } else {
                self.fail(group);
            }
        }
    }
}
