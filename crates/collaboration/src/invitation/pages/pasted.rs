//! What somebody pastes: addresses in lines, columns of a table, or as a mail program copies them.

use kernel::EmailAddress;
use serde::Serialize;

/// The addresses of a text, each once, and what is none.
#[derive(Debug, Default)]
pub struct Pasted {
    pub addresses: Vec<EmailAddress>,
    /// How often an address was there again.
    pub folded: usize,
    pub bad: Vec<Bad>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Bad {
    /// From 1.
    pub line: usize,
    pub text: String,
    pub why: &'static str,
}

/// More of a bad line is not shown.
const SHOWN: usize = 80;

impl Pasted {
    pub fn read(text: &str) -> Self {
        let mut pasted = Self::default();
        let mut known = std::collections::HashSet::new();
        for (number, line) in text.lines().enumerate() {
            for part in parts(line) {
                match EmailAddress::parse(part) {
                    Ok(address) if known.insert(address.key().to_owned()) => pasted.addresses.push(address),
                    Ok(_) => pasted.folded += 1,
                    Err(why) => {
                        let text = part.chars().take(SHOWN).collect();
                        pasted.bad.push(Bad { line: number + 1, text, why: why.0 });
                    }
                }
            }
        }
        pasted
    }
}

/// `Lea Martin <lea@fabrikam.example>, ann@…; bob@…`: what stands in angle brackets, else what stands between
/// separators.
fn parts(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for piece in line.split([',', ';', '\t']) {
        match piece.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
            Some((inside, _)) => parts.push(inside.trim()),
            None => parts.extend(piece.split_whitespace()),
        }
    }
    parts.retain(|part| !part.trim_matches(['"', '\'']).is_empty());
    parts.into_iter().map(|part| part.trim_matches(['"', '\'']).trim_start_matches("mailto:")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, usize, Vec<(usize, String)>) {
        let pasted = Pasted::read(text);
        let bad = pasted.bad.into_iter().map(|bad| (bad.line, bad.text)).collect();
        (pasted.addresses.iter().map(ToString::to_string).collect(), pasted.folded, bad)
    }

    #[test]
    fn addresses_are_found_however_they_were_copied() {
        let text = "lea@fabrikam.example, ann@adatum.example;\"Bob\" <bob@adatum.example>\r\n\n \
                    mailto:eve@adatum.example\tdan@adatum.example";
        let (addresses, folded, bad) = read(text);
        let expected = [
            "lea@fabrikam.example",
            "ann@adatum.example",
            "bob@adatum.example",
            "eve@adatum.example",
            "dan@adatum.example",
        ];
        assert_eq!(addresses, expected);
        assert_eq!((folded, bad), (0, Vec::new()));
    }

    #[test]
    fn an_address_given_twice_counts_once_and_a_bad_line_is_named() {
        let (addresses, folded, bad) = read("Lea@fabrikam.example\nlea@FABRIKAM.example\nnobody\n@x");
        assert_eq!(addresses, ["Lea@fabrikam.example"]);
        assert_eq!(folded, 1);
        assert_eq!(bad, [(3, "nobody".to_owned()), (4, "@x".to_owned())]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-z@<>,;\"' \n\t.]{0,200}") {
            let pasted = Pasted::read(&text);
            proptest::prop_assert!(pasted.bad.iter().all(|bad| bad.line >= 1));
        }
    }
}
