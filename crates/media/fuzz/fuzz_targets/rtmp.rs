//! Whatever a stranger sends after the handshake ends in an answer or a refusal: no panic, no deep recursion, no
//! memory without an end. `tests/live/garbage.rs` asks the same of random bytes in every test run.

#![no_main]

use libfuzzer_sys::fuzz_target;
use media::rtmp::{Asked, Session};
use rml_rtmp::handshake::{Handshake, HandshakeProcessResult, PeerType};

fuzz_target!(|bytes: &[u8]| {
    let Some(mut session) = shaken() else {
        return;
    };
    for some in bytes.chunks(97) {
        match session.take(some) {
            Ok(asked) if asked.iter().any(|it| matches!(it, Asked::Publish(_))) => {
                // Let in, so that pictures are read too. What it answers goes nowhere.
                let _ = session.accept();
            }
            Ok(_) => {}
            Err(_) => return,
        }
    }
});

/// A session after its handshake.
fn shaken() -> Option<Session> {
    let (mut session, mut peer) = (Session::default(), Handshake::new(PeerType::Client));
    let asked = session.take(&peer.generate_outbound_p0_and_p1().ok()?).ok()?;
    let back: Vec<u8> = asked
        .into_iter()
        .flat_map(|it| match it {
            Asked::Send(bytes) => bytes,
            _ => Vec::new(),
        })
        .collect();
    match peer.process_bytes(&back).ok()? {
        HandshakeProcessResult::Completed { response_bytes, .. } => {
            session.take(&response_bytes).ok()?;
            Some(session)
        }
        HandshakeProcessResult::InProgress { .. } => None,
    }
}
