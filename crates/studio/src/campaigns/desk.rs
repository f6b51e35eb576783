//! Keeps the editor and the shop at the same: what is typed is kept by itself over the version that was seen, and
//! what somebody else wrote meanwhile is never written over unasked.

use contract::campaigns::{
    Campaign, CampaignCommand, CampaignState, CampaignTerms, EditCampaign, Readiness,
};
use contract::live_studio::StaffRole;
use contract::{ErrorCode, PromotionId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::IdempotencyKey;
use storefront::platform::{events, timers};
use storefront::ui::{Toaster, toast};

use super::draft::{Draft, Spot};
use super::{api, words};
use crate::gate::use_role;

/// Typing that rests this long is kept, in milliseconds.
const REST_MS: u32 = 700;
/// How often a published promotion is looked at for what was sold, in milliseconds.
const LOOK_MS: u32 = 10_000;

/// How what is typed stands to what the shop has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// The shop has it.
    Kept,
    /// Not yet sent.
    Typing,
    /// A field says nothing that could be kept.
    Wrong,
    /// On the way.
    Sending,
    /// Refused, or lost; in words.
    Failed(String),
    /// Somebody else has written meanwhile.
    Conflict,
}

/// A promotion on its editor's desk; a copyable handle.
#[derive(Clone, Copy)]
pub struct Desk {
    /// As the shop has it.
    pub saved: RwSignal<Campaign>,
    /// As it is typed.
    pub draft: Draft,
    /// What is typed as terms, or the field that is wrong.
    pub read: Memo<Result<CampaignTerms, Spot>>,
    /// How both stand.
    pub keeping: RwSignal<Keeping>,
    /// What stands in the way of publishing.
    pub readiness: RwSignal<Option<Readiness>>,
    /// A command is under way.
    pub busy: RwSignal<bool>,
    /// Terms before the changes of this sitting.
    pub past: RwSignal<Vec<CampaignTerms>>,
    /// Whether who sits here may write.
    pub may_write: bool,
    /// Changes when it changes, and not with everything that is kept: what is drawn by it is not drawn anew.
    stands: Memo<CampaignState>,
    agreed: StoredValue<CampaignTerms>,
    undoing: StoredValue<bool>,
    toaster: Toaster,
}

/// Takes a promotion to the desk while the current owner lives.
pub fn take(campaign: Campaign) -> Desk {
    let draft = Draft::new(campaign.kind, &campaign.terms);
    let agreed = campaign.terms.clone();
    let saved = RwSignal::new(campaign);
    let role = untrack(|| use_role().get());
    let desk = Desk {
        draft,
        read: Memo::new(move |_| draft.read()),
        keeping: RwSignal::new(Keeping::Kept),
        readiness: RwSignal::new(None),
        busy: RwSignal::new(false),
        past: RwSignal::default(),
        may_write: matches!(role, Some(StaffRole::Owner | StaffRole::CampaignEditor)),
        agreed: StoredValue::new(agreed),
        undoing: StoredValue::new(false),
        stands: Memo::new(move |_| saved.with(|saved| saved.state)),
        saved,
        toaster: toast(),
    };
    Effect::new(move || desk.typed());
    let version = Memo::new(move |_| desk.saved.with(|saved| (saved.version, saved.state)));
    Effect::new(move || {
        version.track();
        desk.check();
    });
    timers::every(LOOK_MS, move || desk.look());
    events::on_window("online", move |_| desk.keep());
    // Who leaves right after a word has written it.
    on_cleanup(move || {
        if desk.keeping.try_get_untracked() == Some(Keeping::Typing) {
            desk.keep();
        }
    });
    desk
}

impl Desk {
    /// Its id.
    pub fn id(self) -> PromotionId {
        self.saved.with_untracked(|saved| saved.id.clone())
    }

    /// Where it stands; tracked.
    pub fn state(self) -> CampaignState {
        self.stands.get()
    }

    /// Whether everything of it can still be changed; tracked.
    pub fn is_open(self) -> bool {
        self.may_write && self.state() == CampaignState::Draft
    }

    /// Whether what a published one allows can be changed (F8); tracked.
    pub fn is_editable(self) -> bool {
        self.may_write && self.state() != CampaignState::Ended
    }

    /// What is wrong with a field, if it is the one.
    pub fn wrong(self, spot: Spot, words: &'static str) -> Signal<Option<String>> {
        let wrong = move || matches!(&*self.read.read(), Err(it) if *it == spot);
        Signal::derive(move || wrong().then(|| words.to_owned()))
    }

    fn typed(self) {
        match self.read.get() {
            Err(_) => self.keeping.set(Keeping::Wrong),
            Ok(terms) if self.agreed.with_value(|agreed| *agreed == terms) => {
                let is_settled = matches!(
                    self.keeping.get_untracked(),
                    Keeping::Typing | Keeping::Wrong | Keeping::Failed(_)
                );
                if is_settled {
                    self.keeping.set(Keeping::Kept);
                }
            }
            Ok(_) if !self.may_write || self.keeping.get_untracked() == Keeping::Conflict => {}
            Ok(_) => {
                if self.keeping.get_untracked() != Keeping::Sending {
                    self.keeping.set(Keeping::Typing);
                }
                timers::after(REST_MS, move || self.keep());
            }
        }
    }

