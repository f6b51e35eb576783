//! The order of a module's functions. wasm-opt sorts them by name; here they are given names by which functions that
//! are made of alike parts stand side by side, where compression finds what they share.
//!
//! A name of rustc's scatters what is alike: it begins with the length of its first part, and of a trait's method for
//! two types the type comes first: `_ZN12_$LT$Goods$u20$as$u20$Draw$GT$4draw17h0123456789abcdefE`.

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use super::module::{Bytes, HEADER, write_block, write_number};

/// The id of a section that the language gives no meaning (WebAssembly 5.5.3).
const CUSTOM: u8 = 0;
/// The name of the section that holds names, and the id of its part about functions (WebAssembly 7.4.1).
const NAMES: &[u8] = b"name";
const FUNCTIONS: u8 = 1;
/// Characters of a name that are its hash: `17h0123456789abcdefE`.
const HASH: usize = 20;
/// No function has as many bytes.
const LONGEST: usize = 9_999_999;

/// The module with other names, which are for sorting alone.
///
/// # Errors
/// When the bytes are no module.
pub fn by_kind(module: &[u8]) -> Result<Vec<u8>> {
    let mut out = module.get(..HEADER).context("no WebAssembly")?.to_vec();
    let mut rest = Bytes(module.get(HEADER..).unwrap_or_default());
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let section = rest.block()?;
        if id != CUSTOM || Bytes(section).block()? != NAMES {
            out.push(id);
            write_block(&mut out, section);
        }
    }
    out.push(CUSTOM);
    write_block(&mut out, &names(module)?);
    Ok(out)
}

/// A section that names the functions: by kind, the longest of a kind first.
fn names(module: &[u8]) -> Result<Vec<u8>> {
    let mut imported = 0;
    let mut lengths = Vec::new();
    let mut named = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => lengths.push(body.as_bytes().len()),
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(parts) = custom.as_known() {
                    named.extend(parts.into_iter().filter_map(|part| match part {
                        Ok(Name::Function(functions)) => Some(functions),
                        _ => None,
                    }));
                }
            }
            _ => {}
        }
    }
    let named: Vec<_> = named.into_iter().flatten().collect::<Result<_, _>>()?;
    let mut list = Vec::new();
    write_number(&mut list, named.len());
    for naming in named {
        let function = usize::try_from(naming.index)?;
        let length = function
            .checked_sub(imported)
            .and_then(|at| lengths.get(at));
        let place = LONGEST.saturating_sub(length.copied().unwrap_or_default());
        let name = format!("{}{place:07}{function:07}", kind(naming.name));
        write_number(&mut list, function);
        write_block(&mut list, name.as_bytes());
    }
    let mut section = Vec::new();
    write_block(&mut section, NAMES);
    section.push(FUNCTIONS);
    write_block(&mut section, &list);
    Ok(section)
}

/// The letters of a name without its hash; what is done before whom it is done to.
fn kind(name: &str) -> String {
    let start = name.len().saturating_sub(HASH);
    let name = match name.split_at_checked(start) {
        Some((name, hash)) if hash.starts_with("17h") => name,
        _ => name,
    };
    let (whom, what) = name.split_once("$u20$as$u20$").unwrap_or((name, ""));
    let letters = |it: &char| !it.is_ascii_digit();
    what.chars().chain(whom.chars()).filter(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_of_a_kind_stand_together() {
        let mut names = [
            "main",
            "_ZN12_$LT$Goods$u20$as$u20$Draw$GT$4draw17h0123456789abcdefE",
            "_ZN12_$LT$Goods$u20$as$u20$Read$GT$4read17h0023456789abcdefE",
            "_ZN9_$LT$Room$u20$as$u20$Draw$GT$4draw17hff23456789abcdefE",
        ];
        names.sort_by_key(|name| kind(name));
        assert_eq!(
            names.map(kind),
            [
                "Draw$GT$draw_ZN_$LT$Goods",
                "Draw$GT$draw_ZN_$LT$Room",
                "Read$GT$read_ZN_$LT$Goods",
                "main",
            ]
        );
    }

    #[test]
    fn every_function_gets_a_name_that_tells_its_kind_and_length() {
        // Two functions of nothing, the second with an instruction more.
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x03\x02\0\0".to_vec();
        module.extend(b"\x0a\x08\x02\x02\0\x0b\x03\0\x01\x0b");
        module.extend(b"\0\x0e\x04name\x01\x07\x02\0\x01a\x01\x01b");
        let named = by_kind(&module).unwrap();
        let text = String::from_utf8_lossy(&named);
        assert!(text.contains("a99999970000000"), "{text}");
        assert!(text.contains("b99999960000001"), "{text}");
        assert_eq!(text.matches("name").count(), 1);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        for broken in [&b""[..], b"\0asm", b"\0asm\x01\0\0\0\x02\x09\x01"] {
            assert!(by_kind(broken).is_err());
        }
    }
}
