//! What strangers send to the port.

use std::time::Duration;

use axum::http::StatusCode;
use media::rtmp::Session;
use proptest::prelude::*;
use rml_rtmp::handshake::{Handshake, HandshakeProcessResult, PeerType};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{PATIENCE, Stage};

/// What a peer says to get through the handshake with a session.
fn shaken() -> Session {
    let (mut session, mut peer) = (Session::default(), Handshake::new(PeerType::Client));
    let hello = peer.generate_outbound_p0_and_p1().unwrap();
    let answers = session.take(&hello).unwrap();
    let mut back = Vec::new();
    for answer in answers {
        if let media::rtmp::Asked::Send(bytes) = answer {
            back.extend(bytes);
        }
    }
    let HandshakeProcessResult::Completed { response_bytes, .. } =
        peer.process_bytes(&back).unwrap()
    else {
        panic!("no handshake");
    };
    session.take(&response_bytes).unwrap();
    session
}

/// A whole message on chunk stream 3.
fn message(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut bytes = vec![
        3, 0, 0, 0, length[1], length[2], length[3], kind, 1, 0, 0, 0,
    ];
    for (number, chunk) in payload.chunks(128).enumerate() {
        if number > 0 {
            bytes.push(0xc3);
        }
        bytes.extend(chunk);
    }
    bytes
}

/// Chunks that are nearly right: kinds that exist, lengths that often fit, fields that often do not.
fn nearly_rtmp() -> impl Strategy<Value = Vec<u8>> {
    let chunk = (
        prop_oneof![Just(0_u8), Just(1), Just(2), Just(3)],
        2_u8..8,
        prop_oneof![Just(0_u32), Just(0x00ff_ffff), any::<u32>()],
        prop_oneof![0_u32..300, any::<u32>()],
        prop_oneof![
            Just(1_u8),
            Just(4),
            Just(8),
            Just(9),
            Just(17),
            Just(18),
            Just(20),
            any::<u8>()
        ],
        prop::collection::vec(any::<u8>(), 0..300),
    );
    prop::collection::vec(chunk, 0..12).prop_map(|chunks| {
        let mut bytes = Vec::new();
        for (format, stream, field, length, kind, payload) in chunks {
            bytes.push(format << 6 | stream);
            let (field, length) = (field.to_be_bytes(), length.to_be_bytes());
            if format < 3 {
                bytes.extend(&field[1..]);
            }
            if format < 2 {
                bytes.extend(&length[1..]);
                bytes.push(kind);
            }
            if format == 0 {
                bytes.extend([1, 0, 0, 0]);
            }
            bytes.extend(payload);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_bytes_after_the_handshake_end_in_an_answer_or_a_refusal(
        bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..600), nearly_rtmp()],
        step in 1_usize..200,
    ) {
        let mut session = shaken();
        for some in bytes.chunks(step) {
            if session.take(some).is_err() {
                break;
            }
        }
    }

    #[test]
    fn any_command_ends_in_an_answer_or_a_refusal(
        kind in prop_oneof![Just(17_u8), Just(20)],
        name in prop_oneof![Just("connect"), Just("createStream"), Just("publish"), Just("play"), Just("x")],
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut payload = vec![2, 0, u8::try_from(name.len()).unwrap()];
        payload.extend(name.bytes());
        payload.extend([0, 0, 0, 0, 0, 0, 0, 0, 0]);
        payload.extend(rest);
        // Whether it is refused is not the question.
        let _ = shaken().take(&message(kind, &payload));
    }
}

#[test]
fn bytes_that_once_stopped_the_library_are_refused() {
    // A command without its object; metadata without a word after its name; a message inside another; a delta
    // that counts below zero.
    let bare = message(
        20,
        b"\x02\x00\x07publish\x00\x00\x00\x00\x00\x00\x00\x00\x00",
    );
    assert!(shaken().take(&bare).is_ok());
    let metadata = message(18, b"\x02\x00\x0d@setDataFrame");
    assert!(shaken().take(&metadata).is_ok());
    let mut inside = vec![4, 0, 0, 0, 0, 1, 0, 9, 1, 0, 0, 0];
    inside.extend([0; 128]);
    inside.extend([5, 0, 0, 0, 0, 0, 1, 8, 1, 0, 0, 0]);
    assert!(shaken().take(&inside).is_err());
    let mut below = message(9, &[0; 4]);
    below.extend([0x43, 0xff, 0xff, 0xff, 0, 0, 4, 9, 0, 0, 0, 1]);
    assert!(shaken().take(&below).is_err());
}

#[test]
fn a_command_that_nests_as_deep_as_it_can_does_not_end_the_program() {
    // The smallest stack that a task runs on.
    let deep = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
        let mut payload = b"\x02\x00\x01x\x00\x00\x00\x00\x00\x00\x00\x00\x00".to_vec();
        while payload.len() + 4 <= 4096 {
            payload.extend([3, 0, 1, b'a']);
        }
        let answered = shaken().take(&message(20, &payload)).is_ok();
        payload.truncate(13);
        while payload.len() + 5 <= 4096 {
            payload.extend([10, 0, 0, 0, 1]);
        }
        answered && shaken().take(&message(20, &payload)).is_ok()
    });
    assert!(deep.unwrap().join().unwrap());
    let mut larger = message(20, &[5; 4096]);
    larger.truncate(7);
    larger[4..7].copy_from_slice(&[0, 0x10, 1]);
    larger.extend([20, 1, 0, 0, 0]);
    assert!(shaken().take(&larger).is_err());
}

/// Resident memory of this process, bytes.
fn memory() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap();
    text.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

#[tokio::test]
async fn garbage_on_the_port_neither_harms_the_others_nor_stays() {
    let stage = Stage::open_with(|settings| {
        settings.ports.connections = 8;
        settings.ports.begin_within = Duration::from_millis(500);
    })
    .await;
    let send = async |bytes: Vec<u8>| {
        let mut stream = TcpStream::connect(stage.rtmp).await.unwrap();
        // It may be closed before everything is written.
        let _ = stream.write_all(&bytes).await;
        let mut rest = Vec::new();
        let _ = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut rest))
            .await
            .expect("it is closed");
    };
    let mut before = 0;
    for round in 0..20_u32 {
        let noise: Vec<u8> = (0..20_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761 + round) >> 13) as u8)
            .collect();
        let mut shaking = vec![3];
        shaking.extend(noise.iter().take(1536 * 2));
        shaking.extend(&noise);
        let web = b"GET / HTTP/1.1\r\nHost: shop\r\n\r\n".to_vec();
        tokio::join!(send(noise.clone()), send(shaking), send(web), send(vec![3]));
        if round == 5 {
            before = memory();
        }
    }
    let grown = memory().saturating_sub(before);
    assert!(grown < 16 << 20, "{grown} bytes");
    // All places are free again.
    let _encoder = stage.publish("good");
    stage.playlist(|_| true).await;
    assert_eq!(stage.get("room/stream.mp4").await.status, StatusCode::OK);
    stage.close().await;
}
