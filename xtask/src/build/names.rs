//! Short names between the app's WebAssembly and its script.
//!
//! wasm-bindgen names each of the browser's functions that the app calls by a word and a hash, once in either
//! file. No compression makes less of a hash, and nobody reads them: both files get the same short names.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

use super::module::{Bytes, HEADER, write_block, write_number};

/// The id of the section that lists what a module wants from outside (WebAssembly 5.5.5).
const IMPORTS: u8 = 2;
/// What such a list says of a function.
const FUNCTION: u8 = 0;

/// Shortens the names in a module and in the script that serves it.
///
/// # Errors
/// When the module's bytes are none, or it wants something else than functions.
pub fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut short = Short::default();
    let mut out = wasm.get(..HEADER).context("no WebAssembly")?.to_vec();
    let mut rest = Bytes(wasm.get(HEADER..).unwrap_or_default());
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let section = rest.block()?;
        let renamed = match id {
            IMPORTS => short.imports(section)?,
            _ => section.to_vec(),
        };
        out.push(id);
        write_block(&mut out, &renamed);
    }
    Ok((out, short.in_script(script)))
}

/// The names given so far.
#[derive(Default)]
struct Short(HashMap<String, String>);

impl Short {
    fn imports(&mut self, section: &[u8]) -> Result<Vec<u8>> {
        let mut rest = Bytes(section);
        let count = rest.number()?;
        let mut out = Vec::with_capacity(section.len());
        write_number(&mut out, count);
        for _ in 0..count {
            for _ in ["module", "name"] {
                let name = std::str::from_utf8(rest.block()?)?;
                let short = self.name(name);
                write_block(&mut out, short.as_bytes());
            }
            if rest.byte()? != FUNCTION {
                bail!("the app wants something else than functions of its script");
            }
            out.push(FUNCTION);
            write_number(&mut out, rest.number()?);
        }
        Ok(out)
    }

    /// What stands for `name`: for a name of wasm-bindgen's making only.
    fn name(&mut self, name: &str) -> String {
        if !name.starts_with("__wb") && !name.ends_with("_bg.js") {
            return name.to_owned();
        }
        let next = self.0.len();
        let short = || format!("w{next}");
        self.0.entry(name.to_owned()).or_insert_with(short).clone()
    }

    /// The script with every whole word that was shortened.
    fn in_script(&self, script: &str) -> String {
        let in_word = |c: char| c.is_alphanumeric() || "_$./-".contains(c);
        let mut out = String::with_capacity(script.len());
        let mut rest = script;
        while let Some(start) = rest.find(in_word) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c| !in_word(c)).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            out.push_str(before);
            out.push_str(self.0.get(word).map_or(word, String::as_str));
            rest = after;
        }
        out + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: &[u8] = b"\0asm\x01\0\0\0";

    /// A module that wants `names` of `module`, followed by a section that stays as it is.
    fn wants(module: &str, names: &[&str]) -> Vec<u8> {
        let mut section = Vec::new();
        write_number(&mut section, names.len());
        for name in names {
            write_block(&mut section, module.as_bytes());
            write_block(&mut section, name.as_bytes());
            section.extend([FUNCTION, 5]);
        }
        let mut wasm = MAGIC.to_vec();
        wasm.push(IMPORTS);
        write_block(&mut wasm, &section);
        wasm.push(0);
        write_block(&mut wasm, b"\x04name");
        wasm
    }

    #[test]
    fn both_files_get_the_same_short_names() {
        let wasm = wants(
            "./app_bg.js",
            &["__wbg_get_0123", "__wbg_get_01234", "mine"],
        );
        let script =
            "x = { __wbg_get_01234: f, __wbg_get_0123: g, mine: h }; y = {\"./app_bg.js\": x}";
        let (wasm, script) = shorten(&wasm, script).unwrap();
        assert_eq!(script, "x = { w2: f, w1: g, mine: h }; y = {\"w0\": x}");
        assert_eq!(wasm, wants("w0", &["w1", "w2", "mine"]));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        for broken in [&b""[..], b"\0asm", b"\0asm\x01\0\0\0\x02\x09\x01"] {
            assert!(shorten(broken, "").is_err());
        }
    }
}
