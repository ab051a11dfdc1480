//! What makes a PDF readable for everybody is there, as another program reads it.

use std::time::Instant;

use jiff::civil::date;
use loket_service::desk::letters::{Helps, NoPlace, Why};
use loket_service::present::letter::candidate::paper;
use loket_service::present::letter::{Paper, list};
use loket_service::present::pdf;
use loket_service::records::letter::{Answered, Decided, Frame, Letter, News, Place};
use loket_service::records::printed::{Line, Said, Stand, Whose};
use loket_solver::matching::facts::words::{HalfDay, Word};

use super::reading::{Read, together};

const AT: i64 = 1_795_331_671_000;

fn letter(news: News) -> Paper {
    let frame = Frame {
        wave: "Voorjaar 2027".into(),
        phase: "opleiding".into(),
        on: date(2026, 11, 25),
        contact: Some("loket@voorbeeld.nl".into()),
        next: Some(date(2027, 8, 1)),
    };
    let letter =
        Letter { to: Some("Gülsen Yıldız".into()), news, answer: Answered::Asked(date(2026, 12, 9)), decided: Decided::Reviewed };
    paper(&letter, &frame)
}

fn placed() -> Paper {
    letter(News::Placed(Place {
        school: "Kindcentrum De Klaver".into(),
        board: "Stichting De Werf".into(),
        bouw: "onderbouw".into(),
        half_days: HalfDay::ALL.iter().copied().take(6).collect(),
        coach: Some("Umut Friezema".into()),
        hours: 60,
        from: date(2027, 2, 1),
        until: date(2027, 7, 31),
        travel: Some(22),
        why: vec![Why::Choice(0), Why::Travel { minutes: 22, most: 45 }],
    }))
}

fn left() -> Paper {
    let reasons = vec!["Er zijn plekken op scholen die voor u te ver reizen zijn.".into(), "De plekken die bij u passen, zijn vol.".into()];
    letter(News::None(NoPlace { reasons, helps: Helps::Perhaps(vec!["Verder reizen. De dichtstbijzijnde is 71 minuten.".into()]) }))
}

/// So many placements, eight at each school.
fn lines(many: usize) -> Vec<Line> {
    let line = |at: usize| Line {
        candidate: Some(format!("Kandidaat Verzonnen {at:04}")),
        school_id: format!("S{:03}", at / 8),
        school: format!("Brede school De Ontdekker {:03}", at / 8),
        board: "Stichting De Werf".into(),
        seat: "onderbouw".into(),
        bouw: "onderbouw".into(),
        seats: Some(9),
        coach: Some(format!("Coach Friezema {}", at % 40)),
        half_days: HalfDay::ALL.to_vec(),
        period: (date(2027, 2, 1), date(2027, 7, 31)),
        answers: vec![
            ("Kandidaat zegt", Said::Yes(Some(date(2026, 11, 24)))),
            ("Bestuur zegt", Said::Asked(date(2026, 12, 9))),
            ("Coach zegt", Said::Late),
        ],
    };
    (0..many).map(line).collect()
}

fn stand() -> Stand {
    Stand {
        wave: "Voorjaar 2027".into(),
        phase: Some("opleiding".into()),
        from: Some(date(2027, 2, 1)),
        published: Some(false),
        on: "2026-11-25 09:20".into(),
        version: Some(12),
        run: Some(3),
        policy: Some("Opleiden voor de stad 3".into()),
        head: Some("3fa9c21b7d0e".repeat(5)),
    }
}

/// What every PDF of ours has.
fn sound(bytes: &[u8], title: &str) -> Read {
    let read = Read::of(bytes);
    assert_eq!((read.language.as_str(), read.marked, read.shows_title), ("nl", true, true));
    assert!(read.metadata.contains(title) && read.metadata.contains("pdfuaid:part"), "{}", read.metadata);
    let (all, absent) = read.fonts();
    assert!(!all.is_empty() && absent.is_empty(), "carried along: {all:?}, not: {absent:?}");
    assert!(all.iter().all(|it| it.contains("Liberation")), "{all:?}");
    // Headings begin at the first level and skip none.
    let levels: Vec<u32> = read.tags.all().iter().filter_map(|it| it.role.strip_prefix('H')?.parse().ok()).collect();
    assert_eq!(levels.first(), Some(&1), "{levels:?}");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    for cell in read.roles("TH") {
        assert_eq!(cell.scope.as_deref(), Some("Column"));
        assert!(cell.pieces > 0, "a header cell that says nothing");
    }
    for table in read.roles("Table") {
        let rows: Vec<usize> = table.all().iter().filter(|it| it.role == "TR").map(|it| it.children.len()).collect();
        assert!(rows.len() > 1 && rows.iter().all(|it| *it == rows[0]), "every row has as many cells: {rows:?}");
        assert!(table.all().iter().any(|it| it.role == "TH"), "a table without headings");
    }
    read
}

