//! RTMP ingest: a port of its own, where an encoder shows a key and sends H.264 and AAC.
//!
//! The protocol is `rml_rtmp`'s, which trusts its peer. So `guard` reads the frame of every chunk before it
//! does, `amf` reads the few commands that a publisher needs, and nothing else that a stranger sends is parsed.

mod amf;
mod guard;
mod ingest;
mod session;

pub use guard::{Breach, Guard};
pub use ingest::{Ports, serve};
pub use session::{Asked, Broken, Session};
