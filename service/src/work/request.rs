//! Reads a request on standard input: one header line, then the bytes of its parts.

use std::io::{self, BufRead, Read};
use std::time::Duration;

use loket_instances::strict::problem::Refusal;
use serde_json::Value;

use super::fields::{At, Report, refusal};
use super::kind::Kind;

/// Longest header, bytes: a what-if of some thousand people.
const LONGEST_HEADER: u64 = 4 << 20;
/// Largest part, bytes.
const LARGEST_PART: u64 = 1 << 30;
/// Longest time, seconds: a month.
const LONGEST_TIME: u64 = 31 * 24 * 3600;
/// Most memory, MiB.
const MOST_MEMORY: u64 = 16 << 20;

/// A request with its parts.
pub(super) struct Request {
    pub(super) kind: Kind,
    pub(super) question: Value,
    pub(super) time: Duration,
    pub(super) memory_mib: u64,
    parts: Vec<(String, Vec<u8>)>,
}

impl Request {
    /// The bytes of a part.
    pub(super) fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(it, _)| it == name).map(|(_, bytes)| bytes.as_slice())
    }
}

/// The next request. The outer error is an input that ended too soon; the inner one a request that is refused.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Result<Request, Refusal>> {
    let mut line = Vec::new();
    input.take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
    if line.last() != Some(&b'\n') {
        if (line.len() as u64) < LONGEST_HEADER {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        return Ok(Err(refusal("te-veel", "", "de kopregel is te lang", "maak de vraag kleiner")));
    }
    let header: Value = match serde_json::from_slice(&line) {
        Ok(header) => header,
        Err(_) => return Ok(Err(refusal("json", "", "de kopregel is geen JSON", "stuur één regel JSON, en daarna de delen"))),
    };
    let (mut request, sizes) = match self::header(&header) {
        Ok(read) => read,
        Err(refused) => return Ok(Err(refused)),
    };
    for (name, size) in sizes {
        // Grows as bytes arrive: a header alone reserves nothing.
        let mut bytes = Vec::new();
        if input.take(size).read_to_end(&mut bytes)? as u64 != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        request.parts.push((name, bytes));
    }
    Ok(Ok(request))
}

type Sizes = Vec<(String, u64)>;

fn header(header: &Value) -> Result<(Request, Sizes), Refusal> {
    let report = Report::default();
    let made = fields(&At { value: header, pointer: String::new(), report: &report });
    report.close(made)
}

fn fields(at: &At<'_>) -> Option<(Request, Sizes)> {
    let fields = at.fields(&["soort", "vraag", "tijd_seconden", "geheugen_mib", "delen"])?;
    let kind = fields.need("soort").and_then(|at| {
        let kind = Kind::parse(at.text()?);
        if kind.is_none() {
            let codes = Kind::ALL.map(Kind::code).join(", ");
            at.tell("woord", "deze soort bestaat niet", format!("kies uit: {codes}"));
        }
        kind
    });
    let time = fields.need("tijd_seconden").and_then(|at| at.count(LONGEST_TIME));
    let memory_mib = fields.need("geheugen_mib").and_then(|at| at.count(MOST_MEMORY));
    let mut sizes = Sizes::new();
    for part in fields.need("delen")?.items()? {
        let row = part.fields(&["naam", "bytes"])?;
        let name = row.need("naam").and_then(|at| at.text());
        let size = row.need("bytes").and_then(|at| at.count(LARGEST_PART));
        let (Some(name), Some(size)) = (name, size) else { continue };
        if sizes.iter().any(|(it, _)| it == name) {
            part.tell("dubbel", "dit deel is er al", "stuur elk deel één keer");
        }
        sizes.push((name.to_owned(), size));
    }
    let kind = kind?;
    let (needed, allowed) = kind.parts();
    for name in needed.iter().filter(|name| !sizes.iter().any(|(it, _)| it == *name)) {
        at.report.tell("ontbreekt", "/delen", format!("het deel {name} ontbreekt"), format!("stuur het deel {name} mee"));
    }
    for (name, _) in sizes.iter().filter(|(name, _)| !needed.contains(&name.as_str()) && !allowed.contains(&name.as_str())) {
        let all: Vec<&str> = needed.iter().chain(allowed).copied().collect();
        at.report.tell("woord", "/delen", format!("het deel \"{name}\" hoort hier niet"), format!("stuur alleen: {}", all.join(", ")));
    }
    let question = fields.get("vraag").map_or_else(|| Value::Object(serde_json::Map::new()), |at| at.value.clone());
    let request = Request { kind, question, time: Duration::from_secs(time?), memory_mib: memory_mib?, parts: Vec::new() };
    Some((request, sizes))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let Ok(Ok(request)) = read(&mut input) else { panic!("it is refused") };
        assert_eq!((request.kind, request.part("lichting")), (Kind::Solve, Some(&b"abc"[..])));
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
