//! Prints the picture of the screen that the README shows:
//!
//! ```sh
//! cargo run --example picture > docs/screen.svg
//! ```

#[path = "../tests/support/picture.rs"]
mod picture;
#[path = "../tests/support/mod.rs"]
mod support;

fn main() {
    print!("{}", picture::svg());
}
