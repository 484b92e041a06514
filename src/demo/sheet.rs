//! A plain PDF: text, lines and boxes on sheets of letter size, written by hand-placed coordinates.

use lopdf::{
    Document, Object, ObjectId, Stream, StringFormat,
    content::{Content, Operation},
    dictionary,
};

/// Width and height of US letter paper in points.
const PAPER: [i64; 2] = [612, 792];

/// Which letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Plain,
    Bold,
}

/// One side of paper. Coordinates are points from the lower left corner.
#[derive(Debug, Default)]
pub struct Sheet {
    operations: Vec<Operation>,
}

impl Sheet {
    /// Writes a line of text that begins at `x`.
    pub fn text(&mut self, x: i64, y: i64, size: i64, face: Face, text: &str) {
        let font = match face {
            Face::Plain => "F1",
            Face::Bold => "F2",
        };
        self.put("BT", vec![]);
        self.put("Tf", vec![font.into(), size.into()]);
        self.put("Td", vec![x.into(), y.into()]);
        self.put("Tj", vec![Object::String(in_windows_1252(text), StringFormat::Literal)]);
        self.put("ET", vec![]);
    }

    /// Writes a sum of money that ends at `x`.
    pub fn amount(&mut self, x: i64, y: i64, size: i64, face: Face, cents: usize) {
        let (thousands, dollars) = (cents / 100_000, cents / 100 % 1_000);
        let dollars = if thousands == 0 { dollars.to_string() } else { format!("{thousands},{dollars:03}") };
        let text = format!("${dollars}.{:02}", cents % 100);
        // Widths in thousandths of the size, as Helvetica has them: 278 for points, 556 for digits and the sign.
        let width: i64 = text.chars().map(|c| if c == '.' || c == ',' { 278 } else { 556 }).sum();
        self.text(x - width * size / 1_000, y, size, face, &text);
    }

    /// Draws a thin line across, from `left` to `right`.
    pub fn rule(&mut self, left: i64, right: i64, y: i64) {
        self.put("m", vec![left.into(), y.into()]);
        self.put("l", vec![right.into(), y.into()]);
        self.put("S", vec![]);
    }

    /// Fills a box with a light grey.
    pub fn shade(&mut self, [left, bottom, width, height]: [i64; 4]) {
        self.put("g", vec![Object::Real(0.93)]);
        self.put("re", vec![left.into(), bottom.into(), width.into(), height.into()]);
        self.put("f", vec![]);
        self.put("g", vec![0.into()]);
    }

    fn put(&mut self, operator: &str, operands: Vec<Object>) {
        self.operations.push(Operation::new(operator, operands));
    }
}

/// The bytes of a PDF with these sheets.
pub fn write(title: &str, sheets: Vec<Sheet>) -> Result<Vec<u8>, lopdf::Error> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let [plain, bold] = ["Helvetica", "Helvetica-Bold"].map(|name| font(&mut document, name));
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => plain, "F2" => bold } });
    let mut kids: Vec<Object> = Vec::new();
    for sheet in sheets {
        let content = Content { operations: sheet.operations }.encode()?;
        let content = document.add_object(Stream::new(dictionary! {}, content));
        let page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content };
        kids.push(document.add_object(page).into());
    }
    let [width, height] = PAPER;
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    let tree = dictionary! {
        "Type" => "Pages",
        "Kids" => kids,
        "Count" => count,
        "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
    };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    let title = Object::String(in_windows_1252(title), StringFormat::Literal);
    let info = document.add_object(dictionary! { "Title" => title });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}

fn font(document: &mut Document, name: &str) -> ObjectId {
    document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type1",
        "BaseFont" => name,
        "Encoding" => "WinAnsiEncoding",
    })
}

/// The standard fonts have no other letters; what they lack becomes a question mark.
fn in_windows_1252(text: &str) -> Vec<u8> {
    let letter = |c: char| match c {
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '—' => 0x97,
        ' '..='~' | '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        _ => b'?',
    };
    text.chars().map(letter).collect()
}
