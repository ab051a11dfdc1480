//! A PDF read back with a reader that had no hand in making it: its text, its tags, and what it says of itself.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};

/// One element of the structure tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its role: H1, P, TH, …
    pub role: String,
    /// Of a header cell: what it is above.
    pub scope: Option<String>,
    /// What is in it, in reading order.
    pub children: Vec<Tag>,
    /// How many pieces of content are marked as its own.
    pub pieces: usize,
}

impl Tag {
    /// Itself and everything in it, in reading order.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Self::all));
        all
    }
}

/// A PDF that was read.
pub struct Read {
    document: Document,
    /// `/Lang` of the catalog.
    pub language: String,
    /// Whether it says that it is tagged.
    pub marked: bool,
    /// Whether a viewer shows its title and not the name of the file.
    pub shows_title: bool,
    /// The metadata (XMP).
    pub metadata: String,
    /// The structure tree.
    pub tags: Tag,
    /// How many pages it has.
    pub pages: usize,
}

fn text_of(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks(2).map(|it| u16::from_be_bytes([it[0], *it.get(1).unwrap_or(&0)])).collect();
            String::from_utf16_lossy(&units)
        }
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    }
}

impl Read {
    /// Reads it; whatever must be there and is not, fails the test.
    pub fn of(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).expect("a PDF");
        let catalog = document.catalog().expect("a catalog");
        let language = text_of(catalog.get_deref(b"Lang", &document).expect("a language"));
        let dictionary = |key: &[u8]| catalog.get_deref(key, &document).and_then(Object::as_dict);
        let flag = |found: &Dictionary, key: &[u8]| found.get(key).and_then(Object::as_bool).unwrap_or_default();
        let marked = dictionary(b"MarkInfo").is_ok_and(|it| flag(it, b"Marked"));
        let shows_title = dictionary(b"ViewerPreferences").is_ok_and(|it| flag(it, b"DisplayDocTitle"));
        let metadata = catalog.get_deref(b"Metadata", &document).and_then(Object::as_stream).expect("metadata");
        let metadata = String::from_utf8(metadata.get_plain_content().expect("readable")).expect("UTF-8");
        let root = dictionary(b"StructTreeRoot").expect("a structure tree");
        let mut top = Tag { role: "root".into(), scope: None, children: Vec::new(), pieces: 0 };
        kids(&document, root, &mut top);
        let pages = document.get_pages().len();
        Self { language, marked, shows_title, metadata, tags: top, pages, document }
    }

    /// The text of a page, from 1.
    pub fn page(&self, number: usize) -> String {
        self.document.extract_text(&[u32::try_from(number).expect("a page")]).expect("text")
    }

    /// All text, without white space: lines are broken wherever there was room.
    pub fn close(&self) -> String {
        (1..=self.pages).map(|it| together(&self.page(it))).collect()
    }

    /// Everything between tags of a role.
    pub fn roles(&self, role: &str) -> Vec<&Tag> {
        self.tags.all().into_iter().filter(|it| it.role == role).collect()
    }

    /// The fonts of all pages, by their names, and those of them that are not carried along.
    pub fn fonts(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut all, mut absent) = (BTreeSet::new(), BTreeSet::new());
        for page in self.document.get_pages().into_values() {
            for font in self.document.get_page_fonts(page).expect("fonts").into_values() {
                let name = String::from_utf8_lossy(font.get(b"BaseFont").and_then(Object::as_name).expect("a name")).into_owned();
                let below = font.get_deref(b"DescendantFonts", &self.document).and_then(Object::as_array).ok();
                let font = match below.and_then(|it| it.first()) {
                    Some(first) => self.document.dereference(first).and_then(|it| it.1.as_dict()).expect("a font"),
                    None => font,
                };
                let described = font.get_deref(b"FontDescriptor", &self.document).and_then(Object::as_dict);
                let there = described.is_ok_and(|it| ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| it.has(key.as_bytes())));
                if !there {
                    absent.insert(name.clone());
                }
                all.insert(name);
            }
        }
        (all, absent)
    }
}

/// A text without white space.
pub fn together(text: &str) -> String {
    text.split_whitespace().collect()
}

/// All text of a PDF, without white space.
pub fn close(bytes: &[u8]) -> String {
    Read::of(bytes).close()
}

fn kids(document: &Document, of: &Dictionary, into: &mut Tag) {
    let Ok(kids) = of.get_deref(b"K", document) else { return };
    let list = match kids {
        Object::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    for kid in &list {
        let (_, kid) = document.dereference(kid).expect("an element");
        let Ok(element) = kid.as_dict() else {
            into.pieces += 1;
            continue;
        };
        let Ok(role) = element.get(b"S").and_then(Object::as_name) else {
            into.pieces += 1;
            continue;
        };
        let mut tag =
            Tag { role: String::from_utf8_lossy(role).into_owned(), scope: scope(document, element), children: Vec::new(), pieces: 0 };
        self::kids(document, element, &mut tag);
        into.children.push(tag);
    }
}

/// The scope of a header cell, in its attributes.
fn scope(document: &Document, element: &Dictionary) -> Option<String> {
    let attributes = element.get_deref(b"A", document).ok()?;
    let list = match attributes {
        Object::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    list.iter().find_map(|it| {
        let (_, it) = document.dereference(it).ok()?;
        let scope = it.as_dict().ok()?.get(b"Scope").ok()?.as_name().ok()?;
        Some(String::from_utf8_lossy(scope).into_owned())
    })
}
