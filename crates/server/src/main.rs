//! The program `jishi`: serve the shop, import a catalogue, print the API's document.

fn main() {}
