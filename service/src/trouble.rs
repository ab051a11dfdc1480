//! What the system says went wrong, in Dutch.

use std::io::{self, ErrorKind};

/// Why something could not be read, written, opened or listened on. What is rare keeps the number that the system gives it.
pub fn cause(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "het bestand of de map bestaat niet",
        ErrorKind::PermissionDenied => "daar is geen toestemming voor",
        ErrorKind::IsADirectory => "het is een map",
        ErrorKind::NotADirectory => "een deel van het pad is geen map",
        ErrorKind::AlreadyExists => "het bestaat al",
        ErrorKind::DirectoryNotEmpty => "de map is niet leeg",
        ErrorKind::ReadOnlyFilesystem => "op deze schijf mag alleen gelezen worden",
        ErrorKind::StorageFull => "de schijf is vol",
        ErrorKind::QuotaExceeded => "de ruimte die u mag gebruiken is op",
        ErrorKind::FileTooLarge => "het bestand wordt te groot",
        ErrorKind::InvalidFilename => "de naam is te lang of kan niet",
        ErrorKind::CrossesDevices => "het staat op een andere schijf",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "het is in gebruik",
        ErrorKind::BrokenPipe => "de lezer is weg",
        ErrorKind::UnexpectedEof => "het houdt te vroeg op",
        ErrorKind::InvalidData => "het is geen UTF-8",
        ErrorKind::TimedOut => "het duurde te lang",
        ErrorKind::Interrupted => "het werd onderbroken",
        ErrorKind::OutOfMemory => "er is geen geheugen meer",
        ErrorKind::AddrInUse => "dat adres is al in gebruik",
        ErrorKind::AddrNotAvailable => "deze machine heeft dat adres niet",
        ErrorKind::ConnectionRefused => "daar luistert niemand",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "de verbinding is verbroken",
        _ => "",
    };
    match (known, error.raw_os_error()) {
        ("", Some(5)) => "de schijf leest of schrijft niet (fout 5)".into(),
        ("", Some(24 | 23)) => "er staan te veel bestanden open".into(),
        ("", Some(40)) => "de koppelingen in het pad komen nergens uit".into(),
        ("", Some(number)) => format!("het systeem geeft fout {number}"),
        ("", None) => "het systeem geeft een fout zonder nummer".into(),
        (known, _) => known.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_the_system_is_told_in_english() {
        let told: Vec<String> = (1..134).map(|number| cause(&io::Error::from_raw_os_error(number))).collect();
        assert_eq!(told[1], "het bestand of de map bestaat niet");
        assert_eq!(told[12], "daar is geen toestemming voor");
        assert_eq!(told[27], "de schijf is vol");
        assert_eq!(told[97], "dat adres is al in gebruik");
        assert!(told.iter().all(|it| !it.is_empty() && !it.contains("os error")), "{told:?}");
    }
}
