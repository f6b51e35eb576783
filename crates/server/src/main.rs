//! The program `jishi`: serve the shop, import a catalogue or live rooms, name the staff, decide on payouts, rates,
//! sharers and refunds, print the API's document.

mod desk;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Arg, ArgAction, ArgMatches, Command};
use indicatif::ProgressBar;
use server::config::{Config, KEYS, Sources};
use server::db::Db;
use server::import::{Format, Imported, Options, import};
use server::serve::{listen, serve};
use server::{AppState, clock, telemetry};

/// Wrong flags, environment or file: the same code that clap ends with.
const BAD_SETTINGS: u8 = 2;

fn main() -> ExitCode {
    let matches = command().get_matches();
    match matches.subcommand() {
        Some(("serve", flags)) => with_settings(flags, run_server),
        Some(("import", flags)) => {
            let file = flags.get_one::<String>("FILE").cloned().unwrap_or_default();
            let options = match import_options(flags) {
                Ok(options) => options,
                Err(reason) => {
                    eprintln!("jishi: {reason}");
                    return ExitCode::from(BAD_SETTINGS);
                }
            };
            with_settings(flags, async move |config| {
                run_import(config, &file, &options).await
            })
        }
        Some(("withdrawals", flags)) => with_settings(flags, async |config| {
            desk::withdrawals::run(config, flags).await
        }),
        Some(("creator", flags)) => with_settings(flags, async |config| {
            desk::creators::run(config, flags).await
        }),
        Some(("staff", flags)) => {
            with_settings(flags, async |config| desk::staff::run(config, flags).await)
        }
        Some(("commission", flags)) => {
            with_settings(flags, async |config| desk::rates::run(config, flags).await)
        }
        Some(("sharers", flags)) => with_settings(flags, async |config| {
            desk::sharers::run(config, flags).await
        }),
        Some(("refund", flags)) => with_settings(flags, async |config| {
            desk::refunds::run(config, flags).await
        }),
        _ => print_document(),
    }
}

fn command() -> Command {
    let settings = || {
        KEYS.iter().map(|key| {
            let help = format!("{} [default: {:?}]", key.help, key.default);
            Arg::new(key.name)
                .long(key.flag())
                .help(help)
                .value_name("VALUE")
        })
    };
    let config = || {
        Arg::new("config")
            .long("config")
            .value_name("FILE")
            .help("File of settings; jishi.toml when it is there")
    };
    let after = "Every setting is also a variable, JISHI_ and its name in capitals, and a line of jishi.toml.\n\
                 Flags come before the environment, which comes before the file.";
    Command::new("jishi")
        .about("The shop's server")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("serve")
                .about("Serve the shop")
                .args(settings())
                .arg(config())
                .after_help(after),
        )
        .subcommand(
            Command::new("import")
                .about("Load a catalogue, live rooms or short videos, whole or not at all; again brings them up to date")
                .arg(Arg::new("FILE").required(true).help(
                    "Jishi's JSON, Shopify's product CSV, or Google's product data as TSV or XML",
                ))
                .args(import_flags())
                .args(settings())
                .arg(config())
                .after_help(after),
        )
        .subcommand(
            desk::withdrawals::command()
                .args(settings().map(|setting| setting.global(true)))
                .arg(config().global(true))
                .after_help(after),
        )
        .subcommand(
            desk::creators::command()
                .args(settings().map(|setting| setting.global(true)))
                .arg(config().global(true))
                .after_help(after),
        )
        .subcommand(
            desk::staff::command()
                .args(settings().map(|setting| setting.global(true)))
                .arg(config().global(true))
                .after_help(after),
        )
        .subcommand(
            desk::sharers::command()
                .args(settings().map(|setting| setting.global(true)))
                .arg(config().global(true))
                .after_help(after),
        )
        .subcommand(
            desk::rates::command()
                .args(settings())
                .arg(config())
                .after_help(after),
        )
        .subcommand(
            desk::refunds::command()
                .args(settings())
                .arg(config())
                .after_help(after),
        )
        .subcommand(Command::new("openapi").about("Print the API's document"))
}

fn import_flags() -> [Arg; 6] {
    [
        Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .value_parser(Format::WORDS)
            .help("What the file is; found by its content unless told"),
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help("Read and check everything, store nothing"),
        Arg::new("currency")
            .long("currency")
            .value_name("CODE")
            .help("Currency of prices that name none [default: the shop's, CNY in a new one]"),
        Arg::new("stock")
            .long("stock")
            .value_name("N")
            .default_value("100")
            .help("How many there are of goods that the file does not count"),
        Arg::new("fetch-pictures")
            .long("fetch-pictures")
            .action(ArgAction::SetTrue)
            .help("Fetch the pictures that the file names by their addresses on the internet"),
        Arg::new("no-sizes")
            .long("no-sizes")
            .action(ArgAction::SetTrue)
            .help("Make no smaller widths of pictures"),
    ]
}

