//! How texts are compared, searched and found by their beginnings: what the key columns and the word tables hold.

/// Words of one text that a search looks at.
const MOST_WORDS: usize = 32;

/// Texts are the same when these are: case is folded, in every script. Each letter is folded by itself, so that the
/// beginning of a text is folded as the beginning.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Addresses and user principal names fold ASCII case and nothing else.
pub fn fold_address(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// The words of a text: split where no letter or digit stands, where letters and digits meet, and before a capital
/// that follows a small letter.
pub fn words(text: &str) -> Vec<String> {
    spans(text).into_iter().map(|(_, word)| fold(word)).collect()
}

/// The words that the key of the whole text does not begin with, each once. Those a word table holds; the first word is
/// found by the key.
pub fn later_words(text: &str) -> Vec<String> {
    let mut later: Vec<String> =
        spans(text).into_iter().filter(|(at, _)| *at > 0).map(|(_, word)| fold(word)).collect();
    later.sort_unstable();
    later.dedup();
    later
}

fn spans(text: &str) -> Vec<(usize, &str)> {
    let mut spans = Vec::new();
    let mut start = None;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_word = character.is_alphanumeric();
        let is_edge = before.is_some_and(|before| {
            before.is_numeric() != character.is_numeric()
                || (before.is_lowercase() && character.is_uppercase())
        });
        if let Some(from) = start
            && (!is_word || is_edge)
        {
            spans.extend(text.get(from..at).map(|word| (from, word)));
            start = None;
        }
        if is_word && start.is_none() {
            start = Some(at);
        }
        before = is_word.then_some(character);
        if spans.len() == MOST_WORDS {
            break;
        }
    }
    spans
}

/// The first text behind all that begin with `prefix`; none if there is no end.
pub(crate) fn behind(prefix: &str) -> Option<String> {
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_end_at_symbols_digits_and_capitals() {
        for (text, expected) in [
            ("Lea Guest", vec!["lea", "guest"]),
            ("lea.guest@fabrikam.example", vec!["lea", "guest", "fabrikam", "example"]),
            ("JohnSmith2nd", vec!["john", "smith", "2", "nd"]),
            ("  O'Brien—Ägir ", vec!["o", "brien", "ägir"]),
            ("ΑΘΗΝΑ 東京", vec!["αθηνα", "東京"]),
            ("…", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(later_words("Lea Guest Guest"), ["guest"]);
        assert_eq!(later_words("(Lea) Guest"), ["guest", "lea"]);
        assert!(later_words("Lea").is_empty());
    }

    #[test]
    fn nothing_stands_between_a_prefix_and_what_is_behind_it() {
        assert_eq!(behind("ab").as_deref(), Some("ac"));
        assert_eq!(behind("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(behind("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(behind("\u{10ffff}"), None);
    }

    proptest! {
        #[test]
        fn a_word_is_found_by_the_key_or_among_the_later(text in "\\PC{0,24}") {
            let (key, later) = (fold(&text), later_words(&text));
            for word in words(&text) {
                prop_assert!(key.starts_with(&word) || later.contains(&word), "{word} of {text}");
            }
        }

        #[test]
        fn what_begins_with_a_prefix_lies_in_its_range(prefix in "\\PC{1,4}", rest in "\\PC{0,4}") {
            let whole = format!("{prefix}{rest}");
            prop_assert!(whole >= prefix);
            prop_assert!(behind(&prefix).is_none_or(|behind| whole < behind));
        }
    }
}
