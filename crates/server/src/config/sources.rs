//! Where settings come from, and telling every bad one with its origin.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// One setting.
#[derive(Clone, Copy)]
pub struct Key {
    /// Its word in the file; `--with-dashes` as a flag, `JISHI_WITH_CAPITALS` in the environment.
    pub name: &'static str,
    /// Its value when nobody sets it.
    pub default: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// Never printed.
    secret: bool,
}

impl Key {
    pub(super) const fn new(name: &'static str, default: &'static str, help: &'static str) -> Self {
        Self {
            name,
            default,
            help,
            secret: false,
        }
    }

    pub(super) const fn secret(
        name: &'static str,
        default: &'static str,
        help: &'static str,
    ) -> Self {
        Self {
            name,
            default,
            help,
            secret: true,
        }
    }

    /// Its flag, without the two dashes in front.
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    fn variable(&self) -> String {
        format!("JISHI_{}", self.name.to_uppercase())
    }
}

/// All that was set, by source.
#[derive(Default)]
pub struct Sources {
    flags: BTreeMap<String, String>,
    env: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
    file_name: String,
}

/// Every bad setting, one sentence each.
#[derive(Debug, Default)]
pub struct ConfigErrors(Vec<String>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for ConfigErrors {}

impl Sources {
    /// Flags by the name of their key, and the environment as it is.
    pub fn new(flags: BTreeMap<String, String>, env: BTreeMap<String, String>) -> Self {
        Self {
            flags,
            env,
            ..Self::default()
        }
    }

    /// Adds the settings of a TOML file; a word that is no setting is refused.
    pub fn add_file(&mut self, name: &str, text: &str) -> Result<(), ConfigErrors> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            ConfigErrors(vec![format!("{name}: {}", error.message())])
        })?;
        let mut unknown = Vec::new();
        self.file_name = name.to_owned();
        for (key, value) in table {
            if super::KEYS.iter().all(|known| known.name != key) {
                unknown.push(format!(
                    "{name}: {key} is no setting; see `jishi serve --help`"
                ));
            }
            let text = match value {
                toml::Value::String(text) => text,
                other => other.to_string(),
            };
            self.file.insert(key, text);
        }
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(ConfigErrors(unknown))
        }
    }

    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            sources: self,
            bad: BTreeMap::new(),
        }
    }

    /// A setting's value and where it came from.
    fn find(&self, key: &Key) -> (String, String) {
        if let Some(value) = self.flags.get(key.name) {
            return (value.clone(), format!("flag --{}", key.flag()));
        }
        let conventional = (key.name == "database_url").then_some("DATABASE_URL".to_owned());
        for variable in std::iter::once(key.variable()).chain(conventional) {
            if let Some(value) = self.env.get(&variable) {
                return (value.clone(), format!("environment {variable}"));
            }
        }
        match self.file.get(key.name) {
            Some(value) => (value.clone(), format!("file {}", self.file_name)),
            None => (key.default.to_owned(), "default".to_owned()),
        }
    }
}

/// Reads settings and collects what is wrong with them, one complaint a setting.
pub(super) struct Reader<'a> {
    sources: &'a Sources,
    bad: BTreeMap<&'static str, String>,
}

impl Reader<'_> {
    /// A setting as it is.
    pub(super) fn text(&self, name: &'static str) -> String {
        self.find(name).1
    }

    /// A setting of a type; what cannot be read is complained about.
    pub(super) fn parsed<T: FromStr + Placeholder>(
        &mut self,
        name: &'static str,
        wanted: &str,
    ) -> T {
        match self.text(name).parse() {
            Ok(value) => value,
            Err(_) => {
                self.check(name, false, wanted);
                T::placeholder()
            }
        }
    }

    /// Complains about a setting unless it is fine.
    pub(super) fn check(&mut self, name: &'static str, fine: bool, wanted: &str) {
        if !fine {
            let (key, value, origin) = self.find(name);
            let shown = if key.is_some_and(|key| key.secret) {
                "***"
            } else {
                &value
            };
            let told = format!("{name} = {shown:?} ({origin}): wanted {wanted}");
            self.bad.entry(name).or_insert(told);
        }
    }

    /// The settings, or every complaint.
    pub(super) fn finish<T>(self, settings: T) -> Result<T, ConfigErrors> {
        if self.bad.is_empty() {
            Ok(settings)
        } else {
            Err(ConfigErrors(self.bad.into_values().collect()))
        }
    }

    fn find(&self, name: &'static str) -> (Option<&'static Key>, String, String) {
        let key = super::KEYS.iter().find(|key| key.name == name);
        let (value, origin) = key.map(|key| self.sources.find(key)).unwrap_or_default();
        (key, value, origin)
    }
}

/// What stands in for a setting that cannot be read while the other ones are looked at.
pub(super) trait Placeholder {
    fn placeholder() -> Self;
}

macro_rules! placeholder {
    ($($kind:ty = $value:expr;)+) => {$(
        impl Placeholder for $kind {
            fn placeholder() -> Self {
                $value
            }
        }
    )+};
}

placeholder! {
    u32 = 1;
    u64 = 1;
    i64 = 1;
    std::net::SocketAddr = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
}
