//! Manual form 4 of 4: everything once more, what is agreed to, and sending it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

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
        manual::{ConsentAnswers, ManualPage},
    },
    services::manual::{self, ManualError, Outcome, SEND_FIELD, Sender},
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
}

struct ConsentShown {
    name: &'static str,
    version_field: String,
    version: i32,
    text: String,
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
    let (house, now, opened) = (app.house.clone(), shown.now, shown.opened.clone());
    let (checks, asks, network) = (wanted.checks(), wanted.asks(), client.network());
    let looked = app.store.read(move |conn| {
        let unfinished = manual::unfinished(conn, &house, &opened, now)?;
        let mut asked = Vec::new();
        for page in ManualPage::ALL.into_iter().filter(|page| asks && *page != ManualPage::Check) {
            asked.push((page, manual::of_page(conn, &house, &opened, page, now)?));
        }
        let refused = if checks { manual::refused(conn, &house, &opened, &network, now)? } else { None };
        Ok::<_, ManualError>((unfinished, asked, manual::consent_texts(conn, now)?, refused))
    });
    let (unfinished, asked, texts, refused) = looked.await?;
    let answers = shown.opened.answers();
    let (mut of_consents, mut errors, mut errors_title) = (Findings::default(), Vec::new(), String::new());
    if checks {
        of_consents = manual::of_consents(&texts, answers.consents);
        let mut stopped: Vec<_> = unfinished.iter().cloned().chain(refused).collect();
        errors = lines(&shown, &stopped, |findings| &findings.errors);
        errors
            .extend(of_consents.errors.iter().map(|it| Line { href: format!("#{}", it.field), text: it.text.clone() }));
        stopped.push((ManualPage::Check, of_consents.clone()));
        errors_title = summary::title(&stopped);
    }
    let top = Top::new(&app, &shown, ManualPage::Check, &wanted);
    let left: Vec<_> = unfinished.iter().filter(|(_, findings)| !findings.is_empty()).collect();
    let zone = shown.opened.location.as_ref().map_or("", |location| location.time_zone.as_str());
    CheckPage {
        about: top.corrects.clone().unwrap_or_else(|| "Port request, not sent yet".to_owned()),
        printed_at: app.house.zone(zone).moment(shown.now),
        errors_title,
        warnings: lines(&shown, &asked, |findings| &findings.warnings),
        left: left.len(),
        unfinished: left
            .iter()
            .map(|(page, _)| Line {
                href: format!("{}?check=1&from=check", address(&shown.secret, *page)),
                text: page.label().to_owned(),
            })
            .collect(),
        cards: cards(&app, &shown),
        letter: documents::letter(&shown.opened),
        kept_letter: documents::kept_letter(&shown.opened),
        bills: documents::bills(&shown.opened),
        consents: texts
            .into_iter()
            .map(|(consent, version, text)| ConsentShown {
                name: consent.slug(),
                version_field: consent.version_field(),
                version,
                text,
            })
            .collect(),
        send: SEND_FIELD,
        email: answers.submitter.email.trim().to_owned(),
        form: Form::new(answers.consents.to_pairs(), of_consents),
        frame: Frame { errors: !errors.is_empty(), ..shown.frame },
        errors,
        top,
    }
    .ok()
}

/// POST /manual-port-requests/{secret}/check
pub async fn save(app: Data<App>, typed: Path<String>, client: Client, pairs: Pairs) -> WebResult<HttpResponse> {
    let secret = start::secret(&typed)?;
    let consents = ConsentAnswers::from_pairs(pairs.as_slice());
    let seen = pairs.get("version").parse().ok();
    let (house, now, key) = (app.house.clone(), app.clock.now(), secret.clone());
    let sent = app.store.write(move |conn| {
        let sender = Sender { address: &client.0, network: &client.network() };
        manual::submit(conn, &house, &key, (consents, seen), &sender, now)
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
    let link = |step: Step, field: &str| {
        // One legal name stands for both.
        let field = if matches!(field, "business_name" | "contact_name") { "legal_name" } else { field };
        format!("{}?from=check#{field}", address(&shown.secret, page_of(step)))
    };
    let masked_account = shown.opened.masked_account_number(&answers.request);
    let rows = Rows { answers: &answers.request, rules, masked_account, link: &link };
    let submitter = &answers.submitter;
    let you = vec![
        rows.row(Step::Contact, "name", "Your name", &submitter.name),
        rows.row(Step::Contact, "email", "Your email", &submitter.email),
        rows.row(Step::Contact, "location_id", "Location ID", &submitter.location_id),
    ];
    let kind = AccountType::from_code(&answers.request.contact.account_type);
    let account = vec![
        rows.row(Step::Contact, "account_type", "Account type", kind.map_or("", AccountType::label)),
        rows.row(Step::Contact, "legal_name", "Name on the account", &submitter.legal_name),
        rows.address(),
        rows.preferred_date(),
    ];
    let signed = &answers.signed;
    let signed = Row {
        optional: false,
        ..rows.row(
            Step::Bill,
            "signed-month",
            "Day of the signature",
            &written(signed.read(), [&signed.month, &signed.day, &signed.year]),
        )
    };
    let papers = [signed].into_iter().chain(rows.bill()).collect();
    vec![
        Card {
            first: true,
            ..summary::card("first", "Your carrier checks these first", rows.checked_first(&app.house))
        },
        summary::numbers_card(&app.house, &rows),
        summary::card(
            "account",
            "Account",
            rows.account(&app.house).into_iter().filter(|row| row.label != "Port request name").collect(),
        ),
        summary::card("holder", "Account holder", account),
        summary::card("you", "You", you),
        summary::card("papers", "Letter and bill", papers),
    ]
}
