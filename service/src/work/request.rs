//! Reads a request on standard input: one header line, then the bytes of its parts.

use std::io::{self, BufRead, Read};
use std::time::Duration;

use loket_instances::strict;
use loket_instances::strict::fields::At;
use loket_instances::strict::json::Node;
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::Spot;

use super::kinds::{KINDS, Kind, kind};
use super::task::Given;

/// Longest header, bytes: a what-if of some thousand people.
const LONGEST_HEADER: u64 = 4 << 20;
/// Largest part, bytes.
const LARGEST_PART: i64 = 1 << 30;
/// Longest time, seconds: a month.
const LONGEST_TIME: i64 = 31 * 24 * 3600;
/// Most memory, MiB.
const MOST_MEMORY: i64 = 16 << 20;

/// The next request. The outer error is an input that ended too soon; the inner one a request that is refused.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Result<(&'static Kind, Given), Refusal>> {
    let mut line = Vec::new();
    input.take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
    if line.last() != Some(&b'\n') {
        if (line.len() as u64) < LONGEST_HEADER {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        return Ok(Err(Refusal::one("te-veel", &Spot::default(), "de kopregel is te lang", "maak de vraag kleiner")));
    }
    let (kind, mut given, sizes) = match strict::read(&line, header) {
        Ok(read) => read,
        Err(refused) => return Ok(Err(refused)),
    };
    for (name, size) in sizes {
        // Grows as bytes arrive: a header alone reserves nothing.
        let mut bytes = Vec::new();
        if input.take(size).read_to_end(&mut bytes)? as u64 != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        given.parts.push((name, bytes));
    }
    Ok(Ok((kind, given)))
}

type Sizes = Vec<(String, u64)>;

/// The header: what is asked, and how large each part is that follows.
fn header(at: &At<'_>) -> Option<(&'static Kind, Given, Sizes)> {
    let fields = at.object(&["soort", "vraag", "tijd_seconden", "geheugen_mib", "delen"])?;
    let kind = fields.need("soort").and_then(|at| at.one_of(&KINDS.map(|kind| kind.code))).and_then(kind);
    let time = fields.need("tijd_seconden").and_then(|at| size(at, LONGEST_TIME));
    let memory_mib = fields.need("geheugen_mib").and_then(|at| size(at, MOST_MEMORY));
    let parts = fields.need("delen");
    let mut sizes = Sizes::new();
    for part in parts?.rows("naam")? {
        let row = part.object(&["naam", "bytes"])?;
        let name = row.need("naam").and_then(At::text);
        let size = row.need("bytes").and_then(|at| size(at, LARGEST_PART));
        let (Some(name), Some(size)) = (name, size) else { continue };
        if sizes.iter().any(|(it, _)| it == name) {
            part.refuse("dubbel", format!("het deel {name} staat er twee keer"), "stuur elk deel één keer");
        }
        sizes.push((name.to_owned(), size));
    }
    belong(parts?, kind?, &sizes);
    let question = fields.get("vraag").map_or_else(|| Node::Object(Vec::new()), |at| at.node.clone());
    Some((kind?, Given { question, time: Duration::from_secs(time?), memory_mib: memory_mib?, parts: Vec::new() }, sizes))
}

fn size(at: &At<'_>, most: i64) -> Option<u64> {
    at.integer(0..=most).and_then(|size| u64::try_from(size).ok())
}

/// The parts must be those of the kind.
fn belong(at: &At<'_>, kind: &Kind, sizes: &Sizes) {
    for name in kind.needed.iter().filter(|name| !sizes.iter().any(|(it, _)| it == *name)) {
        at.refuse("ontbreekt", format!("het deel {name} ontbreekt"), format!("stuur het deel {name} mee"));
    }
    for (name, _) in sizes.iter().filter(|(name, _)| !kind.needed.contains(&name.as_str()) && !kind.allowed.contains(&name.as_str())) {
        let all: Vec<&str> = kind.needed.iter().chain(kind.allowed).copied().collect();
        at.refuse("woord", format!("het deel \"{name}\" hoort hier niet"), format!("stuur alleen: {}", all.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::kinds::SOLVE;

    fn told(header: &str) -> Vec<(&'static str, String)> {
        match read(&mut format!("{header}\n").as_bytes()) {
            Ok(Err(refused)) => refused.problems.into_iter().map(|it| (it.code, it.pointer)).collect(),
            Ok(Ok(_)) => Vec::new(),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_request_is_its_header_and_exactly_the_bytes_it_announces() {
        let mut input =
            &b"{\"soort\":\"oplossen\",\"tijd_seconden\":5,\"geheugen_mib\":64,\"delen\":[{\"naam\":\"lichting\",\"bytes\":3}]}\nabcstop\n"
                [..];
        let Ok(Ok((kind, given))) = read(&mut input) else { panic!("it is refused") };
        assert_eq!((kind, given.part("lichting")), (&SOLVE, Some(&b"abc"[..])));
        assert_eq!(input, b"stop\n");
    }

    #[test]
    fn everything_wrong_with_a_header_is_told_at_once() {
        let header = r#"{"soort":"raden","tijd_seconden":-1,"geheugen_mib":"veel","delen":[{"naam":"lichting"},{"bytes":1,"kleur":2}],"haast":true}"#;
        let mut places = told(header);
        places.sort();
        let expected = [
            ("grens", "/tijd_seconden"),
            ("onbekende-sleutel", "/delen/1/kleur"),
            ("onbekende-sleutel", "/haast"),
            ("ontbreekt", "/delen/0/bytes"),
            ("ontbreekt", "/delen/1/naam"),
            ("type", "/geheugen_mib"),
            ("woord", "/soort"),
        ];
        assert_eq!(places, expected.map(|(code, place)| (code, place.to_owned())));
    }

    #[test]
    fn the_parts_must_be_those_of_the_kind() {
        let with = |kind: &str, parts: &str| {
            told(&format!("{{\"soort\":\"{kind}\",\"tijd_seconden\":1,\"geheugen_mib\":1,\"delen\":[{parts}]}}"))
                .into_iter()
                .map(|(code, _)| code)
                .collect::<Vec<_>>()
        };
        let part = |name: &str| format!("{{\"naam\":\"{name}\",\"bytes\":0}}");
        assert_eq!(with("oplossen", &part("uitkomst")), ["ontbreekt", "woord"]);
        assert_eq!(with("waarom", &part("lichting")), ["ontbreekt"]);
        assert_eq!(with("oplossen", &format!("{},{0}", part("lichting"))), ["dubbel"]);
    }

    #[test]
    fn an_input_that_ends_too_soon_is_no_request() {
        let whole = "{\"soort\":\"oplossen\",\"tijd_seconden\":5,\"geheugen_mib\":64,\"delen\":[{\"naam\":\"lichting\",\"bytes\":3}]}\nab";
        for end in [0, 10, whole.len() - 2, whole.len()] {
            assert!(read(&mut &whole.as_bytes()[..end]).is_err(), "{end}");
        }
    }
}
