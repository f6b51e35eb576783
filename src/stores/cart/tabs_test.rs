//! Several tabs on one storage, in any interleaving of reads, writes and `storage` events: they end
//! with the same cart, and nothing that was added is lost (reliability.md B3).

use std::collections::VecDeque;

use contract::{Quantity, SkuId, Timestamp};
use proptest::prelude::*;

use super::codec::{Decoded, decode, encode};
use super::document::{Cart, Edit};
use super::line::{Line, TabId};

/// One step of one tab. A tab without Web Locks may be overtaken between its read and its write.
#[derive(Clone, Debug)]
enum Step {
    /// Reads the storage, edits in memory.
    Edit(usize, Edit),
    /// Writes what it has in memory.
    Write(usize),
    /// Hears the next `storage` event.
    Hear(usize),
}

struct Tab {
    id: TabId,
    cart: Cart,
    inbox: VecDeque<String>,
}

struct Browser {
    stored: Option<String>,
    tabs: Vec<Tab>,
}

impl Browser {
    fn with(tabs: u32) -> Self {
        let tab = |n| Tab {
            id: TabId(n),
            cart: Cart::default(),
            inbox: VecDeque::new(),
        };
        Self {
            stored: None,
            tabs: (0..tabs).map(tab).collect(),
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Edit(n, edit) => {
                let stored = self.stored.clone();
                let tab = &mut self.tabs[*n];
                merge(tab, stored.as_deref());
                tab.cart.apply(edit, tab.id).unwrap();
            }
            Step::Write(n) => self.write(*n),
            Step::Hear(n) => {
                if let Some(text) = self.tabs[*n].inbox.pop_front() {
                    merge(&mut self.tabs[*n], Some(&text));
                    if encode(&self.tabs[*n].cart) != text {
                        self.write(*n);
                    }
                }
            }
        }
    }

    fn write(&mut self, n: usize) {
        let text = encode(&self.tabs[n].cart);
        if self.stored.as_ref() != Some(&text) {
            for (_, tab) in self.tabs.iter_mut().enumerate().filter(|(m, _)| *m != n) {
                tab.inbox.push_back(text.clone());
            }
            self.stored = Some(text);
        }
    }

    /// Everyone writes what it has and hears everything, until it is quiet.
    fn settle(&mut self) {
        for n in 0..self.tabs.len() {
            self.write(n);
        }
        for _ in 0..1000 {
            let Some(n) = self.tabs.iter().position(|tab| !tab.inbox.is_empty()) else {
                return;
            };
            self.step(&Step::Hear(n));
        }
        panic!("the tabs go on telling each other for ever");
    }

    fn quantities(&self) -> Vec<Vec<(String, u32, bool)>> {
        let of = |cart: &Cart| {
            cart.lines()
                .iter()
                .map(|(sku, line)| (sku.to_string(), line.quantity(), line.is_chosen()))
                .collect()
        };
        self.tabs.iter().map(|tab| of(&tab.cart)).collect()
    }
}

fn merge(tab: &mut Tab, text: Option<&str>) {
    if let Some(Decoded::Cart(cart)) = text.map(decode) {
        tab.cart.merge(&cart);
    }
}

const TABS: usize = 4;

fn sku() -> impl Strategy<Value = SkuId> {
    prop::sample::select(vec!["peach", "tea", "cup"]).prop_map(SkuId::from)
}

fn add() -> impl Strategy<Value = Edit> {
    (sku(), 1..4u32).prop_map(|(sku, n)| Edit::Add {
        sku,
        quantity: Quantity::try_from(n).unwrap(),
        price: None,
        at: Timestamp(7),
    })
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => add(),
        1 => (sku(), 1..9u32).prop_map(|(sku, n)| Edit::SetQuantity(sku, Quantity::try_from(n).unwrap())),
        1 => sku().prop_map(|sku| Edit::Remove(vec![sku])),
        1 => (sku(), any::<bool>()).prop_map(|(sku, chosen)| Edit::Choose(vec![sku], chosen)),
    ]
}

fn steps(edits: impl Strategy<Value = Edit>) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0..TABS, edits).prop_map(|(n, edit)| Step::Edit(n, edit)),
        (0..TABS).prop_map(Step::Write),
        (0..TABS).prop_map(Step::Hear),
    ];
    prop::collection::vec(step, 1..60)
}

fn run(steps: &[Step]) -> Browser {
    let mut browser = Browser::with(TABS as u32);
    for step in steps {
        browser.step(step);
    }
    browser.settle();
    browser
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn inv_b3_tabs_end_with_the_same_cart(steps in steps(any_edit())) {
        let browser = run(&steps);
        let quantities = browser.quantities();
        prop_assert!(quantities.iter().all(|cart| *cart == quantities[0]), "{quantities:?}");
        let stored = browser.stored.as_deref().map(decode);
        for tab in &browser.tabs {
            if let Some(Decoded::Cart(cart)) = &stored {
                prop_assert_eq!(&tab.cart, cart);
            }
        }
    }

    #[test]
    fn inv_b3_no_add_is_lost(steps in steps(add())) {
        let mut wanted = std::collections::BTreeMap::<SkuId, u32>::new();
        for step in &steps {
            if let Step::Edit(_, Edit::Add { sku, quantity, .. }) = step {
                *wanted.entry(sku.clone()).or_default() += quantity.get();
            }
        }
        let browser = run(&steps);
        for (sku, count) in wanted {
            let got = browser.tabs[0].cart.line(&sku).map_or(0, Line::quantity);
            prop_assert_eq!(got, count, "{}", sku);
        }
    }

    #[test]
    fn inv_b3_merging_does_not_depend_on_order_or_repetition(
        a in prop::collection::vec(any_edit(), 0..12),
        b in prop::collection::vec(any_edit(), 0..12),
        c in prop::collection::vec(any_edit(), 0..12),
    ) {
        let cart = |tab: u32, edits: &[Edit]| {
            let mut cart = Cart::default();
            for edit in edits {
                cart.apply(edit, TabId(tab)).unwrap();
            }
            cart
        };
        let [a, b, c] = [cart(1, &a), cart(2, &b), cart(3, &c)];
        let join = |parts: &[&Cart]| {
            let mut all = Cart::default();
            parts.iter().for_each(|part| all.merge(part));
            all
        };
        prop_assert_eq!(join(&[&a, &b, &c]), join(&[&c, &a, &b, &a]));
        prop_assert_eq!(join(&[&join(&[&a, &b]), &c]), join(&[&a, &join(&[&b, &c])]));
    }
}

#[test]
fn inv_b3_what_is_added_while_another_tab_removes_stays() {
    let peach = |n: u32| Edit::Add {
        sku: "peach".into(),
        quantity: Quantity::try_from(n).unwrap(),
        price: None,
        at: Timestamp(1),
    };
    let browser = run(&[
        Step::Edit(0, peach(3)),
        Step::Write(0),
        Step::Hear(1),
        Step::Edit(0, peach(2)),
        Step::Edit(1, Edit::Remove(vec!["peach".into()])),
        Step::Write(1),
        Step::Write(0),
    ]);
    assert_eq!(browser.quantities()[1], [("peach".to_owned(), 2, true)]);
}
