//! A disk without room: writes are refused with the cause, reads go on, and when there is room again so do writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::LODGE;
use crate::books::Books;
use crate::caller::{Answer, Caller};
use crate::load::{Load, Promise};
use crate::serve::Installation;

/// More invitations than fit into the log and what is left of the disk.
const MOST: usize = 4000;

#[test]
fn a_disk_full_refuses_writes_and_goes_on_reading() {
    let Some(disk) = Disk::mount("24m") else {
        eprintln!("left out: this user may not mount");
        return;
    };
    let lodge = Installation::new(Some(&disk.folder));
    let server = lodge.start(&[LODGE]);
    let filler = disk.folder.join("filler");
    let fill =
        || assert!(fs::write(&filler, vec![0; 64 << 20]).is_err(), "the disk holds more than it should");
    let make_room = || fs::remove_file(&filler).unwrap();
    let load = Load::default();
    write_until_refused(&lodge, &load, "Lodge's disk is full", fill, make_room);
    server.end();
    Books::of_sqlite(&lodge.database()).check(&load);
    let server = lodge.start(&[LODGE]);
    load.check_users(&lodge.site);
    server.end();
}

/// As with a quota: the file system has room, this process has none.
#[test]
fn a_disk_full_for_this_process_alone_refuses_writes_and_goes_on_reading() {
    let lodge = Installation::new(None);
    let server = lodge.start(&["env", "--ignore-signal=XFSZ", LODGE]);
    let limit = |bytes: &str| {
        let limited =
            Command::new("prlimit").args(["--pid", &server.id(), &format!("--fsize={bytes}:")]).status();
        assert!(limited.unwrap().success());
    };
    let load = Load::default();
    write_until_refused(
        &lodge,
        &load,
        "could not write to its disk",
        || limit("4194304"),
        || limit("unlimited"),
    );
    server.end();
    Books::of_sqlite(&lodge.database()).check(&load);
}

/// Twice: no room, writes until one is refused, reads; room again, writes.
fn write_until_refused(
    lodge: &Installation,
    load: &Load,
    cause: &str,
    fill: impl Fn(),
    make_room: impl Fn(),
) {
    let token = lodge.site.token();
    let mut caller = lodge.site.caller().unwrap();
    let first = invite(&mut caller, &token, load).unwrap();
    for _ in 0..2 {
        fill();
        let refusal = (0..MOST).find_map(|_| invite(&mut caller, &token, load).err());
        let refusal = refusal.expect("writes go on without room");
        assert_eq!(refusal.status, 503, "{}", refusal.body);
        assert!(refusal.message().contains(cause), "{}", refusal.body);
        for _ in 0..20 {
            let read = caller.get(&format!("/v1.0/users/{}", first.user), &token).unwrap();
            assert_eq!(read.status, 200, "{}", read.body);
            assert_eq!(caller.get("/v1.0/users", &token).unwrap().status, 200);
        }
        make_room();
        let address = load.address();
        let answer = caller.invite(&token, &address).unwrap();
        load.keep(Promise::of(&answer));
    }
}

fn invite(caller: &mut Caller, token: &str, load: &Load) -> Result<Promise, Answer> {
    let answer = caller.invite(token, &load.address()).unwrap();
    if answer.status != 201 {
        return Err(answer);
    }
    let promise = Promise::of(&answer);
    load.keep(promise.clone());
    Ok(promise)
}

/// A file system in memory, of its own size; gone when dropped.
struct Disk {
    folder: PathBuf,
    _parent: tempfile::TempDir,
}

impl Disk {
    fn mount(size: &str) -> Option<Self> {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("disk");
        fs::create_dir(&folder).unwrap();
        let options = format!("size={size},mode=0700");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "lodge-test"]).arg(&folder).output();
        mounted.is_ok_and(|it| it.status.success()).then_some(Self { folder, _parent: parent })
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = unmount(&self.folder);
    }
}

fn unmount(folder: &Path) -> std::io::Result<std::process::ExitStatus> {
    Command::new("umount").arg("--lazy").arg(folder).status()
}
