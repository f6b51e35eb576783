//! `cargo xtask start`: from a fresh clone to an open shop with one command.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::build::{self, Profile};
use crate::console::say;
use crate::ports::must_be_free;
use crate::project::Project;
use crate::promotions;
use crate::rooms::Rooms;
use crate::setup::{self, Need};
use crate::shop::{CATALOGUE, Place, Shop};

/// Whose number may send short videos in the demo shop, and as which creator.
const CREATOR: (&str, &str) = ("13600000000", "xiaohe.orchard");

/// Where the shop opens.
#[derive(Debug, Args)]
pub struct Options {
    /// The shop's port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The sandbox payment gateway's port on 127.0.0.1
    #[arg(long, default_value_t = 8090)]
    gateway_port: u16,
    /// The port on 127.0.0.1 that encoders of live rooms send to
    #[arg(long, default_value_t = 1935)]
    rtmp_port: u16,
    /// Build without optimisation, for a quick look
    #[arg(long)]
    dev: bool,
    /// Start what was built before
    #[arg(long)]
    no_build: bool,
    /// Leave the demo's live rooms off the air
    #[arg(long)]
    quiet: bool,
}

/// Sets up, builds, imports the demo shop and serves until Ctrl-C.
///
/// # Errors
/// When any of it fails, or a program ends by itself.
pub fn command(project: &Project, options: &Options) -> Result<()> {
    must_be_free(options.port, "--port")?;
    must_be_free(options.gateway_port, "--gateway-port")?;
    must_be_free(options.rtmp_port, "--rtmp-port")?;
    let profile = if options.dev {
        Profile::Dev
    } else {
        Profile::Release
    };
    if !options.no_build {
        let toolchain = setup::run(project, Need::Start)?;
        build::run(project, &toolchain, profile)?;
    }

    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop))
            .context("Ctrl-C cannot be listened for")?;
    }
    let place = place(project, options);
    let rtmp = format!("127.0.0.1:{}", options.rtmp_port);
    let recordings = place.data.join("live").display().to_string();
    let settings = [
        ("JISHI_RTMP_LISTEN", rtmp.as_str()),
        ("JISHI_LIVE_DIR", &recordings),
    ];
    let mut shop = Shop::open(project, &place, profile, &settings)?;
    place.jishi(
        project,
        profile,
        &["creator", "grant", CREATOR.0, CREATOR.1],
    )?;
    promotions::publish(project, &place, profile)?;
    let rooms = match options.quiet {
        true => None,
        false => Some(Rooms::open(project, &place, profile)?),
    };
    say(welcome(&place));
    while !stop.load(Ordering::Relaxed) {
        if let Some(sentence) = shop.ended()? {
            // Ctrl-C reaches the programs too, and they may be quicker than this one.
            if !stop.load(Ordering::Relaxed) {
                bail!(sentence);
            }
        }
        sleep(Duration::from_millis(200));
    }
    say("\nClosing …");
    drop(rooms);
    shop.close();
    Ok(())
}

fn place(project: &Project, options: &Options) -> Place {
    let data = project.path("data");
    let database_url = std::env::var("JISHI_DATABASE_URL")
        .unwrap_or_else(|_| format!("sqlite://{}/jishi.db", data.display()));
    Place {
        port: options.port,
        gateway_port: options.gateway_port,
        database_url,
        logs: data.join("logs"),
        catalogue: project.path(CATALOGUE),
        data,
    }
}

fn welcome(place: &Place) -> String {
    let (shop, gateway) = (place.url(), place.gateway_url());
    format!(
        "\nThe shop is open.\n\n  \
         Shop              {shop}\n  \
         Studio            {shop}/studio\n  \
         Sign-in codes     {shop}/sandbox/sms\n  \
         Payment switches  {gateway}/control\n  \
         Logs              {}\n\n\
         Ctrl-C closes it.",
        place.logs.display()
    )
}
