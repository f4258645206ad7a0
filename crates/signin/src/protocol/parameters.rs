//! Form and query parameters: `application/x-www-form-urlencoded`, bounded, each name once (RFC 6749 3.1).

use super::Fault;
use kernel::Secret;
use std::collections::HashMap;

const LONGEST: usize = 64 * 1024;
const MOST: usize = 64;

/// The parameters of one request. Unknown ones are kept and never looked at.
#[derive(Clone, Default)]
pub struct Parameters(HashMap<String, String>);

impl Parameters {
    pub fn parse(encoded: &[u8]) -> Result<Self, Fault> {
        if encoded.len() > LONGEST {
            return Err(Fault::Malformed("The request is longer than 64 KiB."));
        }
        let mut parameters = HashMap::new();
        for pair in encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let (name, value) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
            let (Some(name), Some(value)) = (decode(name), decode(value)) else {
                return Err(Fault::Malformed("The request is not URL-encoded UTF-8."));
            };
            if parameters.insert(name, value).is_some() {
                return Err(Fault::Malformed("A parameter is given more than once."));
            }
            if parameters.len() > MOST {
                return Err(Fault::Malformed("The request has more than 64 parameters."));
            }
        }
        Ok(Self(parameters))
    }

    /// The value, unless it is absent or empty: RFC 6749 3.1 treats the two alike.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    pub fn require(&self, name: &'static str) -> Result<&str, Fault> {
        self.get(name).ok_or(Fault::MissingParameter(name))
    }

    /// Takes the value out, so that no copy of a secret stays behind.
    pub fn take_secret(&mut self, name: &str) -> Option<Secret<String>> {
        self.0.remove(name).filter(|value| !value.is_empty()).map(Secret::new)
    }
}

/// `+` is a space, `%XX` a byte. A `%` that escapes nothing is an error, not itself: two readers of one text
/// must not read it differently.
pub(crate) fn decode(encoded: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(*rest.next()?)? << 4 | hex(*rest.next()?)?,
            0..=0x1f | 0x7f => return None,
            other => *other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn get(encoded: &str, name: &str) -> Option<String> {
        Parameters::parse(encoded.as_bytes()).unwrap().get(name).map(str::to_owned)
    }

    #[test]
    fn values_are_decoded_and_empty_is_absent() {
        let scope = get("scope=openid+User.Read%20a%2Bb&x=&=y&z", "scope");
        assert_eq!(scope.as_deref(), Some("openid User.Read a+b"));
        assert_eq!(get("x=", "x"), None);
        assert_eq!(get("", "x"), None);
        assert_eq!(get("x=a=b", "x").as_deref(), Some("a=b"));
        assert_eq!(get("%78=%c3%A9", "x").as_deref(), Some("é"));
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        for encoded in ["a=1&a=2", "a=1&%61=2", "a=%", "a=%4", "a=%zz", "a=%ff", "a=\n", "a=\u{0}"] {
            assert!(Parameters::parse(encoded.as_bytes()).is_err(), "{encoded:?}");
        }
        assert!(Parameters::parse(&vec![b'a'; LONGEST + 1]).is_err());
        let many: Vec<String> = (0..100).map(|number| format!("p{number}=1")).collect();
        assert!(Parameters::parse(many.join("&").as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_panic(encoded: Vec<u8>) {
            drop(Parameters::parse(&encoded));
        }

        #[test]
        fn what_a_browser_encodes_comes_back(value in "\\PC{0,50}") {
            let encoded = url::form_urlencoded::Serializer::new(String::new()).append_pair("v", &value).finish();
            let read = Parameters::parse(encoded.as_bytes()).unwrap();
            prop_assert_eq!(read.get("v").unwrap_or_default(), value);
        }
    }
}