fn import_options(flags: &ArgMatches) -> Result<Options, String> {
    let word = |name| flags.get_one::<String>(name).map(String::as_str);
    let currency = word("currency").map(|code| code.parse().map_err(|_| code));
    Ok(Options {
        format: word("format").map(str::parse).transpose()?,
        dry_run: flags.get_flag("dry-run"),
        currency: currency
            .transpose()
            .map_err(|code| format!("--currency {code:?} is no code such as USD"))?,
        stock: word("stock")
            .unwrap_or_default()
            .parse()
            .map_err(|_| "--stock must be a whole number from 0".to_owned())?,
        fetch_pictures: flags.get_flag("fetch-pictures"),
        sizes: !flags.get_flag("no-sizes"),
    })
}

fn with_settings(
    flags: &ArgMatches,
    run: impl AsyncFnOnce(Config) -> Result<(), Box<dyn Error>>,
) -> ExitCode {
    let config = match settings(flags) {
        Ok(config) => config,
        Err(reason) => {
            eprintln!("jishi cannot start with these settings:\n{reason}");
            return ExitCode::from(BAD_SETTINGS);
        }
    };
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Box::<dyn Error>::from)
        .and_then(|runtime| runtime.block_on(run(config)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("jishi: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn settings(flags: &ArgMatches) -> Result<Config, Box<dyn Error>> {
    let given = |key: &server::config::Key| {
        let value = flags.get_one::<String>(key.name)?;
        Some((key.name.to_owned(), value.clone()))
    };
    let mut sources = Sources::new(KEYS.iter().filter_map(given).collect(), environment());
    let named = flags.get_one::<String>("config").cloned();
    let file = named.clone().unwrap_or_else(|| "jishi.toml".to_owned());
    match std::fs::read_to_string(&file) {
        Ok(text) => sources.add_file(&file, &text)?,
        Err(reason) if named.is_some() => {
            return Err(format!("cannot read {file}: {reason}").into());
        }
        Err(_) => {}
    }
    Ok(Config::read(&sources)?)
}

fn environment() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

async fn run_server(config: Config) -> Result<(), Box<dyn Error>> {
    telemetry::log_to_stderr(&config.log).map_err(|reason| format!("log: {reason}"))?;
    // Named moments at which a test ends the program; in a build for use there are none.
    let _moments = fail::FailScenario::setup();
    let (listener, shop) = (listen(config.listen).await?, config.public_url.clone());
    let state = AppState::open(config).await?;
    println!("The shop is open at {shop}");
    serve(state, listener).await?;
    Ok(())
}

async fn run_import(config: Config, file: &str, options: &Options) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let now = clock::Clock::now(&clock::SystemClock);
    let db = Db::open(&config.database_url).await?;
    db.migrate(now).await?;
    let bar = ProgressBar::new(0);
    let path = Path::new(file);
    let imported = import(&db, &config.media_dir, path, now, options, &bar).await;
    bar.finish_and_clear();
    let imported = imported?;
    db.close().await;
    let did = if options.dry_run {
        "would be imported: nothing was stored; checked"
    } else {
        "imported"
    };
    let what = match (imported.rooms, imported.videos) {
        (0, 0) => format!("{} products with {} SKUs", imported.products, imported.skus),
        (0, videos) => format!("{videos} short videos"),
        (rooms, _) => format!("{rooms} live rooms"),
    };
    println!(
        "{what} and {} pictures {did} in {:.1} s",
        imported.pictures,
        began.elapsed().as_secs_f64()
    );
    tell_more(&imported, options);
    Ok(())
}

/// What the owner should know of goods that came in otherwise than expected.
fn tell_more(imported: &Imported, options: &Options) {
    let told = [
        (
            imported.banners_left_out,
            "banners lead to what this shop does not have yet and were left out".to_owned(),
        ),
        (
            imported.unpublished,
            "products are drafts, archived or hidden and were left out".to_owned(),
        ),
        (
            imported.gift_cards,
            "gift cards were left out: this shop sells none".to_owned(),
        ),
        (
            imported.without_picture,
            "products have no picture here: a file names addresses alone (--fetch-pictures)"
                .to_owned(),
        ),
        (
            imported.pictures_failed,
            format!(
                "pictures could not be fetched:\n  {}",
                imported.pictures_told.join("\n  ")
            ),
        ),
        (
            imported.stock_assumed,
            format!(
                "SKUs have no counted stock in the file; {} of each are assumed (--stock)",
                options.stock
            ),
        ),
        (
            imported.skus_replaced,
            "SKUs stand on several products; each of those got a SKU made of its name and options"
                .to_owned(),
        ),
    ];
    for (count, what) in told.iter().filter(|(count, _)| *count > 0) {
        println!("{count} {what}");
    }
    if let Some(currency) = imported.currency_assumed {
        println!("The file names no currency: prices are in {currency} (--currency)");
    }
}

fn print_document() -> ExitCode {
    match server::http::document() {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("jishi: {reason}");
            ExitCode::FAILURE
        }
    }
}
