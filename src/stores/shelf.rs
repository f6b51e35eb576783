//! The browser's key-value storage as the stores see it, so that their logic is tested without one.

use crate::platform::storage;

/// A browser's key-value storage, which may refuse anything at any time.
pub trait Shelf {
    /// The text under a key.
    fn get(&self, key: &str) -> Result<Option<String>, ShelfError>;
    /// Puts a text under a key.
    fn set(&self, key: &str, text: &str) -> Result<(), ShelfError>;
    /// Takes a key away.
    fn remove(&self, key: &str) -> Result<(), ShelfError>;
    /// Moves what is under a key to another, whatever it is; the old key stays when it is refused.
    fn rename(&self, from: &str, to: &str) -> Result<(), ShelfError>;
}

/// The browser refused: storage is full, forbidden or absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this browser does not store what it is given")]
pub struct ShelfError;

/// The browser's local storage.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserShelf;

impl Shelf for BrowserShelf {
    fn get(&self, key: &str) -> Result<Option<String>, ShelfError> {
        storage::read(key).map_err(|_| ShelfError)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), ShelfError> {
        storage::write(key, text).map_err(|_| ShelfError)
    }

    fn remove(&self, key: &str) -> Result<(), ShelfError> {
        storage::remove(key).map_err(|_| ShelfError)
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), ShelfError> {
        storage::rename(from, to).map_err(|_| ShelfError)
    }
}

#[cfg(test)]
pub mod drawer {
    //! A storage in memory for tests.

    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    use super::{Shelf, ShelfError};

    /// A storage in memory that can be told to refuse.
    #[derive(Default)]
    pub struct Drawer {
        texts: RefCell<BTreeMap<String, String>>,
        refuses_reads: Cell<bool>,
        refuses_writes: Cell<bool>,
    }

    impl Drawer {
        /// One that holds a text.
        pub fn with(key: &str, text: &str) -> Self {
            let drawer = Self::default();
            drawer.set(key, text).unwrap();
            drawer
        }

        /// What it holds.
        pub fn keys(&self) -> Vec<String> {
            self.texts.borrow().keys().cloned().collect()
        }

        /// Puts a text in, whatever it was told.
        pub fn put(&self, key: &str, text: &str) {
            self.texts.borrow_mut().insert(key.into(), text.into());
        }

        /// From now on it cannot be read.
        pub fn refuse_reads(&self, refuse: bool) {
            self.refuses_reads.set(refuse);
        }

        /// From now on it takes nothing.
        pub fn refuse_writes(&self, refuse: bool) {
            self.refuses_writes.set(refuse);
        }
    }

    fn unless(refused: &Cell<bool>) -> Result<(), ShelfError> {
        if refused.get() {
            Err(ShelfError)
        } else {
            Ok(())
        }
    }

    impl Shelf for Drawer {
        fn get(&self, key: &str) -> Result<Option<String>, ShelfError> {
            unless(&self.refuses_reads)?;
            Ok(self.texts.borrow().get(key).cloned())
        }

        fn set(&self, key: &str, text: &str) -> Result<(), ShelfError> {
            unless(&self.refuses_writes)?;
            self.texts.borrow_mut().insert(key.into(), text.into());
            Ok(())
        }

        fn remove(&self, key: &str) -> Result<(), ShelfError> {
            unless(&self.refuses_reads)?;
            self.texts.borrow_mut().remove(key);
            Ok(())
        }

        fn rename(&self, from: &str, to: &str) -> Result<(), ShelfError> {
            if let Some(text) = self.get(from)? {
                self.set(to, &text)?;
                self.remove(from)?;
            }
            Ok(())
        }
    }
}
