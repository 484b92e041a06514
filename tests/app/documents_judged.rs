//! Every sample file, good and hostile, gets its verdict in bounded time, and the inspector survives all of them.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use portdesk::{
    domain::document::{Door, FileFormat, FileName, Refusal},
    files::{Incoming, Judged, Pushed, Received, judge},
    inspect::Inspector,
};
use serde::Deserialize;
use tempfile::TempDir;

/// How long one file may take, whatever the machine is busy with.
const WATCHDOG: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct Manifest {
    documents: Vec<Document>,
    hostile: Vec<Hostile>,
    on_demand: Vec<OnDemand>,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    file: String,
    upload_filename: String,
    pages: Option<i32>,
    password: Option<String>,
    expect: DocumentVerdicts,
}

#[derive(Deserialize)]
struct DocumentVerdicts {
    upload: Upload,
}

#[derive(Deserialize)]
struct Upload {
    in_app: String,
    manual_form: String,
}

#[derive(Deserialize)]
struct Hostile {
    id: String,
    slug: String,
    file: String,
    upload_filename: String,
    expect: Verdicts,
}

#[derive(Deserialize)]
struct OnDemand {
    slug: String,
    kind: String,
    bytes: usize,
    expect: Verdicts,
}

#[derive(Deserialize)]
struct Verdicts {
    in_app_bill: Verdict,
    manual_pdf: Verdict,
}

#[derive(Deserialize)]
struct Verdict {
    verdict: String,
}

struct Desk {
    spool: TempDir,
    inspector: Inspector,
}

impl Desk {
    fn new() -> Self {
        Self::with_program(env!("CARGO_BIN_EXE_portdesk").as_ref())
    }

    fn with_program(program: &Path) -> Self {
        Self {
            spool: tempfile::tempdir().expect("a temporary folder"),
            inspector: Inspector::new(program.to_owned(), 2),
        }
    }

    async fn receive(&self, bytes: &[u8], door: &Door) -> Received {
        let mut incoming = Incoming::begin(self.spool.path(), door).await.expect("a spool file");
        for chunk in bytes.chunks(16 * 1024) {
            if incoming.push(chunk).await.expect("room on the disk") == Pushed::Enough {
                break;
            }
        }
        incoming.finish().await.expect("a written spool file")
    }

    async fn judge(&self, bytes: &[u8], name: &str, door: &Door) -> Result<Judged, Refusal> {
        let work =
            async { judge(&self.receive(bytes, door).await, FileName::clean(name), door, &self.inspector).await };
        tokio::time::timeout(WATCHDOG, work).await.unwrap_or_else(|_| panic!("{name} was not answered in time"))
    }
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

fn manifest() -> Manifest {
    serde_json::from_slice(&sample("manifest.json")).expect("a manifest")
}

fn sample(file: &str) -> Vec<u8> {
    std::fs::read(samples().join(file)).expect("a sample")
}

fn word(answer: &Result<Judged, Refusal>) -> &'static str {
    if answer.is_ok() { "accept" } else { "reject" }
}

#[tokio::test]
async fn every_sample_document_passes() {
    let desk = Desk::new();
    for document in manifest().documents {
        for (door, expected) in
            [(Door::IN_APP, &document.expect.upload.in_app), (Door::MANUAL, &document.expect.upload.manual_form)]
        {
            let answer = desk.judge(&sample(&document.file), &document.upload_filename, &door).await;
            assert!(expected == "either" || expected == word(&answer), "{}: {answer:?}", document.id);
            if let (Ok(judged), Some(pages)) = (&answer, document.pages) {
                assert_eq!(judged.pages, Some(pages), "{}", document.id);
            }
            if document.password.is_some() {
                assert!(matches!(answer, Err(Refusal::Locked(_))), "{}: {answer:?}", document.id);
            }
        }
    }
}

