//! A strict JSON reader (RFC 8259) that keeps every key in order, also a double one, and tells integers from decimals.

/// Deepest nesting that is read.
pub const DEEPEST: usize = 64;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nothing.
    Null,
    /// True or false.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent.
    Decimal(f64),
    /// A number too large for the other two, as written.
    Huge(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object: every key in order, also a double one.
    Object(Vec<(String, Node)>),
}

/// As JSON again, with every key that was read.
impl std::fmt::Display for Node {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Node::Huge(written) => out.write_str(written),
            Node::List(items) => {
                out.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(out, "{}{item}", if at == 0 { "" } else { "," })?;
                }
                out.write_str("]")
            }
            Node::Object(entries) => {
                out.write_str("{")?;
                for (at, (key, value)) in entries.iter().enumerate() {
                    write!(out, "{}{}:{value}", if at == 0 { "" } else { "," }, serde_json::Value::from(key.as_str()))?;
                }
                out.write_str("}")
            }
            single => write!(out, "{}", single.to_value()),
        }
    }
}

impl Node {
    /// The same value for keeping; a number that is too large becomes a text.
    pub fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Node::Null => Value::Null,
            Node::Flag(flag) => (*flag).into(),
            Node::Integer(number) => (*number).into(),
            Node::Decimal(number) => (*number).into(),
            Node::Huge(written) => Value::String(written.clone()),
            Node::Text(text) => Value::String(text.clone()),
            Node::List(items) => items.iter().map(Node::to_value).collect(),
            Node::Object(entries) => {
                let entries = entries.iter().map(|(key, node)| (key.clone(), node.to_value()));
                Value::Object(entries.collect())
            }
        }
    }
}

/// How much may be read at once: a tree takes many times the bytes it was written in, so it is bounded while it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Most values: numbers, texts, lists, objects, each counted.
    pub values: usize,
    /// Most keys in one object.
    pub keys: usize,
}

impl Bounds {
    /// As many as there are: a file that somebody reads on his own machine.
    pub const NONE: Self = Self { values: usize::MAX, keys: usize::MAX };
}

/// Why text is not JSON, or too much of it, and where (line and character from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Kind of problem: `json`, or `te-veel`.
    pub code: &'static str,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong, Dutch.
    pub what: &'static str,
    /// What to do about it, Dutch.
    pub remedy: &'static str,
}

/// Reads one JSON value and nothing after it.
///
/// # Errors
/// Where it is no JSON, and why.
pub fn parse(bytes: &[u8]) -> Result<Node, Broken> {
    parse_within(bytes, Bounds::NONE)
}

/// Reads one JSON value and nothing after it, of at most so many values.
///
/// # Errors
/// Where it is no JSON or too much, and why.
pub fn parse_within(bytes: &[u8], bounds: Bounds) -> Result<Node, Broken> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(Broken {
            code: "json",
            line: 1,
            column: 1,
            what: "het bestand begint met een onzichtbaar teken (een BOM)",
            remedy: "bewaar het bestand als UTF-8 zonder BOM",
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (line, column) = locate(bytes, error.valid_up_to());
        Broken { code: "json", line, column, what: "hier staat een teken dat geen UTF-8 is", remedy: "bewaar het bestand als UTF-8" }
    })?;
    let mut reader = Reader { bytes, text, at: 0, values: 0, bounds };
    let outcome = reader.whole();
    outcome.map_err(|failure| {
        let (line, column) = locate(bytes, reader.at);
        let code = if failure == TOO_MANY || failure == TOO_MANY_KEYS { "te-veel" } else { "json" };
        Broken { code, line, column, what: failure.0, remedy: failure.1 }
    })
}

fn locate(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = &bytes[..at.min(bytes.len())];
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    // Characters, not bytes: a byte that continues a character is not counted.
    let column = before[start..].iter().filter(|&&byte| byte & 0xc0 != 0x80).count() + 1;
    (line, column)
}

type Failure = (&'static str, &'static str);
const CUT: Failure = ("het bestand houdt te vroeg op", "kijk of het bestand volledig is");
const ESCAPE: Failure = ("na \\ staat geen geldige tekencode", "schrijf een backslash als \\\\");
const SURROGATE: Failure = ("hier staat een halve tekencode (\\ud800 tot \\udfff)", "schrijf het teken zelf, of beide helften");
const TOO_MANY: Failure = ("tot hier zijn het al meer waarden dan er in één keer gelezen worden", "stuur minder in één keer");
const TOO_MANY_KEYS: Failure = ("dit object heeft meer sleutels dan er gelezen worden", "stuur alleen de sleutels die hier bestaan");

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    values: usize,
    bounds: Bounds,
}

