//! The links in a text.

/// Every http and https URL, whole and as it is to be opened, in order and each once.
pub(super) fn in_text(text: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
    for word in words {
        let Some(start) = word.find("https://").or_else(|| word.find("http://")) else { continue };
        let (_, link) = word.split_at(start);
        let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        if !links.iter().any(|known| known == link) {
            links.push(link.to_owned());
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_whole_and_once() {
        let text = "Open https://localhost:8443/redeem?tenant=a&user=b&ticket=x_-y-&ver=2.0\nor \
            (https://a.example/privacy). Again: <https://a.example/privacy>, then http://b.example/%C3%A9!";
        assert_eq!(
            in_text(text),
            [
                "https://localhost:8443/redeem?tenant=a&user=b&ticket=x_-y-&ver=2.0",
                "https://a.example/privacy",
                "http://b.example/%C3%A9"
            ]
        );
        assert!(in_text("nothing here").is_empty());
    }
}
