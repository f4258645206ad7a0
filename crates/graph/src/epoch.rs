//! Page and delta tokens name the epoch they were given out in: a restore takes a directory back to where it was, so
//! what was read before no longer fits what is read next.

use kernel::{Error, Result};

/// The token as it is handed out. The first epoch, in which most directories stay, adds nothing.
pub fn close(epoch: i64, token: &str) -> String {
    if epoch <= 1 { token.to_owned() } else { format!("e{epoch}.{token}") }
}

/// The token as its route knows it, or 410.
pub fn open(epoch: i64, token: &str) -> Result<String> {
    let named = token.strip_prefix('e').and_then(|rest| rest.split_once('.'));
    let named = named.and_then(|(number, rest)| Some((number.parse::<i64>().ok()?, rest)));
    let (number, rest) = named.unwrap_or((1, token));
    if number == epoch.max(1) {
        return Ok(rest.to_owned());
    }
    let message = "The specified page token value has expired and can no longer be included in your request: the \
                   directory was restored from a backup. Start with the first page.";
    Err(Error::gone(message).code("Directory_ExpiredPageToken"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_in_its_own_epoch_alone() {
        for (epoch, shown) in [(1, "abc.1"), (2, "e2.abc.1"), (30, "e30.abc.1")] {
            assert_eq!(close(epoch, "abc.1"), shown);
            assert_eq!(open(epoch, shown).unwrap(), "abc.1");
            let error = open(epoch + 1, shown).unwrap_err();
            assert_eq!((error.status(), error.graph_code()), (410, Some("Directory_ExpiredPageToken")));
        }
        assert_eq!(open(1, "e12ab.c").unwrap(), "e12ab.c", "a token may begin like that by itself");
    }
}
