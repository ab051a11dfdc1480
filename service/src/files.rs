//! Reads and writes files by name; `-` is standard input or output, and a file is there whole or not at all.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A file that cannot be used, said in Dutch.
#[derive(Debug)]
pub struct FileError(pub String);

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for FileError {}

/// Whether a name stands for standard input or output.
pub fn is_standard(name: &Path) -> bool {
    name == Path::new("-")
}

/// All bytes of a file, or of standard input.
pub fn read(name: &Path) -> Result<Vec<u8>, FileError> {
    if is_standard(name) {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| FileError(format!("De standaardinvoer kan niet gelezen worden: {}.", cause(&error))))?;
        return Ok(bytes);
    }
    fs::read(name).map_err(|error| FileError(format!("{} kan niet gelezen worden: {}.", name.display(), cause(&error))))
}

/// A place to write to, found good before any long work begins.
#[derive(Debug)]
pub struct Target(Place);

#[derive(Debug)]
enum Place {
    Standard,
    /// Something that is no regular file, such as a pipe: it cannot be replaced, only written to.
    Direct(PathBuf),
    File {
        temporary: PathBuf,
        path: PathBuf,
    },
}

impl Target {
    /// Checks that `name` can be written and overwrites none of `inputs`. Leaves no trace.
    pub fn new(name: &Path, inputs: &[&Path]) -> Result<Self, FileError> {
        if is_standard(name) {
            return Ok(Self(Place::Standard));
        }
        // Behind a link, the file itself is replaced.
        let path = fs::canonicalize(name).unwrap_or_else(|_| name.to_path_buf());
        let same = |input: &&&Path| fs::canonicalize(input).is_ok_and(|input| input == path);
        if let Some(input) = inputs.iter().filter(|input| !is_standard(input)).find(same) {
            return Err(FileError(format!(
                "{} is ook de invoer ({}); kies voor de uitvoer een andere naam.",
                name.display(),
                input.display()
            )));
        }
        match fs::metadata(&path) {
            Ok(data) if data.is_dir() => {
                return Err(unwritable(&path, &io::ErrorKind::IsADirectory.into()));
            }
            Ok(data) if !data.is_file() => return Ok(Self(Place::Direct(path))),
            Ok(data) if data.permissions().readonly() => {
                return Err(unwritable(&path, &io::ErrorKind::PermissionDenied.into()));
            }
            _ => {}
        }
        let file_name = path.file_name().ok_or_else(|| unwritable(&path, &io::ErrorKind::IsADirectory.into()))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(file_name);
        hidden.push(format!(".{}.nieuw", std::process::id()));
        let temporary = path.with_file_name(hidden);
        File::create(&temporary).and_then(|_| fs::remove_file(&temporary)).map_err(|error| unwritable(&path, &error))?;
        Ok(Self(Place::File { temporary, path }))
    }

    /// Whether this is standard output.
    pub fn is_standard(&self) -> bool {
        matches!(self.0, Place::Standard)
    }

    /// Writes all bytes. A file is written beside its place, made durable, and then put there in one step.
    pub fn write(&self, bytes: &[u8]) -> Result<(), FileError> {
        match &self.0 {
            Place::Standard => {
                let mut output = io::stdout().lock();
                output
                    .write_all(bytes)
                    .and_then(|()| output.flush())
                    .map_err(|error| FileError(format!("De standaarduitvoer kan niet geschreven worden: {}.", cause(&error))))
            }
            Place::Direct(path) => fs::write(path, bytes).map_err(|error| unwritable(path, &error)),
            Place::File { temporary, path } => {
                let written = File::create(temporary).and_then(|mut file| {
                    file.write_all(bytes)?;
                    file.sync_all()?;
                    fs::rename(temporary, path)
                });
                written.map_err(|error| {
                    // The first error is the one to tell; a left-over is harmless.
                    let _ = fs::remove_file(temporary);
                    unwritable(path, &error)
                })
            }
        }
    }
}

fn unwritable(path: &Path, error: &io::Error) -> FileError {
    FileError(format!("{} kan niet geschreven worden: {}.", path.display(), cause(error)))
}

fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "het bestand of de map bestaat niet".into(),
        io::ErrorKind::PermissionDenied => "daar is geen toestemming voor".into(),
        io::ErrorKind::IsADirectory => "het is een map".into(),
        io::ErrorKind::StorageFull => "de schijf is vol".into(),
        io::ErrorKind::BrokenPipe => "de lezer is weg".into(),
        _ => error.to_string(),
    }
}