#[test]
fn a_letter_has_a_title_a_language_headings_table_headers_and_its_own_fonts() {
    for (paper, headings) in [(placed(), 5), (left(), 5)] {
        let read = sound(&pdf::one(&paper, AT).expect("drawn"), &paper.title);
        assert_eq!((read.roles("H1").len(), read.roles("H2").len()), (1, headings), "{:?}", paper.title);
        assert_eq!(read.pages, 1, "one letter is one page");
        let text = read.close();
        assert!(text.contains("GülsenYıldız") && text.contains("bladzijde1van1"), "{text}");
    }
    let read = sound(&pdf::one(&placed(), AT).expect("drawn"), "U hebt een plek");
    assert_eq!(read.roles("TH").len(), 2);
    let read = sound(&pdf::one(&left(), AT).expect("drawn"), "Nog geen plek voor u");
    assert_eq!((read.roles("L").len(), read.roles("LI").len()), (2, 3), "reasons and what helps are lists");
}

#[test]
fn all_letters_of_a_wave_are_one_file_and_each_begins_on_a_page_of_its_own() {
    let papers: Vec<Paper> = (0..30).map(|at| if at % 3 == 0 { left() } else { placed() }).collect();
    let read = sound(&pdf::many("Brieven, Voorjaar 2027", &papers, AT).expect("drawn"), "Brieven, Voorjaar 2027");
    assert_eq!((read.pages, read.roles("H1").len(), read.roles("Part").len()), (30, 30, 30));
    for page in 1..=30 {
        let text = together(&read.page(page));
        assert_eq!((text.matches("Beste").count(), text.matches("bladzijde1van1").count()), (1, 1), "{page}: {text}");
    }
}

#[test]
fn a_long_list_goes_over_pages_that_each_say_what_they_are_of_and_repeat_the_headings() {
    let began = Instant::now();
    let paper = list::paper(&lines(400), &[("Niemand Verzonnen".into(), "De plekken zijn vol.".into())], &Whose::Everybody, &stand());
    let bytes = pdf::one(&paper, AT).expect("drawn");
    println!("400 rows: {} bytes in {:.3} s", bytes.len(), began.elapsed().as_secs_f64());
    let read = sound(&bytes, "Voorjaar 2027: plan per school");
    assert_eq!(read.roles("H2").len(), 51, "a heading for each school, and one for who is left");
    assert!(read.pages > 10, "{}", read.pages);
    for page in 1..=read.pages {
        let text = together(&read.page(page));
        for part in ["versie12,berekening3,beleidOpleidenvoordestad3", "logboek3fa9c21b7d0e", "woensdag25november2026,09.20"] {
            assert!(text.contains(part), "page {page} says {part}: {text}");
        }
        assert!(text.contains(&format!("bladzijde{page}van{}", read.pages)), "{page}: {text}");
    }
    let text = read.close();
    assert!((0..400).all(|at| text.contains(&format!("KandidaatVerzonnen{at:04}"))), "everybody is on it");

    // One table that is longer than a page: its headings are read once, and stand on every page.
    let one = |mut it: Line| {
        (it.school, it.school_id) = ("De Klaver".into(), "S1".into());
        it
    };
    let paper = list::paper(&lines(120).into_iter().map(one).collect::<Vec<_>>(), &[], &Whose::School("De Klaver".into()), &stand());
    let read = sound(&pdf::one(&paper, AT).expect("drawn"), "De Klaver: lijst");
    assert_eq!((read.roles("Table").len(), read.roles("TH").len()), (1, 7), "read once");
    assert!(read.pages > 2, "{}", read.pages);
    for page in 1..read.pages {
        assert!(together(&read.page(page)).contains("Dagenopschool"), "the headings are on page {page}");
    }
}
