//! Finding forms (`XObject`s that hold drawings) that draw each other so often that no viewer would come to an end.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::protocol::Flaw;

/// Forms that one page may draw, those inside others counted each time.
const MAX_DRAWN: u64 = 200_000;
/// Forms inside forms; viewers give up far earlier.
const MAX_DEPTH: usize = 64;
/// What one form's content may inflate to, in bytes.
const MAX_CONTENT: usize = 8 * 1024 * 1024;
/// What all contents that are read may inflate to, in bytes.
const MAX_TOTAL: usize = 64 * 1024 * 1024;

pub(super) struct Forms<'a> {
    document: &'a Document,
    drawn: BTreeMap<ObjectId, u64>,
    open: BTreeSet<ObjectId>,
    inflated: usize,
}

impl<'a> Forms<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, drawn: BTreeMap::new(), open: BTreeSet::new(), inflated: 0 }
    }

    /// Refuses a document one of whose pages leads to more than [`MAX_DRAWN`] forms.
    pub(super) fn check(mut self, pages: &[ObjectId]) -> Result<(), Flaw> {
        for page in pages {
            let Ok((own, inherited)) = self.document.get_page_resources(*page) else { continue };
            let inherited = inherited.into_iter().filter_map(|id| self.document.get_dictionary(id).ok());
            let forms: BTreeSet<ObjectId> =
                own.into_iter().chain(inherited).flat_map(|resources| self.forms_of(resources).into_values()).collect();
            let mut sum = 0_u64;
            for form in forms {
                sum = sum.saturating_add(self.weight(form)?);
            }
            if MAX_DRAWN < sum {
                return Err(Flaw::TooComplex);
            }
        }
        Ok(())
    }

    /// How many forms are drawn by drawing this one.
    fn weight(&mut self, form: ObjectId) -> Result<u64, Flaw> {
        if let Some(known) = self.drawn.get(&form) {
            return Ok(*known);
        }
        if MAX_DEPTH < self.open.len() || !self.open.insert(form) {
            return Err(Flaw::TooComplex);
        }
        let mut sum = 1_u64;
        for (inner, times) in self.inner_forms(form)? {
            sum = sum.saturating_add(self.weight(inner)?.saturating_mul(times));
        }
        self.open.remove(&form);
        self.drawn.insert(form, sum);
        if MAX_DRAWN < sum { Err(Flaw::TooComplex) } else { Ok(sum) }
    }

    /// The forms that this form's content draws, and how often.
    fn inner_forms(&mut self, form: ObjectId) -> Result<BTreeMap<ObjectId, u64>, Flaw> {
        let Some(stream) = self.stream(form) else { return Ok(BTreeMap::new()) };
        let named = match stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict) {
            Ok(resources) => self.forms_of(resources),
            Err(_) => BTreeMap::new(),
        };
        if named.is_empty() {
            return Ok(BTreeMap::new());
        }
        let content = match stream.get_plain_content_with_limit(MAX_CONTENT) {
            Ok(content) => content,
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(Flaw::TooComplex);
            }
            // A viewer draws nothing of a stream that it cannot read.
            Err(_) => return Ok(BTreeMap::new()),
        };
        self.inflated = self.inflated.saturating_add(content.len());
        if MAX_TOTAL < self.inflated {
            return Err(Flaw::TooComplex);
        }
        Ok(count_drawn(&content, &named))
    }

    fn forms_of(&self, resources: &Dictionary) -> BTreeMap<Vec<u8>, ObjectId> {
        let Ok(objects) = resources.get_deref(b"XObject", self.document).and_then(Object::as_dict) else {
            return BTreeMap::new();
        };
        let references = objects.iter().filter_map(|(name, object)| Some((name.clone(), object.as_reference().ok()?)));
        references.filter(|(_, id)| self.stream(*id).is_some_and(is_form)).collect()
    }

    fn stream(&self, id: ObjectId) -> Option<&'a Stream> {
        self.document.get_object(id).and_then(Object::as_stream).ok()
    }
}

fn is_form(stream: &Stream) -> bool {
    stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form")
}

/// Counts `/Name Do` in a content stream. Names inside text and inline pictures may be counted too: more, never fewer.
fn count_drawn(content: &[u8], named: &BTreeMap<Vec<u8>, ObjectId>) -> BTreeMap<ObjectId, u64> {
    let mut counts = BTreeMap::new();
    let mut before: &[u8] = b"";
    for word in content.split(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'\0' | 0x0C)) {
        if word.is_empty() {
            continue;
        }
        if word.starts_with(b"Do")
            && let Some(slash) = before.iter().rposition(|byte| *byte == b'/')
            && let Some(form) = before.get(slash + 1..).and_then(|name| named.get(name))
        {
            *counts.entry(*form).or_insert(0) += 1;
        }
        before = word;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_forms_are_counted_by_name() {
        let named = BTreeMap::from([(b"X1".to_vec(), (7, 0)), (b"X2".to_vec(), (8, 0))]);
        let counts = count_drawn(b"q /X1 Do Q\n/X1  Do\r/X2\tDo /X3 Do (Do) Tj q/X2 Do", &named);
        assert_eq!(counts, BTreeMap::from([((7, 0), 2), ((8, 0), 2)]));
    }
}
