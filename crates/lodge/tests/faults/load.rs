//! Callers that invite one address after the other, and remember what they were promised.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::caller::{Answer, Site};

const PATIENCE: Duration = Duration::from_secs(20);

/// What a 201 said.
#[derive(Clone)]
pub struct Promise {
    pub address: String,
    pub user: String,
    pub invitation: String,
    pub link: String,
}

impl Promise {
    pub fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status, 201, "{}", answer.body);
        let body = answer.json();
        let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
        Self {
            address: text("/invitedUserEmailAddress"),
            user: text("/invitedUser/id"),
            invitation: text("/id"),
            link: text("/inviteRedeemUrl"),
        }
    }
}

/// Everything that was ever promised to any caller, by user id.
#[derive(Default)]
pub struct Load {
    next: AtomicU32,
    promises: Mutex<BTreeMap<String, Promise>>,
}

impl Load {
    /// Invites until the server is gone. Any answer but 201 fails the test.
    pub fn until_cut(&self, site: &Site, token: &str) {
        let Ok(mut caller) = site.caller() else { return };
        while let Ok(answer) = caller.invite(token, &self.address()) {
            self.keep(Promise::of(&answer));
        }
    }

    pub fn address(&self) -> String {
        format!("guest{}@adatum.example", self.next.fetch_add(1, Ordering::Relaxed))
    }

    pub fn keep(&self, promise: Promise) {
        let twice = self.promises.lock().unwrap().insert(promise.user.clone(), promise);
        assert!(twice.is_none(), "one user for two addresses");
    }

    /// Waits until that many are promised, then for some part of a moment: odd, so that what the round does next
    /// does not fall into step with the commits.
    pub fn wait(&self, count: usize, round: u64) {
        let start = Instant::now();
        while self.len() < count {
            assert!(start.elapsed() < PATIENCE, "only {} of {count} were answered", self.len());
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros(20_000 + round * 37_411 % 211_003));
    }

    pub fn promises(&self) -> Vec<Promise> {
        self.promises.lock().unwrap().values().cloned().collect()
    }

    pub fn len(&self) -> usize {
        self.promises.lock().unwrap().len()
    }

    /// Every promised guest is shown by Graph, with the promised address.
    pub fn check_users(&self, site: &Site) {
        let token = site.token();
        let mut caller = site.caller().unwrap();
        for Promise { user, address, .. } in self.promises() {
            let answer = caller.get(&format!("/v1.0/users/{user}"), &token).unwrap();
            assert_eq!(answer.status, 200, "{user}: {}", answer.body);
            assert_eq!(answer.json()["mail"], address);
        }
    }

    /// Every promised guest has got exactly one mail, with the promised link.
    pub fn check_mails(&self, site: &Site) {
        let mails = site.caller().unwrap().get("/dev/mail.json", "").unwrap();
        assert_eq!(mails.status, 200, "{}", mails.body);
        let mut links: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for mail in mails.json().as_array().unwrap() {
            let to = mail["to"][0].as_str().unwrap().to_owned();
            links.entry(to).or_default().push(mail["links"][0].as_str().unwrap().to_owned());
        }
        for Promise { address, link, .. } in self.promises() {
            assert_eq!(links.get(&address), Some(&vec![link]), "the mail of {address}");
        }
    }
}
