//! The tenant segment that every authority URL begins with (graph.md 24.1).

use kernel::{DomainName, TenantId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    Id(TenantId),
    Domain(DomainName),
    /// Any account.
    Common,
    /// An account of any tenant.
    Organizations,
    /// Personal accounts, of which there are none here.
    Consumers,
}

impl Segment {
    /// Anything else is not the name of a tenant.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() == 36 && !text.contains('.') {
            return text.parse().ok().map(Self::Id);
        }
        match text.to_ascii_lowercase().as_str() {
            "common" => Some(Self::Common),
            "organizations" => Some(Self::Organizations),
            "consumers" => Some(Self::Consumers),
            name if name.contains('.') => DomainName::parse(name).ok().map(Self::Domain),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_an_id_a_domain_or_one_of_three_words() {
        let id = "3F0C5A5E-58a4-4b7e-9d0a-8a3a1d3c2b10";
        assert_eq!(Segment::parse(id), Some(Segment::Id(id.parse().unwrap())));
        assert_eq!(
            Segment::parse("Contoso.Example"),
            Some(Segment::Domain(DomainName::parse("contoso.example").unwrap()))
        );
        assert_eq!(Segment::parse("common"), Some(Segment::Common));
        assert_eq!(Segment::parse("Organizations"), Some(Segment::Organizations));
        for text in ["", "contoso", "..", "a b.example", "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2bxx", "-.-"] {
            assert_eq!(Segment::parse(text), None, "{text}");
        }
    }
}
