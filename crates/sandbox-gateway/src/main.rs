//! The program `jishi-sandbox-gateway`: reads its flags, runs until told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandbox_gateway::serve::{SANDBOX_KEY, SANDBOX_WEBHOOK_SECRET};
use sandbox_gateway::{Options, Pace, spawn};

/// A payment gateway for trying and testing. No real money moves here.
#[derive(Parser)]
#[command(version)]
struct Flags {
    /// Where to listen
    #[arg(long, env = "JISHI_GATEWAY_LISTEN", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// How payers reach the cashier page [default: http://<listen>]
    #[arg(long, env = "JISHI_GATEWAY_PUBLIC_URL")]
    public_url: Option<String>,
    /// The ledger's file
    #[arg(
        long,
        env = "JISHI_GATEWAY_LEDGER",
        default_value = "data/sandbox-gateway.jsonl"
    )]
    ledger: PathBuf,
    /// The merchant's bearer key
    #[arg(long, env = "JISHI_GATEWAY_KEY", default_value = SANDBOX_KEY)]
    key: String,
    /// The merchant's webhook secret: some text, or whsec_ followed by base64
    #[arg(long, env = "JISHI_GATEWAY_WEBHOOK_SECRET", default_value = SANDBOX_WEBHOOK_SECRET)]
    webhook_secret: String,
    /// How long a refund takes, in milliseconds
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(i64).range(0..=86_400_000))]
    settle_ms: i64,
    /// The pause after a callback's first failed try, in milliseconds; it doubles with each try
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(i64).range(1..=60_000))]
    retry_ms: i64,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .init();
    let flags = Flags::parse();
    let options = Options {
        listen: flags.listen,
        public_url: flags.public_url,
        ledger: flags.ledger,
        key: flags.key,
        webhook_secret: flags.webhook_secret,
        pace: Pace {
            settle_ms: flags.settle_ms,
            retry_ms: flags.retry_ms,
        },
    };
    let running = match spawn(options).await {
        Ok(running) => running,
        Err(fault) => {
            eprintln!("jishi-sandbox-gateway: {fault}");
            return ExitCode::FAILURE;
        }
    };
    println!(
        "Sandbox gateway on {} (switches: {}/control)",
        running.url(),
        running.url()
    );
    asked_to_stop().await;
    running.stop().await;
    ExitCode::SUCCESS
}

/// Ctrl-C, or the signal that service managers send.
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        },
        Err(fault) => {
            tracing::warn!(%fault, "only Ctrl-C stops this program");
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}
