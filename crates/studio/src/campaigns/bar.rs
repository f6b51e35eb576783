//! The top of the editor: which promotion, where it stands, whether what is typed is kept, and what can be done.

use contract::campaigns::CampaignCommand;
use leptos::prelude::*;
use storefront::i18n::Lang;
use storefront::i18n::lang;
use storefront::t;
use storefront::ui::{
    Badge, Button, ButtonKind, Glyph, Icon, IconLink, IconSize, Notice, NoticeKind, Sheet, text,
};

use super::desk::{Desk, Keeping};
use super::words;
use crate::address;

stylance::import_crate_style!(style, "src/campaigns/bar.module.css");

/// The bar.
#[component]
pub fn Bar(desk: Desk) -> impl IntoView {
    let draft = desk.draft;
    let title = move || {
        let (zh, en) = (draft.title_zh.get(), draft.title_en.get());
        let (own, other) = if lang() == Lang::En {
            (en, zh)
        } else {
            (zh, en)
        };
        words::title(if own.trim().is_empty() { &other } else { &own })
    };
    let sure = RwSignal::new(false);
    let press = move |command: CampaignCommand| match command {
        CampaignCommand::End => sure.set(true),
        command => desk.command(command),
    };
    let commands = Memo::new(move |_| desk.saved.with(|saved| saved.commands.clone()));
    let buttons = move || {
        let mut commands = if desk.may_write {
            commands.get()
        } else {
            Vec::new()
        };
        // What ends it for good is not the first thing to press.
        commands.sort_by_key(|command| *command != CampaignCommand::End);
        let button = |command: CampaignCommand| {
            let (glyph, words) = words::command(command);
            let kind = match command {
                CampaignCommand::Schedule | CampaignCommand::Resume => ButtonKind::Primary,
                CampaignCommand::Pause => ButtonKind::Sun,
                CampaignCommand::End => ButtonKind::Quiet,
            };
            let disabled =
                Signal::derive(move || command == CampaignCommand::Schedule && !may_publish(desk));
            view! {
                <Button kind disabled busy=desk.busy on_press=move |()| press(command)>
                    <Icon glyph size=IconSize::Small />
                    {words}
                </Button>
            }
        };
        commands.into_iter().map(button).collect_view()
    };
    let undo = move || {
        (desk.is_editable() && desk.past.with(|past| !past.is_empty())).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet on_press=move |()| desk.undo()>
                    <Icon glyph=Glyph::Refund size=IconSize::Small />
                    {t!(campaigns.undo)}
                </Button>
            }
        })
    };
    view! {
        <header class=style::bar>
            <IconLink href=address::campaigns() label=Signal::derive(|| t!(campaigns.name).to_owned()) glyph=Glyph::Back />
            <div class=style::name>
                <h1 tabindex="-1">{title}</h1>
                <p class=stylance::classes!(text::caption, text::muted, text::row, text::wrap)>
                    {move || {
                        let (kind, words) = words::state(desk.state());
                        view! { <Badge kind>{words}</Badge> }
                    }}
                    <span>{words::kind(draft.kind).1}</span>
                    <span role="status">{move || kept(desk)}</span>
                </p>
            </div>
            <div class=style::commands>
                {undo}
                {buttons}
            </div>
        </header>
        <Trouble desk />
        <EndSheet desk open=sure />
    }
}

fn may_publish(desk: Desk) -> bool {
    let ready = desk
        .readiness
        .with(|readiness| readiness.as_ref().is_some_and(|it| it.ready));
    ready && desk.keeping.get() == Keeping::Kept
}

fn kept(desk: Desk) -> &'static str {
    if !desk.may_write {
        return t!(campaigns.read_only);
    }
    match desk.keeping.get() {
        Keeping::Kept => t!(campaigns.kept),
        Keeping::Typing | Keeping::Sending => t!(campaigns.keeping),
        Keeping::Wrong => t!(campaigns.not_kept),
        Keeping::Failed(_) | Keeping::Conflict => t!(campaigns.unsaved),
    }
}

/// What was typed could not be kept: why, and the way on.
#[component]
fn Trouble(desk: Desk) -> impl IntoView {
    let failed = move |words: String| {
        let action = move || {
            view! {
                <Button kind=ButtonKind::Tonal small=true on_press=move |()| desk.keep()>{t!(campaigns.again)}</Button>
            }
        };
        view! { <Notice kind=NoticeKind::Bad glyph=Glyph::Alert action>{words}</Notice> }
    };
    let conflict = move || {
        let action = move || {
            view! {
                <span class=text::row>
                    <Button kind=ButtonKind::Tonal small=true on_press=move |()| desk.take_theirs()>{t!(campaigns.theirs)}</Button>
                    <Button kind=ButtonKind::Plain small=true on_press=move |()| desk.keep_mine()>{t!(campaigns.mine)}</Button>
                </span>
            }
        };
        view! { <Notice kind=NoticeKind::Warn glyph=Glyph::Warn action>{t!(campaigns.conflict)}</Notice> }
    };
    move || {
        let notice = match desk.keeping.get() {
            Keeping::Failed(words) => failed(words).into_any(),
            Keeping::Conflict => conflict().into_any(),
            _ => return None,
        };
        Some(view! { <div class=style::note role="alert">{notice}</div> })
    }
}

/// "Are you sure" of an end.
#[component]
fn EndSheet(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let yes = move |()| {
        open.set(false);
        desk.command(CampaignCommand::End);
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true on_press=yes>{t!(campaigns.do_end)}</Button>
            <Button kind=ButtonKind::Quiet wide=true on_press=move |()| open.set(false)>{t!(studio.not_now)}</Button>
        }
    };
    view! {
        <Sheet open title=t!(campaigns.do_end).to_owned() foot>
            <p>{t!(campaigns.end_text)}</p>
        </Sheet>
    }
}
