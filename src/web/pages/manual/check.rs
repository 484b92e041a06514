//! Manual form 4 of 4: everything once more, what is agreed to, and sending it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;
use chrono::NaiveDateTime;

use super::{
    address,
    documents::{self, FileLine},
    opening::{self, Shown},
    sent_address, start,
    top::Top,
};
use crate::{
    domain::{
        contact::AccountType,
        draft::Step,
        findings::{Finding, Findings},
        manual::{Consent, ConsentAnswers, ManualAnswers, ManualPage},
    },
    services::{
        house::House,
        manual::{self, ManualError, Opened, Outcome, Pressed, SEND_FIELD},
    },
    store::Conn,
    web::{
        app::App,
        error::WebResult,
        extract::Client,
        flash::{see_other, see_other_with},
        form::Form,
        frame::{Frame, Notice},
        page::Page as _,
        pairs::Pairs,
        wizard::{
            Rows, Wanted,
            summary::{self, Card, Line, Row},
            written,
        },
    },
};

#[derive(Template)]
#[template(path = "manual/check.html")]
struct CheckPage {
    frame: Frame,
    top: Top,
    /// What a printed page is about.
    about: String,
    printed_at: String,
    /// Of the consents alone.
    form: Form,
    errors_title: String,
    errors: Vec<Line>,
    warnings: Vec<Line>,
    left: usize,
    unfinished: Vec<Line>,
    cards: Vec<Card>,
    letter: Option<FileLine>,
    kept_letter: Option<String>,
    bills: Vec<FileLine>,
    consents: Vec<ConsentShown>,
    /// The place of what is said about sending.
    send: &'static str,
    email: String,
    /// Whether the desk begins before the mailbox is confirmed.
    takes_unconfirmed: bool,
}

struct ConsentShown {
    name: &'static str,
    version_field: String,
    version: i32,
    text: String,
}

impl ConsentShown {
    fn of((consent, version, text): (Consent, i32, String)) -> Self {
        Self { name: consent.slug(), version_field: consent.version_field(), version, text }
    }
}

/// GET /manual-port-requests/{secret}/check
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    client: Client,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let shown = match opening::open(&app, &req, &typed, ManualPage::Check, &wanted).await? {
        Ok(shown) => shown,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (house, opened) = (app.house.clone(), shown.opened.clone());
    let (now, checks, asks, network) = (shown.now, wanted.checks(), wanted.asks(), client.network());
    let looked = app.store.read(move |conn| {
        Ok::<_, ManualError>(Looked {
            unfinished: manual::unfinished(conn, &house, &opened, now)?,
            asked: of_pages(conn, &house, &opened, asks, now)?,
            texts: manual::consent_texts(conn, now)?,
            refused: if checks { manual::refused(conn, &house, &opened, &network, now)? } else { None },
        })
    });
    let looked = looked.await?;
    let consents = shown.opened.draft.answers.consents;
    let errors = if checks { Errors::of(&shown, &looked, consents) } else { Errors::default() };
    let unfinished = left(&shown, &looked);
    let top = Top::new(&app, &shown, ManualPage::Check, &wanted);
    let zone = shown.opened.location.as_ref().map_or("", |location| location.time_zone.as_str());
    CheckPage {
        about: top.corrects.clone().unwrap_or_else(|| "Port request, not sent yet".to_owned()),
        printed_at: app.house.zone(zone).moment(shown.now),
        top,
        errors_title: errors.title,
        warnings: lines(&shown, &looked.asked, |findings| &findings.warnings),
        left: unfinished.len(),
        unfinished,
        cards: cards(&app, &shown),
        letter: documents::letter(&shown.opened),
        kept_letter: documents::kept_letter(&shown.opened),
        bills: documents::bills(&shown.opened),
        consents: looked.texts.into_iter().map(ConsentShown::of).collect(),
        send: SEND_FIELD,
        email: shown.opened.draft.answers.submitter.email.trim().to_owned(),
        takes_unconfirmed: app.house.takes_unconfirmed,
        form: Form::new(consents.to_pairs(), errors.of_consents),
        frame: Frame { errors: !errors.lines.is_empty(), ..shown.frame },
        errors: errors.lines,
    }
    .ok()
}

/// What there is to know about a draft before it is sent.
struct Looked {
    unfinished: Vec<(ManualPage, Findings)>,
    /// What is asked about: everything once, and always what stands in a correction as it was refused.
    asked: Vec<(ManualPage, Findings)>,
    texts: Vec<(Consent, i32, String)>,
    /// What would stop a draft without faults.
    refused: Option<(ManualPage, Findings)>,
}

fn of_pages(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    asks: bool,
    now: NaiveDateTime,
) -> Result<Vec<(ManualPage, Findings)>, ManualError> {
    let pages = ManualPage::ALL.into_iter().filter(|page| *page != ManualPage::Check);
    let of = if asks { manual::of_page } else { manual::refused_before };
    pages.map(|page| Ok((page, of(conn, house, opened, page, now)?))).collect()
}

/// Why a draft was not sent.
#[derive(Default)]
struct Errors {
    title: String,
    lines: Vec<Line>,
    of_consents: Findings,
}

