//! One publisher's way into a session, from the key's acceptance to the connection's end.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use tokio_util::sync::CancellationToken;

use super::hub::Hub;
use super::stream::Stream;
use crate::MediaEventKind;
use crate::clock::now_ms;
use crate::cmaf::{Limits, Out, Packager};
use crate::codec::{self, Refusal};

/// Takes one publisher's tags. Dropping it says that the publisher is gone.
#[derive(Debug)]
pub struct Publication {
    pub(super) hub: Hub,
    pub(super) stream: Arc<Stream>,
    pub(super) number: u64,
    pub(super) heard_ms: Arc<AtomicI64>,
    /// Cancelled when somebody else took over, the key was revoked or the session ended.
    pub stop: CancellationToken,
    packager: Packager,
    lost_because: Option<String>,
}

impl Publication {
    pub(super) fn new(
        hub: Hub,
        stream: Arc<Stream>,
        number: u64,
        heard_ms: Arc<AtomicI64>,
        stop: CancellationToken,
        limits: Limits,
    ) -> Self {
        Self {
            hub,
            stream,
            number,
            heard_ms,
            stop,
            packager: Packager::new(limits),
            lost_because: None,
        }
    }

    /// Something was heard of the publisher.
    pub fn heard(&self) {
        self.heard_ms.store(now_ms(), Ordering::Relaxed);
    }

    /// An FLV video tag.
    pub fn video(&mut self, raw_ms: u32, tag: &Bytes) -> Result<(), Refusal> {
        let mut made = Vec::new();
        let tag = self.keep(codec::video_tag(tag))?;
        let dts_ms = self.packager.video(raw_ms, tag, &mut made);
        let dts_ms = self.keep(dts_ms)?;
        // A picture that begins has an anchor to note in only after it has begun.
        let begins = made.iter().any(|out| matches!(out, Out::Init(_)));
        if let Some(dts_ms) = dts_ms.filter(|_| !begins) {
            self.stream.arrived(dts_ms);
        }
        let began = self.stream.take(made);
        if let Some(dts_ms) = dts_ms.filter(|_| begins) {
            self.stream.arrived(dts_ms);
        }
        if let Some((width, height)) = began {
            let kind = MediaEventKind::Published { width, height };
            self.hub.tell(&self.stream.session, kind);
        }
        Ok(())
    }

    /// An FLV audio tag.
    pub fn audio(&mut self, raw_ms: u32, tag: &Bytes) -> Result<(), Refusal> {
        let mut made = Vec::new();
        let tag = self.keep(codec::audio_tag(tag))?;
        let did = self.packager.audio(raw_ms, tag, &mut made);
        self.keep(did)?;
        self.stream.take(made);
        Ok(())
    }

    /// Whether pictures have arrived.
    pub fn has_begun(&self) -> bool {
        self.packager.has_begun()
    }

    /// Remembers why the publisher is sent away, for whoever runs the room.
    pub fn lost_because(&mut self, reason: impl Into<String>) {
        self.lost_because = Some(reason.into());
    }

    fn keep<T>(&mut self, result: Result<T, Refusal>) -> Result<T, Refusal> {
        if let Err(refusal) = &result {
            self.lost_because = Some(refusal.to_string());
        }
        result
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        let mut made = Vec::new();
        // What cannot be packaged at the end is missing from the end.
        if self.packager.finish(&mut made).is_ok() && self.hub.publishes(&self.stream, self.number)
        {
            self.stream.take(made);
        }
        self.hub
            .lost(&self.stream, self.number, self.lost_because.take());
    }
}
