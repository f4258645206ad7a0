//! Starting a batch and going on with it, an address a write.

use super::store::{self, Batch, Item, Outcome};
use crate::invitation::{self, InvitationService, Invite, Plan, Rights, Work};
use ::store::Read as _;
use delivery::Progress;
use directory::user::{self, UserType};
use kernel::{
    Act, Actor, CorrelationId, EmailAddress, Error, Result, SignedDuration, TenantId, Timestamp, UserId,
};
use module::Platform;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Clone)]
pub struct BatchService {
    platform: Platform,
    invitations: InvitationService,
}

/// Who is invited, by whom, and what for.
#[derive(Clone, Debug)]
pub struct NewBatch {
    pub inviter: UserId,
    pub addresses: Vec<EmailAddress>,
    pub message: Option<String>,
    pub language: Option<String>,
    pub redirect_url: String,
}

/// What a step of a batch came to.
enum Step {
    Done,
    /// A limit lets the next one leave later.
    Wait,
    /// Nothing was left.
    Empty,
}

impl BatchService {
    pub fn new(platform: Platform) -> Self {
        Self { invitations: InvitationService::new(platform.clone()), platform }
    }

    pub(super) fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Writes a batch down. From then on it leaves, whatever becomes of this process.
    pub async fn start(&self, tenant: TenantId, new: NewBatch) -> Result<Uuid> {
        if new.addresses.len() > super::MOST {
            let most = super::MOST;
            return Err(Error::bad_request(format!("At most {most} addresses are invited at once.")));
        }
        let id = self.platform.rng().uuid();
        self.platform
            .tenant(tenant)
            .write(new, move |mut tx, new| async move {
                let batch = Batch {
                    id,
                    created_at: tx.now(),
                    inviter: new.inviter,
                    message: new.message.clone(),
                    language: new.language.clone(),
                    redirect_url: new.redirect_url.clone(),
                    resume_at: tx.now(),
                    finished_at: None,
                };
                store::insert(&mut tx, &batch, &new.addresses).await
            })
            .await?;
        Ok(id)
    }

    /// Invites up to `most` addresses of a batch, until a limit says wait.
    pub async fn advance(&self, tenant: TenantId, id: Uuid, most: usize) -> Result<()> {
        let batch = store::find(&mut self.platform.tenant(tenant).snapshot().await?, id).await?;
        let Some(batch) = batch else { return Ok(()) };
        for _ in 0..most {
            match self.step(tenant, &batch).await? {
                Step::Done => {}
                Step::Wait | Step::Empty => return Ok(()),
            }
        }
        Ok(())
    }

    /// Goes on with the batches of a tenant: a job, a link of whose chain is one address.
    pub async fn go_on(&self, tenant: TenantId) -> Result<Progress> {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let now = snapshot.now();
        let due =
            store::list_unfinished(&mut snapshot).await?.into_iter().find(|batch| batch.resume_at <= now);
        drop(snapshot);
        let Some(batch) = due else { return Ok(Progress::Done) };
        self.step(tenant, &batch).await?;
        Ok(Progress::More)
    }

    /// Leaves out whoever has not been invited yet.
    pub async fn stop(&self, tenant: TenantId, id: Uuid) -> Result<()> {
        self.platform
            .tenant(tenant)
            .write((), move |mut tx, _| async move {
                store::stop(&mut tx, id).await?;
                store::finish(&mut tx, id).await
            })
            .await
    }

    async fn step(&self, tenant: TenantId, batch: &Batch) -> Result<Step> {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let Some(item) = store::next(&mut snapshot, batch.id).await? else {
            drop(snapshot);
            self.finish(tenant, batch.id).await?;
            return Ok(Step::Empty);
        };
        let inviter = user::find(&mut snapshot, batch.inviter).await?.filter(|user| user.account_enabled);
        let rights = Rights::load(&mut snapshot, batch.inviter).await?;
        drop(snapshot);
        let Some(inviter) = inviter else {
            self.stop(tenant, batch.id).await?;
            return Ok(Step::Empty);
        };
        let actor = Actor::User {
            id: inviter.id,
            display_name: inviter.display_name,
            user_principal_name: inviter.user_principal_name,
        };
        let act = Act::new(actor, CorrelationId(self.platform.rng().uuid()));
        let work = self.invitations.prepare(tenant, act, invite(batch, &item, rights)).await?;
        let work = Arc::new(work);
        match self.invite(tenant, batch.id, item.clone(), work.clone()).await {
            Ok(()) => Ok(Step::Done),
            Err(error) => match invitation::wait(&error) {
                Some(seconds) => self.pause(tenant, batch.id, seconds).await,
                None => self.refuse(tenant, batch.id, item, &work, &error).await,
            },
        }
    }

    /// One write: the invitation, and that this address is done.
    async fn invite(&self, tenant: TenantId, batch: Uuid, item: Item, work: Arc<Work>) -> Result<()> {
        self.platform
            .tenant(tenant)
            .write_in_background((item, work), move |mut tx, context| async move {
                let (item, work) = &*context;
                let mut done = Item { outcome: Outcome::Invited, ..item.clone() };
                // Noted first: who was quicker has invited, and this write does nothing.
                if !store::settle(&mut tx, batch, &done).await? {
                    return Ok(());
                }
                let (invitation, plan, _) = work.run(&mut tx).await?;
                done.user = Some(invitation.user);
                if matches!(plan, Plan::AlreadyGuest(_)) {
                    done.outcome = Outcome::AlreadyGuest;
                }
                store::note(&mut tx, batch, &done).await
            })
            .await
    }

    async fn refuse(
        &self,
        tenant: TenantId,
        batch: Uuid,
        item: Item,
        work: &Work,
        error: &Error,
    ) -> Result<Step> {
        // What is nobody's decision is tried again by the job.
        let Some(refusal) = error.refusal() else { return Err(error.clone()) };
        self.invitations.record_refusal(tenant, work, error).await?;
        let refused = Item {
            outcome: Outcome::Refused,
            rule: Some(refusal.rule.0.to_owned()),
            sentence: Some(refusal.sentence.clone()),
            ..item
        };
        self.platform
            .tenant(tenant)
            .write_in_background(refused, move |mut tx, refused| async move {
                store::settle(&mut tx, batch, &refused).await
            })
            .await?;
        Ok(Step::Done)
    }

    async fn pause(&self, tenant: TenantId, batch: Uuid, seconds: u32) -> Result<Step> {
        let wait = SignedDuration::from_secs(i64::from(seconds));
        let resume_at = self.platform.clock().now().checked_add(wait).unwrap_or(Timestamp::MAX);
        self.platform
            .tenant(tenant)
            .write_in_background(
                (),
                move |mut tx, _| async move { store::pause(&mut tx, batch, resume_at).await },
            )
            .await?;
        Ok(Step::Wait)
    }

    async fn finish(&self, tenant: TenantId, batch: Uuid) -> Result<()> {
        self.platform
            .tenant(tenant)
            .write_in_background((), move |mut tx, _| async move { store::finish(&mut tx, batch).await })
            .await
    }
}

fn invite(batch: &Batch, item: &Item, rights: Rights) -> Invite {
    Invite {
        address: item.address.clone(),
        display_name: None,
        redirect_url: batch.redirect_url.clone(),
        user_type: UserType::Guest,
        send_mail: true,
        message: batch.message.clone(),
        language: batch.language.clone(),
        copy_to: None,
        sponsors: Vec::new(),
        rights,
    }
}
