//! Reads and writes files by name; `-` is standard input or output, a file is there whole or not at all, and none takes the place of another.

use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use loket_instances::strict::spot::visible;

use crate::trouble::cause;

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

/// A name as messages have it: on one line, and steering nothing.
pub fn shown(name: &Path) -> String {
    visible(&name.to_string_lossy()).into_owned()
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
    fs::read(name).map_err(|error| unreadable(name, &error))
}

/// A file or folder that cannot be read.
pub fn unreadable(name: &Path, error: &io::Error) -> FileError {
    FileError(format!("{} kan niet gelezen worden: {}.", shown(name), cause(error)))
}

/// Where a name leads, whatever it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Something that is there, by its device and number.
    There(u64, u64),
    /// What is not there yet, by the folder that is.
    New(PathBuf),
}

impl Place {
    /// `None` for what holds nothing, such as a terminal: it can be written to twice.
    fn of(data: &Metadata) -> Option<Self> {
        (!data.file_type().is_char_device()).then(|| Self::There(data.dev(), data.ino()))
    }

    fn named(name: &Path) -> Option<Self> {
        match fs::metadata(name) {
            Ok(data) => Self::of(&data),
            Err(_) => Some(Self::New(followed(name))),
        }
    }

    fn open(stream: &impl AsFd) -> Option<Self> {
        let file = File::from(stream.as_fd().try_clone_to_owned().ok()?);
        Self::of(&file.metadata().ok()?)
    }
}

/// Behind links, also where nothing is there yet.
fn followed(name: &Path) -> PathBuf {
    let mut name = name.to_path_buf();
    // As many links as Linux follows.
    for _ in 0..40 {
        if let Ok(whole) = fs::canonicalize(&name) {
            return whole;
        }
        let folder = name.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        let Ok(next) = fs::read_link(&name) else {
            return match (fs::canonicalize(folder), name.file_name()) {
                (Ok(folder), Some(last)) => folder.join(last),
                _ => name,
            };
        };
        name = folder.join(next);
    }
    name
}

/// The files of one command: what it writes overwrites nothing that it reads and nothing that it writes elsewhere.
#[derive(Debug, Default)]
pub struct Files {
    read: Vec<(String, Place)>,
    written: Vec<(String, Place)>,
    standard: Option<String>,
}

impl Files {
    /// The files that are read; all that are read, or they could be overwritten.
    pub fn reading<'n>(names: impl IntoIterator<Item = &'n Path>) -> Self {
        let place = |name: &Path| if is_standard(name) { Place::open(&io::stdin()) } else { Place::named(name) };
        let read = names.into_iter().filter_map(|name| Some((shown(name), place(name)?))).collect();
        Self { read, ..Self::default() }
    }

    /// Checks that `name` can be written, for `what`. Leaves no trace.
    pub fn target(&mut self, name: &Path, what: &str) -> Result<Target, FileError> {
        let place = Place::named(name).filter(|_| !is_standard(name));
        if is_standard(name) || name == Path::new("/dev/stdout") || place.is_some() && place == Place::open(&io::stdout()) {
            if let Some(other) = &self.standard {
                return Err(only_one(other, what));
            }
            self.standard = Some(what.to_owned());
            return Ok(Target(Way::Standard));
        }
        let Some(place) = place else { return Target::named(name) };
        if let Some((input, _)) = self.read.iter().find(|(_, it)| *it == place) {
            let input = if input == "-" { "standaardinvoer" } else { input };
            return Err(FileError(format!("{} is ook de invoer ({input}); kies voor de uitvoer een andere naam.", shown(name))));
        }
        if let Some((other, _)) = self.written.iter().find(|(_, it)| *it == place) {
            return Err(FileError(format!("{} kan niet allebei zijn: {other} en {what}; kies twee namen.", shown(name))));
        }
        let target = Target::named(name)?;
        self.written.push((what.to_owned(), place));
        Ok(target)
    }

    /// That nothing else needs standard output, for `what`.
    pub fn alone_on_standard(&self, what: &str) -> Result<(), FileError> {
        match &self.standard {
            Some(other) => Err(only_one(other, what)),
            None => Ok(()),
        }
    }

    /// Whether a file goes to standard output, so that pages go elsewhere.
    pub fn on_standard(&self) -> bool {
        self.standard.is_some()
    }
}

