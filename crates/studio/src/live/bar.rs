//! The top of a console: which room, where it stands, and what can be done with it as a whole.

use contract::live::LiveState;
use contract::live_studio::{LiveCommand, StaffRole};
use leptos::prelude::*;
use storefront::i18n::day_and_time;
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, Glyph, Icon, IconLink, IconSize, Notice, NoticeKind,
    Sheet, text,
};

use super::desk::Desk;
use super::edit::EditButton;
use super::{api, state, words};
use crate::address;
use crate::gate::use_role;

stylance::import_crate_style!(style, "src/live/bar.module.css");

/// The bar. What cannot be taken back is asked about first.
#[component]
pub fn Bar(desk: Desk) -> impl IntoView {
    let title = desk.part(|room| room.room.title.clone(), String::new());
    let host = desk.part(|room| room.room.host.name.clone(), String::new());
    let starts_at = desk.part(|room| Some(room.room.starts_at), None);
    let stand = desk.part(
        |room| (room.room.state, room.room.practice),
        (LiveState::Draft, false),
    );
    let waits = desk.part(state::awaits_picture, false);
    let asked = RwSignal::new(None::<LiveCommand>);
    let asking = RwSignal::new(false);
    let is_owner = untrack(|| use_role().get()) == Some(StaffRole::Owner);
    let run = move |command: LiveCommand| {
        let id = desk.id();
        desk.act(async move { api::move_live(&id, command).await });
    };
    let press = move |command: LiveCommand| match words::warning(command) {
        Some(_) => {
            asked.set(Some(command));
            asking.set(true);
        }
        None => run(command),
    };
    let buttons = move || {
        let (now, practice) = stand.get();
        let commands = state::commands(now, practice);
        let button = move |(place, command): (usize, &LiveCommand)| {
            let command = *command;
            let (glyph, words) = words::command(command, now, practice);
            let kind = match (place, command) {
                (0, LiveCommand::End) => ButtonKind::Outline,
                (0, _) => ButtonKind::Primary,
                _ => ButtonKind::Plain,
            };
            // Without a picture a room does not start.
            let disabled = Signal::derive(move || command == LiveCommand::Start && waits.get());
            view! {
                <Button kind disabled busy=desk.busy on_press=move |()| press(command)>
                    <Icon glyph size=IconSize::Small />
                    {words}
                </Button>
            }
        };
        commands.iter().enumerate().map(button).collect_view()
    };
    let shut = move || {
        let (now, _) = stand.get();
        (is_owner && state::on_air(now)).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet busy=desk.busy on_press=move |()| press(LiveCommand::Ban)>
                    {t!(studio.do_ban)}
                </Button>
            }
        })
    };
    view! {
        <header class=style::bar>
            <IconLink href=address::rooms() label=Signal::derive(|| t!(studio.rooms).to_owned()) glyph=Glyph::Back />
            <div class=style::name>
                <h1 tabindex="-1">{title}</h1>
                <p class=stylance::classes!(text::caption, text::muted, text::row, text::wrap)>
                    {move || {
                        let (kind, words) = words::state(stand.get().0);
                        view! { <Badge kind>{words}</Badge> }
                    }}
                    {move || stand.get().1.then(|| view! { <Badge kind=BadgeKind::InfoSoft>{t!(studio.practice)}</Badge> })}
                    <span>{host}</span>
                    <span>{move || starts_at.get().map(day_and_time)}</span>
                </p>
            </div>
            <div class=style::commands>
                {shut}
                <EditButton desk />
                {buttons}
            </div>
        </header>
        {move || {
            let (now, practice) = stand.get();
            let starts = state::commands(now, practice).contains(&LiveCommand::Start);
            (starts && waits.get()).then(|| view! {
                <div class=style::note>
                    <Notice kind=NoticeKind::Warn glyph=Glyph::Warn>{t!(studio.waits_for_picture)}</Notice>
                </div>
            })
        }}
        <Confirm open=asking asked on_yes=Callback::new(run) stand />
    }
}

/// "Are you sure" of a command that cannot be taken back.
#[component]
fn Confirm(
    open: RwSignal<bool>,
    asked: RwSignal<Option<LiveCommand>>,
    on_yes: Callback<LiveCommand>,
    stand: Memo<(LiveState, bool)>,
) -> impl IntoView {
    let words_of = move |command: LiveCommand| {
        let (now, practice) = stand.get();
        words::command(command, now, practice).1
    };
    let title = Signal::derive(move || asked.get().map(words_of).unwrap_or_default().to_owned());
    let yes = move |()| {
        if let Some(command) = asked.get_untracked() {
            open.set(false);
            on_yes.run(command);
        }
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true on_press=yes>{title.get_untracked()}</Button>
            <Button kind=ButtonKind::Quiet wide=true on_press=move |()| open.set(false)>{t!(studio.not_now)}</Button>
        }
    };
    view! {
        <Sheet open title foot>
            <p>{move || asked.get().and_then(words::warning)}</p>
        </Sheet>
    }
}