    /// Sends what is typed, and what is typed meanwhile after it.
    pub fn keep(self) {
        if matches!(
            self.keeping.try_get_untracked(),
            None | Some(Keeping::Sending | Keeping::Conflict)
        ) {
            return;
        }
        let Some(mut terms) = self.changed() else {
            return;
        };
        let Some((id, mut version)) = self
            .saved
            .try_with_untracked(|it| (it.id.clone(), it.version))
        else {
            return;
        };
        self.keeping.try_set(Keeping::Sending);
        spawn_local(async move {
            loop {
                let edit = EditCampaign {
                    version,
                    terms: terms.clone(),
                };
                let answer = api::edit_campaign(&id, &IdempotencyKey::new(), &edit).await;
                let saved = match answer {
                    Ok(saved) => saved,
                    Err(error) => {
                        let keeping = match error.code() {
                            Some(ErrorCode::CampaignStateConflict) => Keeping::Conflict,
                            _ => Keeping::Failed(words::refused(&error)),
                        };
                        self.keeping.try_set(keeping);
                        return;
                    }
                };
                version = saved.version;
                self.agree(terms, saved);
                match self.changed() {
                    Some(more) => terms = more,
                    None => break,
                }
            }
            let is_whole = self.read.try_with_untracked(Result::is_ok);
            self.keeping.try_set(match is_whole {
                Some(false) => Keeping::Wrong,
                _ => Keeping::Kept,
            });
        });
    }

    /// What is typed, when the shop has something else.
    fn changed(self) -> Option<CampaignTerms> {
        let terms = self.read.try_get_untracked()?.ok()?;
        let agreed = self.agreed.try_get_value()?;
        (terms != agreed).then_some(terms)
    }

    fn agree(self, terms: CampaignTerms, saved: Campaign) {
        let before = self.agreed.try_get_value();
        self.agreed.try_set_value(terms);
        // A step back is none that could be taken back.
        if self.undoing.try_get_value() == Some(false) {
            self.past.try_update(|past| past.extend(before));
        }
        self.undoing.try_set_value(false);
        if self.saved.try_set(saved).is_none() {
            self.check();
        }
    }

    /// Puts the terms before the last change into the fields; they are kept like typed ones.
    pub fn undo(self) {
        let Some(before) = self.past.try_update(Vec::pop).flatten() else {
            return;
        };
        self.undoing.set_value(true);
        self.draft.fill(&before);
    }

    /// Takes what the shop has, instead of what is typed.
    pub fn take_theirs(self) {
        self.ask(move |theirs| {
            self.put(theirs);
            self.keeping.set(Keeping::Kept);
        });
    }

    /// Writes what is typed over what the shop has.
    pub fn keep_mine(self) {
        self.ask(move |theirs| {
            self.agreed.set_value(theirs.terms.clone());
            self.saved.set(theirs);
            self.keeping.set(Keeping::Typing);
            self.keep();
        });
    }

    fn ask(self, then: impl FnOnce(Campaign) + 'static) {
        let id = self.id();
        spawn_local(async move {
            let answer = api::get_campaign(&id).await;
            if self.busy.is_disposed() {
                return;
            }
            match answer {
                Ok(theirs) => then(theirs),
                Err(error) => self.toaster.show(words::refused(&error)),
            }
        });
    }

    fn put(self, campaign: Campaign) {
        self.agreed.set_value(campaign.terms.clone());
        self.draft.fill(&campaign.terms);
        self.saved.set(campaign);
    }

    /// Sold pieces, states that the clock changed, and what others wrote while nothing is typed here.
    fn look(self) {
        let quiet = move || self.keeping.try_get_untracked() == Some(Keeping::Kept);
        let state = self.saved.with_untracked(|saved| saved.state);
        if !quiet() || matches!(state, CampaignState::Draft | CampaignState::Ended) {
            return;
        }
        let id = self.id();
        spawn_local(async move {
            // What is shown stays when this one fails.
            let Ok(now) = api::get_campaign(&id).await else {
                return;
            };
            let seen = self.saved.try_with_untracked(|saved| saved.version);
            if !quiet() || seen.is_none_or(|seen| now.version < seen) {
                return;
            }
            match self.agreed.with_value(|agreed| *agreed == now.terms) {
                true => self.saved.set(now),
                false => self.put(now),
            }
        });
    }

    /// Looks at what stands in the way of publishing.
    fn check(self) {
        let id = self.id();
        if self.saved.with_untracked(|saved| saved.state) != CampaignState::Draft {
            return self.readiness.set(None);
        }
        spawn_local(async move {
            if let Ok(readiness) = api::check_campaign(&id).await {
                self.readiness.try_set(Some(readiness));
            }
        });
    }

    /// Publishes, stops, resumes or ends it.
    pub fn command(self, command: CampaignCommand) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let id = self.id();
        spawn_local(async move {
            let answer = api::move_campaign(&id, command).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(campaign) => self.saved.set(campaign),
                Err(error) => {
                    self.toaster.show(words::refused(&error));
                    self.check();
                    self.look();
                }
            }
        });
    }
}
