//! The script that loads pieces of the app: as wasm_split writes it, inside the script that wasm-bindgen writes, so
//! that a page asks for one file less.

use anyhow::{Context, Result, bail};

use super::fold::SECTION;

/// What the app's WebAssembly and script call the loader.
pub const LINK: &str = "./pieces.js";

/// How the loader has a file compiled and run.
const RUN: &str = "WebAssembly.instantiateStreaming(src, imports)";

/// The loader's text.
pub struct Loader(String);

impl Loader {
    /// Takes over what wasm_split wrote.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// A file has another address than wasm_split thinks.
    pub fn rename(&mut self, file: &str, to: &str) {
        self.0 = self
            .0
            .replace(&format!("\"./{file}\""), &format!("\"./{to}\""));
    }

    /// Has `chunk` come with `host`.
    ///
    /// # Errors
    /// When the loader knows nothing of the chunk.
    pub fn fold(&mut self, chunk: &str, host: &str) -> Result<()> {
        let begin = format!("const __{chunk} = makeLoad(");
        let (before, rest) = self.0.split_once(&begin).context("no such chunk")?;
        let (_, after) = rest
            .split_once(", []);\n")
            .context("a chunk without an end")?;
        let list = |text: &str| text.replace(&format!("__{chunk},"), &format!("__{host},"));
        // Lists end with a bracket instead.
        let text =
            format!("{before}{after}").replace(&format!("__{chunk}]"), &format!("__{host}]"));
        self.0 = list(&text);
        Ok(())
    }

    /// The app's script with the loader in it.
    ///
    /// # Errors
    /// When either is not as wasm-bindgen and wasm_split write them.
    pub fn put_into(&self, script: &str) -> Result<String> {
        let mut loader = String::new();
        let mut names = Vec::new();
        for line in self.0.lines().filter(|line| !line.starts_with("import ")) {
            let line = match line.strip_prefix("export ") {
                Some(line) => {
                    let name = line
                        .strip_prefix("const ")
                        .and_then(|line| line.split(' ').next());
                    names.push(name.context("the loader gives out something else than constants")?);
                    line
                }
                None => line,
            };
            loader.push_str(line);
            loader.push('\n');
        }
        if !loader.contains(RUN) {
            bail!("the loader runs no files");
        }
        let loader = loader.replace(RUN, "run(src, imports)");
        let (imports, rest): (Vec<_>, Vec<_>) = script
            .lines()
            .partition(|line| line.starts_with("import * as ") && line.contains(LINK));
        let mut aliases = imports.iter().filter_map(|line| line.split(' ').nth(3));
        let first = aliases
            .next()
            .context("the app's script does not ask for the loader")?;
        let others: String = aliases
            .map(|other| format!(", {other} = {first}"))
            .collect();
        Ok(format!(
            "const {first} = (() => {{\n\
             const run = async (src, imports) => {{\n\
             const {{ module }} = await {RUN};\n\
             const folded = WebAssembly.Module.customSections(module, \"{SECTION}\");\n\
             await Promise.all(folded.map((it) => WebAssembly.instantiate(it, imports)));\n\
             }};\n\
             {loader}return {{ {} }};\n}})(){others};\n{}\n",
            names.join(", "),
            rest.join("\n")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "import { initSync } from \"./s.js\";\n\
        const __chunk_1 = makeLoad(() => fetch(\"./chunk_1.wasm\", WebAssembly.instantiateStreaming(src, imports))\n, []);\n\
        const __chunk_10 = makeLoad(() => fetch(\"./chunk_10.wasm\")\n, []);\n\
        export const load_a = makeLoad(() => {}, [__chunk_1, __chunk_10]);\n\
        export const load_b = makeLoad(() => {}, [__chunk_1]);\n";

    #[test]
    fn a_folded_chunk_is_loaded_with_its_host() {
        let mut loader = Loader::new(TEXT.to_owned());
        loader.rename("chunk_10.wasm", "s-chunk_10.wasm");
        assert!(loader.0.contains("\"./s-chunk_10.wasm\""));
        loader.fold("chunk_1", "chunk_10").unwrap();
        assert!(
            loader
                .0
                .contains("load_a = makeLoad(() => {}, [__chunk_10, __chunk_10]);")
        );
        assert!(
            loader
                .0
                .contains("load_b = makeLoad(() => {}, [__chunk_10]);")
        );
        assert!(!loader.0.contains("chunk_1.wasm"));
        assert!(loader.fold("chunk_1", "chunk_10").is_err());
    }

    #[test]
    fn the_loader_stands_in_the_apps_script() {
        let script = "import * as import1 from \"./pieces.js\"\nimport * as import2 from \"./pieces.js\"\n\
                      function initSync() { return { \"./pieces.js\": import1, \"./pieces.js\": import2 }; }\n\
                      export { initSync };";
        let script = Loader::new(TEXT.to_owned()).put_into(script).unwrap();
        assert!(script.starts_with("const import1 = (() => {\n"), "{script}");
        assert!(
            script.contains(
                "return { load_a, load_b };\n})(), import2 = import1;\nfunction initSync"
            )
        );
        assert!(!script.contains("import * as") && !script.contains("export const"));
        assert!(Loader::new(TEXT.to_owned()).put_into("export {};").is_err());
    }
}
