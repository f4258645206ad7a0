//! After a restore: every open invitation is issued anew. Links that went out meanwhile, of which the backup knows
//! nothing, must not lead in, and are told apart from forgeries: they are *replaced*, and can be sent again.

use super::store::{self, Codes};
use ::store::{Read, Tx};
use kernel::{Result, SignedDuration, TenantId, Timestamp};
use module::Platform;
use std::sync::Arc;

/// More generations than one invitation goes through between a backup and its restore, and fewer than an old link
/// is remembered for.
const GENERATIONS: u32 = 128;
const AT_ONCE: u32 = 50;

/// Issues every open invitation of before this epoch anew, some at a time. Run again, it goes on where it stopped.
pub(super) async fn reissue(platform: &Platform, tenant: TenantId) -> Result<()> {
    let started_at = platform.store().epoch().started_at;
    let codes = Codes::load(platform.store(), tenant).await?;
    let mut after = None;
    loop {
        let context = (codes.clone(), after);
        let last = platform
            .tenant(tenant)
            .write_in_background(context, move |mut tx, context| async move {
                let (codes, after) = &*context;
                reissue_some(&mut tx, codes, *after, started_at).await
            })
            .await?;
        if last.is_none() {
            return Ok(());
        }
        after = last;
    }
}

async fn reissue_some(
    tx: &mut Tx,
    codes: &Codes,
    after: Option<kernel::InvitationId>,
    started_at: Timestamp,
) -> Result<Option<kernel::InvitationId>> {
    let due = store::list_open_before(tx, after, started_at, AT_ONCE).await?;
    let last = due.last().map(|invitation| invitation.id);
    for mut invitation in due {
        let lifetime = invitation.expires_at.duration_since(invitation.issued_at);
        if !invitation.is_expired(tx.now()) {
            invitation.expires_at = later(tx.now(), lifetime);
        }
        invitation.issued_at = tx.now();
        store::raise_by(tx, codes, &mut invitation, GENERATIONS).await?;
    }
    Ok(last)
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// What the module does at a restore.
pub(super) fn at_restore(platform: &Platform) -> module::AtRestore {
    let platform = platform.clone();
    Arc::new(move |tenant| {
        let platform = platform.clone();
        Box::pin(async move { reissue(&platform, tenant).await })
    })
}
