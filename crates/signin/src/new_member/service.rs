//! Making a member and the password they begin with, in one write.

use crate::password::{self, PasswordService};
use directory::role::Role;
use directory::tenant;
use directory::user::{NewUser, User, UserService};
use kernel::{
    Act, DomainName, EmailAddress, Refusal, Result, Rng, RuleId, Secret, TenantId, UserId, Verdict,
};
use module::Platform;

pub const UNVERIFIED_DOMAIN: RuleId = RuleId("user.unverifiedDomain");
const CREATE: RuleId = RuleId("user.create");

pub const RULES: &[module::Rule] = &[
    module::Rule {
        id: UNVERIFIED_DOMAIN,
        explanation: "A member's user principal name ends in one of the organization's own domains.",
        remedy: "Invite the address as a guest, or verify the domain first.",
        setting: Some("verifiedDomains"),
    },
    module::Rule {
        id: CREATE,
        explanation: "Members are made by administrators.",
        remedy: "Ask a Global Administrator for the role User Administrator.",
        setting: None,
    },
];

/// Without letters and digits that are taken for one another.
const ALPHABET: &[u8; 55] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz2345679";

#[derive(Clone)]
pub struct NewMemberService {
    platform: Platform,
    passwords: PasswordService,
}

#[derive(Clone, Debug)]
pub struct NewMember {
    /// The user principal name.
    pub name: EmailAddress,
    pub display_name: String,
    pub mail: Option<EmailAddress>,
}

pub struct Made {
    pub user: User,
    /// Kept nowhere but as a hash.
    pub password: Secret<String>,
}

/// Everything the decision hangs on.
struct Facts {
    is_administrator: bool,
    is_own_domain: bool,
    domain: DomainName,
}

fn decide(facts: &Facts) -> Verdict {
    if !facts.is_administrator {
        let sentence = "You may not create users here. This needs the role User Administrator.";
        let remedy = "Ask a Global Administrator for the role User Administrator.";
        return Err(Refusal::new(CREATE, sentence, remedy).changed_by("Privileged Role Administrator"));
    }
    if !facts.is_own_domain {
        let sentence = format!("{} is not a verified domain name in this directory.", facts.domain);
        let refusal = Refusal::new(UNVERIFIED_DOMAIN, sentence, "Invite the address as a guest.");
        return Err(refusal
            .decided_by("verifiedDomains", facts.domain.as_str())
            .changed_by("Domain Name Administrator"));
    }
    Ok(())
}

impl NewMemberService {
    pub fn new(platform: Platform, passwords: PasswordService) -> Self {
        Self { platform, passwords }
    }

    pub async fn create(&self, tenant: TenantId, act: Act, roles: &[Role], new: NewMember) -> Result<Made> {
        let is_administrator =
            roles.contains(&Role::GlobalAdministrator) || roles.contains(&Role::UserAdministrator);
        let rng = self.platform.rng();
        let password = generate(rng, new.name.as_str());
        let hashed = self.passwords.hash(password.clone()).await?;
        let id = UserId(rng.uuid());
        let user = self
            .platform
            .tenant(tenant)
            .write((act, new, hashed), move |mut tx, context| async move {
                let (act, new, hashed) = &*context;
                let domain = new.name.domain();
                let is_own_domain = tenant::get(&mut tx).await?.owns(&domain);
                decide(&Facts { is_administrator, is_own_domain, domain })?;
                let user = NewUser {
                    id,
                    user_principal_name: new.name.to_string(),
                    display_name: new.display_name.clone(),
                    mail: new.mail.clone(),
                    account_enabled: true,
                    preferred_language: None,
                };
                let user = UserService::add_member(&mut tx, rng, act, &user).await?;
                password::set_one_time(&mut tx, user.id, hashed).await?;
                Ok(user)
            })
            .await?;
        Ok(Made { user, password })
    }
}

/// `Kx7m-P2qT-w9Ra-Hf4c`: 92 bits, easy to read out.
fn generate(rng: Rng, name: &str) -> Secret<String> {
    loop {
        let letters: Vec<char> = rng
            .bytes::<64>()
            .into_iter()
            .filter_map(|byte| ALPHABET.get(usize::from(byte & 63)).copied().map(char::from))
            .take(16)
            .collect();
        let text = letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-");
        // Chance may leave out capitals or digits, or the draw run short.
        if letters.len() == 16 && password::check(&text, name).is_ok() {
            return Secret::new(text);
        }
    }
}