impl Errors {
    fn of(shown: &Shown, looked: &Looked, consents: ConsentAnswers) -> Self {
        let of_consents = manual::of_consents(&looked.texts, consents);
        let mut stopped: Vec<_> = looked.unfinished.iter().cloned().chain(looked.refused.clone()).collect();
        let mut errors = lines(shown, &stopped, |findings| &findings.errors);
        errors
            .extend(of_consents.errors.iter().map(|it| Line { href: format!("#{}", it.field), text: it.text.clone() }));
        stopped.push((ManualPage::Check, of_consents.clone()));
        Self { title: summary::title(&stopped), lines: errors, of_consents }
    }
}

/// The pages on which something is wrong.
fn left(shown: &Shown, looked: &Looked) -> Vec<Line> {
    let wrong = looked.unfinished.iter().filter(|(_, findings)| !findings.is_empty());
    let line = |(page, _): &(ManualPage, Findings)| Line {
        href: format!("{}?check=1&from=check", address(&shown.secret, *page)),
        text: page.label().to_owned(),
    };
    wrong.map(line).collect()
}

/// POST /manual-port-requests/{secret}/check
pub async fn save(app: Data<App>, typed: Path<String>, client: Client, pairs: Pairs) -> WebResult<HttpResponse> {
    let secret = start::secret(&typed)?;
    let consents = ConsentAnswers::from_pairs(pairs.as_slice());
    let seen = pairs.get("version").parse().ok();
    let (house, now, key) = (app.house.clone(), app.clock.now(), secret.clone());
    let sent = app.store.write(move |conn| {
        let pressed = Pressed { consents, seen, address: &client.0, network: &client.network() };
        manual::submit(conn, &house, &key, &pressed, now)
    });
    let here = address(&secret, ManualPage::Check);
    Ok(match sent.await? {
        Outcome::Sent => {
            app.hurry_mail();
            see_other(&sent_address(&secret))
        }
        Outcome::Asked => see_other(&format!("{here}?asked=1")),
        Outcome::OtherTab => {
            let told = "The form was changed in another tab. Look through it again before you send it.";
            return see_other_with(&app, &here, &Notice::warn(told));
        }
        Outcome::Unfinished(_) => see_other(&format!("{here}?check=1")),
    })
}

fn lines(shown: &Shown, pages: &[(ManualPage, Findings)], of: impl Fn(&Findings) -> &Vec<Finding>) -> Vec<Line> {
    let line = |page: ManualPage, field: &str, text: &str| Line {
        href: format!("{}?check=1&from=check#{field}", address(&shown.secret, page)),
        text: text.to_owned(),
    };
    pages.iter().flat_map(|(page, findings)| of(findings).iter().map(|it| line(*page, &it.field, &it.text))).collect()
}

fn cards(app: &App, shown: &Shown) -> Vec<Card> {
    let answers = shown.opened.answers();
    let rules = shown.opened.rules(&app.house, shown.now);
    let page_of =
        |step: Step| ManualPage::ALL.into_iter().find(|page| page.step() == step).unwrap_or(ManualPage::Check);
    let (is_proven, is_sent) = (shown.opened.is_by_link(), shown.opened.corrected.is_some());
    let link = |step: Step, field: &str| {
        // A proven mailbox stays, and so does the destination of a request.
        if (is_proven && field == "email") || (is_sent && field == "location_id") {
            return String::new();
        }
        // One legal name stands for both.
        let field = if matches!(field, "business_name" | "contact_name") { "legal_name" } else { field };
        format!("{}?from=check#{field}", address(&shown.secret, page_of(step)))
    };
    let masked_account = shown.opened.masked_account_number(&answers.request);
    let rows = Rows { answers: &answers.request, rules, masked_account, link: &link };
    let account = rows.account(&app.house).into_iter().filter(|row| row.label != "Port request name").collect();
    vec![
        Card {
            first: true,
            ..summary::card("first", "Your carrier checks these first", rows.checked_first(&app.house))
        },
        summary::numbers_card(&app.house, &rows),
        summary::card("account", "Account", account),
        summary::card("holder", "Account holder", holder(&answers, &rows)),
        summary::card("you", "You", you(&answers, &rows)),
        summary::card("papers", "Letter and bill", papers(&answers, &rows)),
    ]
}

fn you(answers: &ManualAnswers, rows: &Rows<'_>) -> Vec<Row> {
    let submitter = &answers.submitter;
    let location = submitter.read_location().map_or_else(|| submitter.location_id.clone(), |id| id.to_string());
    vec![
        rows.row(Step::Contact, "name", "Your name", &submitter.name),
        rows.row(Step::Contact, "email", "Your email", &submitter.email),
        rows.row(Step::Contact, "location_id", "Location ID", &location),
        rows.preferred_date(),
    ]
}

fn holder(answers: &ManualAnswers, rows: &Rows<'_>) -> Vec<Row> {
    let kind = AccountType::from_code(&answers.request.contact.account_type);
    vec![
        rows.row(Step::Contact, "account_type", "Account type", kind.map_or("", AccountType::label)),
        rows.row(Step::Contact, "legal_name", "Name on the account", &answers.submitter.legal_name),
        rows.address(),
    ]
}

fn papers(answers: &ManualAnswers, rows: &Rows<'_>) -> Vec<Row> {
    let signed = &answers.signed;
    let day = written(signed.read(), [&signed.month, &signed.day, &signed.year]);
    let signed = Row { optional: false, ..rows.row(Step::Bill, "signed-month", "Date the letter was signed", &day) };
    [signed].into_iter().chain(rows.bill()).collect()
}
