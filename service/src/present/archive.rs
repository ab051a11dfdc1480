//! Files together as one (.zip).

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

/// These files, by name, as one.
///
/// # Errors
/// When two have the same name, or there are too many bytes.
pub fn archive(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let files = [("een.eml".to_owned(), b"To: a\r\n".to_vec()), ("twee.eml".to_owned(), Vec::new())];
        let mut zip = zip::ZipArchive::new(Cursor::new(archive(&files).unwrap())).unwrap();
        let mut text = String::new();
        zip.by_name("een.eml").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((zip.len(), text.as_str()), (2, "To: a\r\n"));
    }
}
