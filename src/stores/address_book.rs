//! The customer's address book, as the checkout and its own page share it.

use contract::address::{Address, AddressInput};
use contract::{AddressId, Page};
use leptos::prelude::*;
use serde::Serialize;

use super::payment::OpenAttempts;
use crate::api::{self, ApiError, IdempotencyKey};
use crate::routes::encoded;

/// The address book; a copyable handle.
#[derive(Clone, Copy)]
pub struct AddressBook {
    entries: RwSignal<Option<Vec<Address>>>,
    attempts: OpenAttempts,
}

pub(super) fn provide(attempts: OpenAttempts) -> AddressBook {
    let book = AddressBook {
        entries: RwSignal::new(None),
        attempts,
    };
    provide_context(book);
    book
}

/// The address book, from the shell's context.
pub fn use_address_book() -> AddressBook {
    use_context().unwrap_or_else(|| provide(super::payment::use_attempts()))
}

impl AddressBook {
    /// The entries as last read, the one to offer first leading; absent before the first reading.
    pub fn entries(self) -> ReadSignal<Option<Vec<Address>>> {
        self.entries.read_only()
    }

    /// Reads the book.
    ///
    /// # Errors
    /// See [`ApiError`]; what was read before stays.
    pub async fn load(self) -> Result<Vec<Address>, ApiError> {
        let page: Page<Address> = api::get("/api/addresses").await?;
        let entries = default_first(page.items);
        self.entries.try_set(Some(entries.clone()));
        Ok(entries)
    }

    /// Writes a new entry, or another version of one.
    ///
    /// # Errors
    /// See [`ApiError`]; a lost answer is asked for again under the same key by the next call.
    pub async fn save(
        self,
        id: Option<AddressId>,
        input: AddressInput,
    ) -> Result<Address, ApiError> {
        let saved: Address = match id {
            None => {
                self.attempts
                    .once("create_address", input, |key, input| {
                        create_address(key, input)
                    })
                    .await?
            }
            Some(id) => {
                let what = format!("update_address:{id}");
                let path = path(&id);
                let put = |key: IdempotencyKey, input: AddressInput| async move {
                    api::put(&path, &key, &input).await
                };
                self.attempts.once(&what, input, put).await?
            }
        };
        // The saved entry is certain; the rest of the book is read again when it can be.
        self.entries.try_update(|entries| {
            let entries = entries.get_or_insert_default();
            entries.retain(|entry| entry.id != saved.id);
            entries.insert(0, saved.clone());
        });
        let _ = self.load().await;
        Ok(saved)
    }

    /// Strikes an entry.
    ///
    /// # Errors
    /// See [`ApiError`]; the entry stays then.
    pub async fn delete(self, id: AddressId) -> Result<(), ApiError> {
        api::delete(&path(&id), &IdempotencyKey::new()).await?;
        self.entries.try_update(|entries| {
            if let Some(entries) = entries {
                entries.retain(|entry| entry.id != id);
            }
        });
        Ok(())
    }
}

async fn create_address(key: IdempotencyKey, input: impl Serialize) -> Result<Address, ApiError> {
    api::post("/api/addresses", &key, &input).await
}

fn path(id: &AddressId) -> String {
    format!("/api/addresses/{}", encoded(id.as_str()))
}

fn default_first(entries: Vec<Address>) -> Vec<Address> {
    let is_default = |entry: &Address| entry.input.is_default;
    let (mut first, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_default);
    first.extend(rest);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_leads_and_the_rest_keep_their_order() {
        let entry = |id: &str, is_default| Address {
            id: id.into(),
            input: AddressInput {
                name: String::new(),
                phone: String::new(),
                region: String::new(),
                detail: String::new(),
                community: None,
                is_default,
            },
        };
        let sorted = default_first(vec![entry("a", false), entry("b", true), entry("c", false)]);
        let ids: Vec<_> = sorted.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["b", "a", "c"]);
    }
}
