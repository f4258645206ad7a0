//! `lodge user`: helping one person back in.

use super::{Answer, Common, operator, terminal, with_whole};
use clap::{Args, Subcommand};
use directory::tenant::TenantService;
use kernel::{Result, Secret};
use serde_json::json;
use signin::methods::MethodService;
use signin::set_up;
use std::fmt::Write;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Forgets the wrong passwords counted for a user, so that the next one is tried at once.
    #[command(after_help = "Example:
  lodge user unlock --tenant contoso.example ana@contoso.example")]
    Unlock(Named),
    /// Gives a member a new password, and ends their sessions. It is asked for, or read from a pipe.
    #[command(after_help = "Examples:
  lodge user set-password --tenant contoso.example ana@contoso.example
  pwgen -s 20 1 | lodge user set-password --tenant contoso.example ana@contoso.example
  lodge user set-password --tenant contoso.example --generate ana@contoso.example")]
    SetPassword {
        #[command(flatten)]
        named: Named,
        /// Makes a password and prints it, once.
        #[arg(long)]
        generate: bool,
    },
    /// Takes every authentication method of a user away and ends their sessions; prints a link where a member
    /// sets a new password.
    #[command(after_help = "Example:
  lodge user clear-methods --tenant contoso.example ana@contoso.example")]
    ClearMethods {
        #[command(flatten)]
        named: Named,
        /// Asks nothing.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Args, Debug)]
pub struct Named {
    #[command(flatten)]
    common: Common,
    /// The tenant, by id or domain.
    #[arg(long)]
    tenant: String,
    /// The user, by id, user principal name or address.
    user: String,
}

impl Command {
    pub fn common(&self) -> &Common {
        match self {
            Self::Unlock(named) | Self::SetPassword { named, .. } | Self::ClearMethods { named, .. } => {
                &named.common
            }
        }
    }
}

pub async fn run(command: Command) -> Result<Answer> {
    match command {
        Command::Unlock(named) => unlock(named).await,
        Command::SetPassword { named, generate } => set_password(named, generate).await,
        Command::ClearMethods { named, yes } => clear_methods(named, yes).await,
    }
}

async fn unlock(named: Named) -> Result<Answer> {
    with_whole(&named.common, async |whole| {
        let methods = MethodService::new(whole.platform.clone(), whole.passwords.clone());
        let tenant = TenantService::new(whole.platform.clone()).find(&named.tenant).await?.tenant.id;
        let user = methods.find(tenant, &named.user).await?;
        let count = methods.unlock(tenant, operator(whole.platform.rng()), user.id).await?;
        let text = format!("{} may try again; {count} wrong tries were forgotten.", user.user_principal_name);
        Ok(Answer::new(text, json!({"userId": user.id, "forgotten": count})))
    })
    .await
}

/// Letters and digits that nobody takes for another.
const ALPHABET: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

async fn set_password(named: Named, generate: bool) -> Result<Answer> {
    with_whole(&named.common, async |whole| {
        let rng = whole.platform.rng();
        let methods = MethodService::new(whole.platform.clone(), whole.passwords.clone());
        let tenant = TenantService::new(whole.platform.clone()).find(&named.tenant).await?.tenant.id;
        let user = methods.find(tenant, &named.user).await?;
        // Three kinds of characters, whatever the dice say.
        let made = generate
            .then(|| Secret::new(format!("{}-{}7aA", rng.text(ALPHABET, 10), rng.text(ALPHABET, 10))));
        let chosen = match &made {
            Some(made) => made.clone(),
            None => terminal::secret("password")?,
        };
        methods.set_password(tenant, operator(rng), &user, chosen).await?;
        let shown = made.as_ref().map(|made| made.expose().clone());
        let text = match &shown {
            Some(password) => format!("The password of {} is {password}", user.user_principal_name),
            None => {
                format!("The password of {} is set; their sessions have ended.", user.user_principal_name)
            }
        };
        Ok(Answer::new(text, json!({"userId": user.id, "password": shown})))
    })
    .await
}

async fn clear_methods(named: Named, yes: bool) -> Result<Answer> {
    let question = format!("{} is signed out everywhere and loses the password.", named.user);
    terminal::confirm(&question, yes)?;
    with_whole(&named.common, async |whole| {
        let methods = MethodService::new(whole.platform.clone(), whole.passwords.clone());
        let tenant = TenantService::new(whole.platform.clone()).find(&named.tenant).await?.tenant.id;
        let user = methods.find(tenant, &named.user).await?;
        let token = methods.clear(tenant, operator(whole.platform.rng()), user.id).await?;
        let link = token.map(|token| set_up::set_up_url(whole.platform.origin(), tenant, &token));
        let mut text = format!("{} has no authentication method any more.\n", user.user_principal_name);
        if let Some(link) = &link {
            let _ = write!(text, "set a password  {link}\n                (works once, for 24 hours)\n");
        }
        Ok(Answer::new(text, json!({"userId": user.id, "setUpUrl": link})))
    })
    .await
}
