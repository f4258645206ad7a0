//! Writes the Brotli form of every embedded asset beside it. Run after a file in `assets/` changed:
//! `cargo run -p web --example compress_assets`. A test compares the two forms.

use std::fs;
use std::io::{Result, Write};
use std::path::Path;

const FILES: [&str; 5] =
    ["vendor/tabler.min.css", "vendor/tabler.rtl.min.css", "look.css", "portal.js", "favicon.svg"];

fn main() -> Result<()> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    for name in FILES {
        let plain = fs::read(assets.join(name))?;
        let mut compressed = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut compressed, 64 * 1024, 11, 22);
        writer.write_all(&plain)?;
        drop(writer);
        println!("{name}: {} bytes, {} with Brotli", plain.len(), compressed.len());
        fs::write(assets.join(format!("{name}.br")), compressed)?;
    }
    Ok(())
}
