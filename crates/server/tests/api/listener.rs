//! A page that listens to the shop's events, frame by frame, as a browser would.
#![allow(dead_code)] // offers more than each test needs

use std::time::Duration;

use axum::body::BodyDataStream;
use axum::response::Response;
use contract::events::{EventEnvelope, ShopEvent};
use futures_util::StreamExt;
use server::outbox::relay::Relay;
use tokio::task::JoinHandle;

use crate::harness::TestShop;
use crate::shopping::Buyer;

/// One frame of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    pub id: String,
    pub event: String,
    pub data: String,
    pub retry: String,
}

impl Frame {
    pub fn seq(&self) -> i64 {
        self.id.rsplit_once('.').unwrap().1.parse().unwrap()
    }

    pub fn envelope(&self) -> EventEnvelope {
        assert_eq!(self.event, "shop");
        serde_json::from_str(&self.data).unwrap()
    }

    pub fn shop_event(&self) -> ShopEvent {
        self.envelope().event
    }
}

/// An open stream.
pub struct Listener {
    body: BodyDataStream,
    text: String,
}

impl Listener {
    /// Listens to `topics`, after `last` unless it is empty.
    pub async fn open(buyer: &Buyer<'_>, topics: &str, last: &str) -> Self {
        let request = buyer.get(&format!("/api/events?topics={topics}"));
        let request = match last {
            "" => request,
            id => request.header("last-event-id", id),
        };
        Self::of(request.stream().await)
    }

    pub fn of(response: Response) -> Self {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Self {
            body: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    /// The next frame; `None` when the stream ended. Comments are skipped.
    pub async fn next(&mut self) -> Option<Frame> {
        // A stream that only says that it lives counts as silent.
        let end = tokio::time::Instant::now() + Duration::from_secs(30);
        loop {
            if let Some((frame, rest)) = self.text.split_once("\n\n") {
                let (frame, rest) = (parse(frame), rest.to_owned());
                self.text = rest;
                if frame != Frame::default() {
                    return Some(frame);
                }
                continue;
            }
            let read = tokio::time::timeout_at(end, self.body.next());
            let bytes = read.await.expect("no event in time")?.unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    /// The next so many frames.
    pub async fn take(&mut self, count: usize) -> Vec<Frame> {
        let mut frames = Vec::new();
        while frames.len() < count {
            frames.push(self.next().await.expect("the stream ended early"));
        }
        frames
    }

    /// Whether nothing more comes for a while.
    pub async fn is_silent(&mut self) -> bool {
        tokio::time::timeout(Duration::from_millis(150), self.next())
            .await
            .is_err()
    }
}

fn parse(text: &str) -> Frame {
    let mut frame = Frame::default();
    for line in text.lines() {
        let (field, value) = line.split_once(':').unwrap();
        let value = value.trim_start().to_owned();
        match field {
            "id" => frame.id = value,
            "event" => frame.event = value,
            "data" => frame.data = value,
            "retry" => frame.retry = value,
            "" => {}
            other => panic!("{other} is no field of a frame"),
        }
    }
    frame
}

/// Starts the relay of a shop; it stops with the shop's `stop`.
pub async fn start_relay(shop: &TestShop) -> JoinHandle<()> {
    let relay = Relay::start(shop.state.clone()).await.unwrap();
    let stop = shop.state.stop.clone();
    tokio::spawn(relay.run(Duration::from_millis(20), stop))
}
