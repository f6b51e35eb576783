//! What the linker leaves in a module for those who take it apart (`--emit-relocs`, ADR 10) and no browser reads.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::module::{Bytes, HEADER, write_block};

/// The id of a section that the language gives no meaning (WebAssembly 5.5.3).
const CUSTOM: u8 = 0;

/// Takes the linker's sections out of every module in a folder.
///
/// # Errors
/// When a file cannot be read or written, or is no module.
pub fn strip(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_none_or(|ending| ending != "wasm") {
            continue;
        }
        let module = fs::read(&file)?;
        let stripped =
            without_linkers(&module).with_context(|| format!("cannot read {}", file.display()))?;
        if stripped.len() < module.len() {
            fs::write(&file, stripped)?;
        }
    }
    Ok(())
}

fn without_linkers(module: &[u8]) -> Result<Vec<u8>> {
    let mut out = module.get(..HEADER).context("no WebAssembly")?.to_vec();
    let mut rest = Bytes(module.get(HEADER..).unwrap_or_default());
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let section = rest.block()?;
        if id == CUSTOM && is_linkers(Bytes(section).block()?) {
            continue;
        }
        out.push(id);
        write_block(&mut out, section);
    }
    Ok(out)
}

fn is_linkers(name: &[u8]) -> bool {
    name == b"linking" || name.starts_with(b"reloc.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linkers_sections_go_and_all_others_stay() {
        let sections = |names: &[&str]| {
            let mut module = b"\0asm\x01\0\0\0".to_vec();
            for name in names {
                let mut section = Vec::new();
                write_block(&mut section, name.as_bytes());
                section.push(7);
                module.push(CUSTOM);
                write_block(&mut module, &section);
            }
            module.push(1);
            write_block(&mut module, &[0]);
            module
        };
        let linked = sections(&["reloc.CODE", "name", "linking", "reloc.DATA", "relocate"]);
        let stripped = without_linkers(&linked).unwrap();
        assert_eq!(stripped, sections(&["name", "relocate"]));
        assert!(without_linkers(b"").is_err());
        assert!(without_linkers(&linked[..linked.len() - 1]).is_err());
    }
}
