//! One publisher's side of the protocol without a network: bytes in, bytes out, and what was asked.

use bytes::Bytes;
use rml_rtmp::chunk_io::{ChunkDeserializer, ChunkSerializer};
use rml_rtmp::handshake::{Handshake, HandshakeProcessResult, PeerType};
use rml_rtmp::messages::{
    MessagePayload, PeerBandwidthLimitType, RtmpMessage, UserControlEventType,
};
use rml_rtmp::rml_amf0::Amf0Value;
use rml_rtmp::time::RtmpTimestamp;

use super::amf;
use super::guard::{Breach, Guard};

/// Commands of one connection; encoders send ten.
const COMMANDS: u32 = 64;
/// The one message stream that is ever created.
const STREAM: u32 = 1;
/// Bytes between two words that they have arrived.
const ACKNOWLEDGE_EVERY: u32 = 1_250_000;
/// The chunks that we send.
const OUR_CHUNK: u32 = 4096;

/// What a publisher asks, or sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// These bytes must go back, in order.
    Send(Vec<u8>),
    /// To publish with this key; [`Session::accept`] or [`Session::refuse`] answers.
    Publish(String),
    /// A video tag and its time in milliseconds.
    Video(u32, Bytes),
    /// An audio tag and its time in milliseconds.
    Audio(u32, Bytes),
    /// It has finished.
    Finish,
}

/// Why a connection cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// It does not begin as RTMP does.
    #[error("no RTMP handshake: {0}")]
    Handshake(String),
    /// The chunks are not what they may be.
    #[error(transparent)]
    Breach(#[from] Breach),
    /// A message that cannot be read.
    #[error("a message cannot be read: {0}")]
    Message(String),
    /// More commands than publishing needs.
    #[error("more than {COMMANDS} commands")]
    Commands,
    /// It wants to watch.
    #[error("this port takes publishers only")]
    Play,
}

/// How far a publisher has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Strange,
    Connected,
    Asking,
    Publishing,
}

/// One connection.
pub struct Session {
    handshake: Option<Handshake>,
    guard: Guard,
    input: ChunkDeserializer,
    output: ChunkSerializer,
    state: State,
    commands: u32,
    received: u32,
    acknowledged: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            handshake: Some(Handshake::new(PeerType::Server)),
            guard: Guard::default(),
            input: ChunkDeserializer::new(),
            output: ChunkSerializer::new(),
            state: State::Strange,
            commands: 0,
            received: 0,
            acknowledged: 0,
        }
    }
}

impl Session {
    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<Asked>, Broken> {
        let mut asked = Vec::new();
        let Some(handshake) = &mut self.handshake else {
            self.chunks(bytes, &mut asked)?;
            return Ok(asked);
        };
        let done = handshake.process_bytes(bytes);
        match done.map_err(|error| Broken::Handshake(error.to_string()))? {
            HandshakeProcessResult::InProgress { response_bytes } => {
                asked.push(Asked::Send(response_bytes));
            }
            HandshakeProcessResult::Completed {
                response_bytes,
                remaining_bytes,
            } => {
                self.handshake = None;
                asked.push(Asked::Send(response_bytes));
                self.chunks(&remaining_bytes, &mut asked)?;
            }
        }
        Ok(asked)
    }

    /// Whether the key was found good.
    pub fn is_publishing(&self) -> bool {
        self.state == State::Publishing
    }

    /// The key is good: what to send.
    pub fn accept(&mut self) -> Result<Vec<u8>, Broken> {
        self.state = State::Publishing;
        let begin = RtmpMessage::UserControl {
            event_type: UserControlEventType::StreamBegin,
            stream_id: Some(STREAM),
            buffer_length: None,
            timestamp: None,
        };
        let mut bytes = self.message(begin, 0)?;
        bytes.extend(self.status("status", "NetStream.Publish.Start", "Publishing")?);
        Ok(bytes)
    }

    /// The publisher is not let in: what to send.
    pub fn refuse(&mut self, why: &str) -> Result<Vec<u8>, Broken> {
        self.state = State::Connected;
        self.status("error", "NetStream.Publish.BadName", why)
    }

    fn chunks(&mut self, bytes: &[u8], asked: &mut Vec<Asked>) -> Result<(), Broken> {
        self.guard.look(bytes)?;
        // Counts on past its end, as the protocol does.
        self.received = self.received.wrapping_add(bytes.len() as u32);
        if self.received.wrapping_sub(self.acknowledged) >= ACKNOWLEDGE_EVERY {
            self.acknowledged = self.received;
            let word = RtmpMessage::Acknowledgement {
                sequence_number: self.received,
            };
            asked.push(Asked::Send(self.message(word, 0)?));
        }
        let mut bytes = bytes;
        while let Some(message) = self.input.get_next_message(bytes).map_err(unreadable)? {
            bytes = &[];
            self.read(message, asked)?;
        }
        Ok(())
    }

