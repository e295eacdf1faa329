//! Files and folders that only their owner may look into: the store holds logins and what somebody reads.

use std::io;
use std::path::Path;

/// Makes a folder, for its owner alone. One that is there already is left as it is, unless it bears kabar's own name: any
/// other may hold what is meant for others.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)?;
    if path.file_name().is_some_and(|name| name == "kabar") {
        close(path, 0o700);
    }
    Ok(())
}

/// Makes sure that a file and what `SQLite` keeps beside it are for their owner alone. A file that is not there is made, so
/// that it is never open to others: what is written beside it later has the permissions that it has.
pub fn database(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    }
    for ending in ["", "-wal", "-shm"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(ending);
        close(Path::new(&beside), 0o600);
    }
    Ok(())
}

/// Takes from others what they may do with what is ours. What cannot be changed stays as it is: somebody has arranged that.
#[cfg(unix)]
fn close(path: &Path, mode: u32) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let Ok(known) = path.metadata() else { return };
    let is_ours = known.uid() == rustix::process::geteuid().as_raw();
    if is_ours && known.mode() & 0o077 != 0 {
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
    }
}

#[cfg(not(unix))]
fn close(_: &Path, _: u32) {}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    use super::*;

    fn mode(path: &Path) -> Option<u32> {
        Some(path.metadata().ok()?.mode() & 0o777)
    }

    fn open_to_all(path: &Path, mode: u32) -> std::io::Result<()> {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
    }

    #[test]
    fn what_is_made_is_for_its_owner_alone_and_what_is_ours_becomes_so() {
        let top = tempfile::tempdir().unwrap();
        let (data, file) = (top.path().join("share/kabar"), top.path().join("share/kabar/kabar.db"));
        folder(&data).unwrap();
        database(&file).unwrap();
        assert_eq!((mode(&data), mode(&file)), (Some(0o700), Some(0o600)));
        let log = top.path().join("share/kabar/kabar.db-wal");
        std::fs::write(&log, "").unwrap();
        open_to_all(&data, 0o755).unwrap();
        for path in [&file, &log] {
            open_to_all(path, 0o644).unwrap();
        }
        folder(&data).unwrap();
        database(&file).unwrap();
        assert_eq!((mode(&data), mode(&file), mode(&log)), (Some(0o700), Some(0o600), Some(0o600)));
    }

    #[test]
    fn a_folder_that_is_not_kabars_own_is_left_as_it_is() {
        let top = tempfile::tempdir().unwrap();
        open_to_all(top.path(), 0o755).unwrap();
        folder(top.path()).unwrap();
        assert_eq!(mode(top.path()), Some(0o755));
    }
}