fn only_one(one: &str, other: &str) -> FileError {
    FileError(format!("Op standaarduitvoer kan maar één ding komen: {one} of {other}; bewaar het andere in een bestand."))
}

/// Whether two names lead to the same file or folder.
pub fn same(one: &Path, other: &Path) -> bool {
    Place::named(one).is_some_and(|place| Some(place) == Place::named(other))
}

/// A place to write to, found good before any long work begins.
#[derive(Debug)]
pub struct Target(Way);

#[derive(Debug)]
enum Way {
    Standard,
    /// Something that is no regular file, such as a pipe: it cannot be replaced, only written to.
    Direct(PathBuf),
    File {
        temporary: PathBuf,
        path: PathBuf,
    },
}

impl Target {
    /// Standard output.
    pub fn standard() -> Self {
        Self(Way::Standard)
    }

    fn named(name: &Path) -> Result<Self, FileError> {
        // Behind a link, the file itself is replaced.
        let path = followed(name);
        match fs::metadata(&path) {
            Ok(data) if data.is_dir() => {
                return Err(unwritable(&path, &io::ErrorKind::IsADirectory.into()));
            }
            Ok(data) if !data.is_file() => return Ok(Self(Way::Direct(path))),
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
        own(&temporary).and_then(|_| fs::remove_file(&temporary)).map_err(|error| unwritable(&path, &error))?;
        Ok(Self(Way::File { temporary, path }))
    }

    /// Writes all bytes, as [`Target::write_with`] does.
    pub fn write(&self, bytes: &[u8]) -> Result<(), FileError> {
        self.write_with(|out| out.write_all(bytes))
    }

    /// Writes what `fill` writes. A file is written beside its place, made durable, and then put there in one step; who may read it stays as
    /// it was, and a new one is for its owner alone, since there are people in it.
    pub fn write_with(&self, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), FileError> {
        match &self.0 {
            Way::Standard => {
                let mut output = io::stdout().lock();
                fill(&mut output)
                    .and_then(|()| output.flush())
                    .map_err(|error| FileError(format!("De standaarduitvoer kan niet geschreven worden: {}.", cause(&error))))
            }
            Way::Direct(path) => {
                let open = OpenOptions::new().write(true).create(true).truncate(true).open(path);
                open.and_then(|mut file| fill(&mut file)).map_err(|error| unwritable(path, &error))
            }
            Way::File { temporary, path } => {
                let written = own(temporary).and_then(|mut file| {
                    fill(&mut file)?;
                    if let Ok(before) = fs::metadata(path) {
                        as_it_was(&file, &before)?;
                    }
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

/// A new file that only its owner may read, and nothing that somebody else put there.
fn own(path: &Path) -> io::Result<File> {
    let make = || OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match make() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            make()
        }
        made => made,
    }
}

/// Gives a file the owner and the permissions of what it replaces. Where the owner cannot be given, nobody else gets to read it.
fn as_it_was(file: &File, before: &Metadata) -> io::Result<()> {
    let now = file.metadata()?;
    let other = (before.uid(), before.gid()) != (now.uid(), now.gid());
    let given = !other || fchown(file, Some(before.uid()), Some(before.gid())).is_ok();
    let mode = before.permissions().mode() & if given { 0o777 } else { 0o700 };
    file.set_permissions(fs::Permissions::from_mode(mode))
}

fn unwritable(path: &Path, error: &io::Error) -> FileError {
    FileError(format!("{} kan niet geschreven worden: {}.", shown(path), cause(error)))
}