    fn read(&mut self, message: MessagePayload, asked: &mut Vec<Asked>) -> Result<(), Broken> {
        let at = message.timestamp.value;
        match message.type_id {
            8 if self.is_publishing() => asked.push(Asked::Audio(at, message.data)),
            9 if self.is_publishing() => asked.push(Asked::Video(at, message.data)),
            1 => {
                if let RtmpMessage::SetChunkSize { size } =
                    message.to_rtmp_message().map_err(unreadable)?
                {
                    let size = size as usize;
                    self.input.set_max_chunk_size(size).map_err(unreadable)?;
                }
            }
            17 | 20 => self.command(&message, asked)?,
            // Acknowledgements, bandwidth, metadata: nothing of it is needed.
            _ => {}
        }
        Ok(())
    }

    fn command(&mut self, message: &MessagePayload, asked: &mut Vec<Asked>) -> Result<(), Broken> {
        self.commands += 1;
        if self.commands > COMMANDS {
            return Err(Broken::Commands);
        }
        let bytes = match (message.type_id, message.data.split_first()) {
            // Commands that say they are AMF3 are AMF0 after a zero.
            (17, Some((0, rest))) => rest,
            _ => &message.data,
        };
        let Some(command) = amf::command(bytes) else {
            return Err(Broken::Message("no command".to_owned()));
        };
        match command.name {
            "connect" => asked.push(Asked::Send(self.connect(command.transaction)?)),
            "createStream" => {
                let id = vec![Amf0Value::Number(STREAM.into())];
                let words = self.result(command.transaction, Amf0Value::Null, id)?;
                asked.push(Asked::Send(words));
            }
            "publish" if self.state == State::Connected => {
                if let Some(key) = command.text {
                    self.state = State::Asking;
                    asked.push(Asked::Publish(key.to_owned()));
                }
            }
            "play" | "play2" => return Err(Broken::Play),
            "deleteStream" | "closeStream" | "FCUnpublish" if self.is_publishing() => {
                self.state = State::Connected;
                asked.push(Asked::Finish);
            }
            _ => {}
        }
        Ok(())
    }

    fn connect(&mut self, transaction: f64) -> Result<Vec<u8>, Broken> {
        if self.state == State::Strange {
            self.state = State::Connected;
        }
        let mut bytes = self.message(RtmpMessage::WindowAcknowledgement { size: 2_500_000 }, 0)?;
        let bandwidth = RtmpMessage::SetPeerBandwidth {
            size: 2_500_000,
            limit_type: PeerBandwidthLimitType::Dynamic,
        };
        bytes.extend(self.message(bandwidth, 0)?);
        let size = self
            .output
            .set_max_chunk_size(OUR_CHUNK, RtmpTimestamp::new(0));
        bytes.extend(size.map_err(unreadable)?.bytes);
        let server = object([
            ("fmsVer", Amf0Value::Utf8String("FMS/3,0,1,123".to_owned())),
            ("capabilities", Amf0Value::Number(31.0)),
        ]);
        let status = object([
            ("level", text("status")),
            ("code", text("NetConnection.Connect.Success")),
            ("description", text("Connected")),
            ("objectEncoding", Amf0Value::Number(0.0)),
        ]);
        bytes.extend(self.result(transaction, server, vec![status])?);
        Ok(bytes)
    }

    fn result(
        &mut self,
        transaction_id: f64,
        command_object: Amf0Value,
        additional_arguments: Vec<Amf0Value>,
    ) -> Result<Vec<u8>, Broken> {
        let message = RtmpMessage::Amf0Command {
            command_name: "_result".to_owned(),
            transaction_id,
            command_object,
            additional_arguments,
        };
        self.message(message, 0)
    }

    fn status(&mut self, level: &str, code: &str, words: &str) -> Result<Vec<u8>, Broken> {
        let message = RtmpMessage::Amf0Command {
            command_name: "onStatus".to_owned(),
            transaction_id: 0.0,
            command_object: Amf0Value::Null,
            additional_arguments: vec![object([
                ("level", text(level)),
                ("code", text(code)),
                ("description", text(words)),
            ])],
        };
        self.message(message, STREAM)
    }

    fn message(&mut self, message: RtmpMessage, stream: u32) -> Result<Vec<u8>, Broken> {
        let payload = message
            .into_message_payload(RtmpTimestamp::new(0), stream)
            .map_err(unreadable)?;
        let packet = self.output.serialize(&payload, true, false);
        Ok(packet.map_err(unreadable)?.bytes)
    }
}

fn object<const N: usize>(fields: [(&str, Amf0Value); N]) -> Amf0Value {
    let fields = fields.into_iter();
    Amf0Value::Object(
        fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn text(text: &str) -> Amf0Value {
    Amf0Value::Utf8String(text.to_owned())
}

fn unreadable(error: impl std::fmt::Display) -> Broken {
    Broken::Message(error.to_string())
}