impl Reader<'_> {
    fn whole(&mut self) -> Result<Node, Failure> {
        let node = self.value(0)?;
        self.space();
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(("na het einde van de JSON staat nog tekst", "haal weg wat er na het laatste haakje staat")),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Failure> {
        self.space();
        self.values += 1;
        if self.values > self.bounds.values {
            return Err(TOO_MANY);
        }
        match self.peek() {
            None => Err(CUT),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Node::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => {
                let words = [("null", Node::Null), ("true", Node::Flag(true)), ("false", Node::Flag(false))];
                for (word, node) in words {
                    if self.bytes[self.at..].starts_with(word.as_bytes()) {
                        self.at += word.len();
                        return Ok(node);
                    }
                }
                Err(("hier wordt een waarde verwacht", "schrijf een getal, een tekst tussen aanhalingstekens, true, false, null, [ of {"))
            }
        }
    }

    fn enter(&mut self, depth: usize) -> Result<usize, Failure> {
        if depth >= DEEPEST {
            return Err(("de haakjes zijn te diep genest", "gebruik hooguit 64 lagen"));
        }
        self.at += 1;
        self.space();
        Ok(depth + 1)
    }

    /// After an item: whether another follows.
    fn another(&mut self, close: u8) -> Result<bool, Failure> {
        self.space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(_) => Err(("hier wordt een komma of een sluithaakje verwacht", "zet een komma tussen twee waarden")),
            None => Err(CUT),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Node, Failure> {
        let depth = self.enter(depth)?;
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Node::List(items));
        }
        loop {
            items.push(self.value(depth)?);
            if !self.another(b']')? {
                // Growing by doubling leaves room that nothing will fill.
                items.shrink_to_fit();
                return Ok(Node::List(items));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Node, Failure> {
        let depth = self.enter(depth)?;
        let mut entries = Vec::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Node::Object(entries));
        }
        loop {
            self.space();
            match self.peek() {
                Some(b'"') => {}
                None => return Err(CUT),
                Some(_) => {
                    return Err((
                        "hier wordt een sleutel verwacht",
                        "zet de sleutel tussen aanhalingstekens; na de laatste komt geen komma",
                    ));
                }
            }
            let key = self.string()?;
            self.space();
            match self.peek() {
                Some(b':') => self.at += 1,
                None => return Err(CUT),
                Some(_) => {
                    return Err(("na een sleutel wordt een dubbele punt verwacht", "schrijf \"sleutel\": waarde"));
                }
            }
            if entries.len() >= self.bounds.keys {
                return Err(TOO_MANY_KEYS);
            }
            entries.push((key, self.value(depth)?));
            if !self.another(b'}')? {
                entries.shrink_to_fit();
                return Ok(Node::Object(entries));
            }
        }
    }

    fn string(&mut self) -> Result<String, Failure> {
        self.at += 1;
        let mut read = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            // Both ends are next to ASCII bytes or at an end, so on character boundaries.
            read.push_str(&self.text[start..self.at]);
            match self.peek() {
                None => return Err(CUT),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(read);
                }
                Some(b'\\') => {
                    self.at += 1;
                    read.push(self.escape()?);
                }
                Some(_) => {
                    return Err(("in een tekst staat een stuurteken of een nieuwe regel", "schrijf een nieuwe regel als \\n"));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Failure> {
        let code = self.peek().ok_or(CUT)?;
        self.at += 1;
        Ok(match code {
            b'"' | b'\\' | b'/' => char::from(code),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four_digits()?;
                if !(0xd800..0xe000).contains(&first) {
                    return char::from_u32(first).ok_or(SURROGATE);
                }
                if first >= 0xdc00 || !self.bytes[self.at..].starts_with(b"\\u") {
                    return Err(SURROGATE);
                }
                self.at += 2;
                let second = self.four_digits()?;
                if !(0xdc00..0xe000).contains(&second) {
                    return Err(SURROGATE);
                }
                let joined = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return char::from_u32(joined).ok_or(SURROGATE);
            }
            _ => {
                self.at -= 1;
                return Err(ESCAPE);
            }
        })
    }

    fn four_digits(&mut self) -> Result<u32, Failure> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or(CUT)?;
        let mut number = 0;
        for &digit in digits {
            number = number * 16 + char::from(digit).to_digit(16).ok_or(ESCAPE)?;
        }
        self.at += 4;
        Ok(number)
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Node, Failure> {
        const WRONG: Failure = ("dit is geen geldig getal", "schrijf een getal als 12, -3 of 52.37 (met een punt, zonder nul ervoor)");
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        if whole == 0 || leading_zero && whole > 1 {
            return Err(WRONG);
        }
        let mut integer = true;
        if self.peek() == Some(b'.') {
            integer = false;
            self.at += 1;
            if self.digits() == 0 {
                return Err(WRONG);
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            integer = false;
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(WRONG);
            }
        }
        let written = &self.text[start..self.at];
        if integer {
            return Ok(written.parse().map_or_else(|_| Node::Huge(written.into()), Node::Integer));
        }
        match written.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Node::Decimal(number)),
            _ => Ok(Node::Huge(written.into())),
        }
    }
}
