//! Codes and refresh tokens: random, opaque to their holder, kept only as keyed digests. Each begins with the
//! tenant it belongs to, so that an address that names no tenant finds it, too.

use kernel::{Rng, Secret, TenantId};
use store::Keys;
use uuid::Uuid;

const RANDOM: usize = 32;

/// What an opaque text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Code,
    RefreshToken,
}

impl Kind {
    fn prefix(self) -> &'static str {
        match self {
            Self::Code => "1.",
            Self::RefreshToken => "0.",
        }
    }

    fn purpose(self) -> &'static str {
        match self {
            Self::Code => "authorization code",
            Self::RefreshToken => "refresh token",
        }
    }

    pub fn generate(self, rng: Rng, tenant: TenantId) -> Secret<String> {
        let random: [u8; RANDOM] = rng.bytes();
        let bytes = Secret::new([tenant.0.as_bytes().as_slice(), &random].concat());
        Secret::new(format!("{}{}", self.prefix(), jose::encode(bytes.expose())))
    }

    /// The tenant a text says it belongs to; nothing for what was never issued.
    pub fn tenant(self, text: &str) -> Option<TenantId> {
        let body = text.strip_prefix(self.prefix()).filter(|body| body.len() == 64)?;
        let bytes = jose::decode(body)?;
        Some(TenantId(Uuid::from_slice(bytes.get(..16)?).ok()?))
    }

    /// What the store knows a text by.
    pub fn digest(self, keys: &Keys, text: &str) -> [u8; 32] {
        keys.mac(self.purpose(), &[text.as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_tenant_and_nothing_else_is_one() {
        let tenant: TenantId = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10".parse().unwrap();
        let code = Kind::Code.generate(Rng::system(), tenant);
        assert_eq!(Kind::Code.tenant(code.expose()), Some(tenant));
        assert_eq!(Kind::RefreshToken.tenant(code.expose()), None);
        assert_ne!(code.expose(), Kind::Code.generate(Rng::system(), tenant).expose());
        for text in ["", "1.", "1.abc", &format!("{}A", code.expose()), &code.expose().replace('.', "=")] {
            assert_eq!(Kind::Code.tenant(text), None, "{text}");
        }
    }
}