#[tokio::test]
async fn every_hostile_file_gets_its_verdict() {
    let desk = Desk::new();
    let mut wrong = Vec::new();
    for case in manifest().hostile {
        for (door, label, expected) in
            [(Door::IN_APP, "in-app", &case.expect.in_app_bill), (Door::MANUAL, "manual", &case.expect.manual_pdf)]
        {
            let answer = desk.judge(&sample(&case.file), &case.upload_filename, &door).await;
            if expected.verdict != "either" && expected.verdict != word(&answer) {
                wrong.push(format!("{} {} {label}: {answer:?}", case.id, case.slug));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    desk.judge(&sample("hostile/h8baa79c.bin"), "bill.pdf", &Door::MANUAL).await.unwrap();
}

#[tokio::test]
async fn refusals_say_what_is_wrong() {
    let desk = Desk::new();
    for (file, name, sentence) in [
        ("hostile/h700cdd2.bin", "a.pdf", "\"a.pdf\" is empty"),
        ("hostile/hc94e9ba.bin", "a.docx", "\"a.docx\" must be a PDF, JPG, PNG, HEIC, WebP, TIFF or GIF"),
        ("docs/db37a360.pdf", "a.pdf", "\"a.pdf\" needs a password to open. Save it without one and try again"),
        (
            "hostile/haa05359.bin",
            "a.pdf",
            "\"a.pdf\" is damaged and cannot be opened. Save it as a PDF again, or scan it again",
        ),
        (
            "hostile/h64b3919.bin",
            "a.jpg",
            "\"a.jpg\" is damaged and cannot be opened. Save the picture again, or take a new one",
        ),
        (
            "hostile/h5d2d60f.bin",
            "a.png",
            "\"a.png\" has too many pixels. Save it with 120 megapixels or fewer and try again",
        ),
        ("hostile/h5bf8936.bin", "a.gif", "\"a.gif\" is an animation. Save it as a still picture and try again"),
        (
            "hostile/hc861134.bin",
            "a.tif",
            "\"a.tif\" is damaged and cannot be opened. Save the picture again, or take a new one",
        ),
        (
            "hostile/h59cf3d2.bin",
            "a.pdf",
            "\"a.pdf\" is too complex to open. Print or save it as a simpler file and try again",
        ),
    ] {
        let refusal = desk.judge(&sample(file), name, &Door::IN_APP).await.unwrap_err();
        assert_eq!(refusal.to_string(), sentence);
    }
}

#[tokio::test]
async fn sizes_are_measured_to_the_byte() {
    let desk = Desk::new();
    for case in manifest().on_demand {
        let bytes = if case.kind == "pdf" { padded_pdf(case.bytes) } else { vec![0; case.bytes] };
        for (door, expected) in [(Door::IN_APP, case.expect.in_app_bill), (Door::MANUAL, case.expect.manual_pdf)] {
            let answer = desk.judge(&bytes, "scan.pdf", &door).await;
            assert!(expected.verdict == "either" || expected.verdict == word(&answer), "{}: {answer:?}", case.slug);
        }
    }
    for door in [Door::IN_APP, Door::MANUAL] {
        let limit = usize::try_from(door.max_bytes).unwrap();
        desk.judge(&padded_pdf(limit), "scan.pdf", &door).await.unwrap();
        let refusal = desk.judge(&padded_pdf(limit + 1), "scan.pdf", &door).await.unwrap_err();
        let megabytes = limit / 1024 / 1024;
        let sentence = format!("\"scan.pdf\" is {megabytes}.1 MB. It must be {megabytes} MB or smaller");
        assert_eq!(refusal.to_string(), sentence);
    }
}

/// A small bill with an unused stream behind it.
fn padded_pdf(bytes: usize) -> Vec<u8> {
    let mut pdf = sample("hostile/hb753dfc.bin");
    pdf.extend_from_slice(b"\n%");
    pdf.resize(bytes, b'x');
    pdf
}

#[tokio::test]
async fn a_tiff_is_rendered_for_viewing() {
    let desk = Desk::new();
    for file in ["docs/de76748b.tif", "hostile/hc549f23.bin"] {
        let target = desk.spool.path().join("page.png");
        let seen = desk.inspector.render_png(&samples().join(file), &target).await.unwrap();
        let judged = desk.judge(&std::fs::read(&target).unwrap(), "page.png", &Door::IN_APP).await.unwrap();
        assert_eq!(judged.format, FileFormat::Png);
        assert_eq!(judged.width, seen.width.and_then(|width| i32::try_from(width).ok()));
    }
    let loop_of_pages = samples().join("hostile/hc861134.bin");
    desk.inspector.render_png(&loop_of_pages, &desk.spool.path().join("none.png")).await.unwrap_err();
}

#[tokio::test]
async fn many_files_at_once_are_all_answered() {
    let desk = Desk::new();
    let good = sample("hostile/h8baa79c.bin");
    let bad = sample("hostile/h963454e.bin");
    let answers = futures_util::future::join_all((0..300).map(|turn| {
        let bytes = if turn % 10 == 0 { &bad } else { &good };
        desk.judge(bytes, "bill.pdf", &Door::IN_APP)
    }))
    .await;
    let good_answers = answers.iter().enumerate().filter(|(turn, _)| turn % 10 != 0);
    assert!(good_answers.clone().count() == 270 && good_answers.clone().all(|(_, answer)| answer.is_ok()));
    assert_eq!(std::fs::read_dir(desk.spool.path()).unwrap().count(), 0, "spool files are removed");
}

#[tokio::test]
async fn without_a_child_nobody_is_blamed() {
    let good = sample("hostile/h8baa79c.bin");
    for program in ["/nonexistent/portdesk", "/bin/true"] {
        let desk = Desk::with_program(program.as_ref());
        let refusal = desk.judge(&good, "bill.pdf", &Door::IN_APP).await.unwrap_err();
        assert_eq!(refusal.to_string(), "\"bill.pdf\" could not be uploaded. Try again");
    }
}

/// Object streams that inflate to 48 MB each: more together than a child may have.
fn memory_bomb() -> Vec<u8> {
    let mut stream = lopdf::Stream::new(lopdf::dictionary! {}, vec![b' '; 48 * 1024 * 1024]);
    stream.compress().expect("bytes that compress");
    let mut pdf = b"%PDF-1.5\n".to_vec();
    for id in 1..=40 {
        let (length, filter) = (stream.content.len(), "/Type/ObjStm/N 1/First 8/Filter/FlateDecode");
        pdf.extend_from_slice(format!("{id} 0 obj<<{filter}/Length {length}>>stream\n").as_bytes());
        pdf.extend_from_slice(&stream.content);
        pdf.extend_from_slice(b"\nendstream endobj\n");
    }
    pdf.extend_from_slice(b"trailer<</Root 1 0 R/Size 41>>\nstartxref\n9\n%%EOF\n");
    pdf
}

#[tokio::test]
async fn a_file_that_breaks_its_child_breaks_nothing_else() {
    let desk = Desk::new();
    let good = sample("hostile/h8baa79c.bin");
    let bomb = memory_bomb();
    for _ in 0..2 {
        desk.judge(&good, "bill.pdf", &Door::IN_APP).await.unwrap();
        let refusal = desk.judge(&bomb, "bomb.pdf", &Door::IN_APP).await.unwrap_err();
        assert!(matches!(refusal, Refusal::TooComplex(_) | Refusal::DamagedPdf(_)), "{refusal}");
    }
    desk.judge(&good, "bill.pdf", &Door::IN_APP).await.unwrap();
}

#[test]
fn an_inspector_outlives_the_thread_that_used_it_first() {
    let desk = Desk::new();
    let good = sample("hostile/h8baa79c.bin");
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let begun = std::time::Instant::now();
        runtime.block_on(async {
            desk.inspector.ready().await.unwrap();
            desk.judge(&good, "bill.pdf", &Door::IN_APP).await.unwrap();
        });
        assert!(begun.elapsed() < WATCHDOG);
    }
}

#[tokio::test]
async fn paths_may_be_relative() {
    let desk = Desk::new();
    let path = Path::new("tests/samples/docs/d3728d77.pdf");
    assert_eq!(desk.inspector.inspect(path, FileFormat::Pdf).await.unwrap().pages, Some(13));
}
