//! Records the tour that the README shows, as an asciicast and as a picture made by playing that, and makes the picture
//! of its first screen.
//!
//! ```sh
//! cargo run --example tour
//! ```

#[path = "../tests/support/picture.rs"]
mod picture;
#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/support/tour.rs"]
mod tour;

use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    fs::write(docs.join("screen.svg"), picture::svg())?;
    let cast = tour::cast();
    fs::write(docs.join("tour.cast"), &cast)?;
    fs::write(docs.join("tour.svg"), tour::svg(&cast))
}
