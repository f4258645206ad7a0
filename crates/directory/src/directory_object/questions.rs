//! Which groups somebody is in, as lists of ids: `checkMemberGroups`, `getMemberGroups`, `checkMemberObjects`,
//! `getMemberObjects`, of users, groups and any other object. Nested groups count, through loops too.

use super::not_found;
use crate::group::membership::pages::{Whose, may_see_groups_of};
use crate::group::membership::{self, ObjectKind};
use ::graph::{Access, Call, Object, Reply, Route, missing};
use ::store::Read;
use kernel::{Error, GroupId, Kind, ObjectId, Result};
use module::Platform;
use serde_json::json;

const ASK: Access = Access::Scoped {
    delegated: &[
        "User.Read",
        "User.ReadBasic.All",
        "GroupMember.Read.All",
        "Group.Read.All",
        "Directory.Read.All",
    ],
    application: &["User.Read.All", "GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"],
};
const ASK_MINE: Access = Access::Scoped {
    delegated: &["User.Read", "GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"],
    application: &[],
};

const MOST_ASKED: usize = 20;
/// Groups that one answer holds.
const MOST_TOLD: u32 = 11_000;

#[derive(Clone, Copy)]
enum Question {
    /// Which of these groups, by the name of the member that lists them.
    Check(&'static str),
    GetGroups,
    GetObjects,
}

type Row = (&'static str, Whose, Question);

macro_rules! questions {
    ($base:literal, $whose:expr) => {
        [
            (concat!($base, "/checkMemberGroups"), $whose, Question::Check("groupIds")),
            (concat!($base, "/checkMemberObjects"), $whose, Question::Check("ids")),
            (concat!($base, "/getMemberGroups"), $whose, Question::GetGroups),
            (concat!($base, "/getMemberObjects"), $whose, Question::GetObjects),
        ]
    };
}

const QUESTIONS: [[Row; 4]; 4] = [
    questions!("/users/{user:userPrincipalName}", Whose::User),
    questions!("/groups/{group:uniqueName}", Whose::Group),
    questions!("/directoryObjects/{object}", Whose::Object),
    questions!("/me", Whose::Me),
];

pub fn routes(platform: &Platform) -> Vec<Route> {
    let route = |(path, whose, question): Row| {
        let platform = platform.clone();
        let access = if whose == Whose::Me { ASK_MINE } else { ASK };
        let cost = if matches!(question, Question::Check(_)) { 4 } else { 2 };
        Route::post(path, access, move |call| answer(platform.clone(), call, whose, question)).costing(cost)
    };
    QUESTIONS.into_iter().flatten().map(route).collect()
}

async fn answer(platform: Platform, call: Call, whose: Whose, question: Question) -> Result<Reply> {
    let body = call.object()?;
    let mut read = platform.tenant(call.caller.tenant).snapshot().await?;
    let object = whose.resolve(&mut read, &call).await?;
    may_see_groups_of(&mut read, &call, object).await?;
    let found = match question {
        Question::Check(name) => {
            let asked = asked(body, name)?;
            let all = groups(&mut read, object, false).await?;
            asked.into_iter().filter(|id| all.binary_search(&GroupId(id.0)).is_ok()).map(|id| id.0).collect()
        }
        Question::GetGroups => told(groups(&mut read, object, only_security(body)?).await?)?,
        Question::GetObjects => {
            let only_security = only_security(body)?;
            if only_security && kind_of(&mut read, object).await? != ObjectKind::User {
                let message = "'securityEnabledOnly' can be true for users alone.";
                return Err(Error::bad_request(message).code("Request_BadRequest"));
            }
            told(groups(&mut read, object, only_security).await?)?
        }
    };
    let context = call.link("/$metadata#Collection(Edm.String)");
    Reply::json(200, &json!({"@odata.context": context, "value": found}))
}

/// One more than an answer holds, to be told from a whole.
async fn groups(read: &mut impl Read, object: ObjectId, only_security: bool) -> Result<Vec<GroupId>> {
    membership::list_groups_transitive(read, object, None, only_security, MOST_TOLD + 1).await
}

fn told(groups: Vec<GroupId>) -> Result<Vec<uuid::Uuid>> {
    if u32::try_from(groups.len()).is_ok_and(|count| count <= MOST_TOLD) {
        return Ok(groups.into_iter().map(|id| id.0).collect());
    }
    let message = "The object is in more than 11,000 groups. Page through transitiveMemberOf instead.";
    Err(Error::new(Kind::BadRequest, message).code("Directory_ResultSizeLimitExceeded"))
}

async fn kind_of(read: &mut impl Read, object: ObjectId) -> Result<ObjectKind> {
    Ok(super::get(read, object).await?.kind())
}

fn asked(mut body: Object, name: &'static str) -> Result<Vec<ObjectId>> {
    let ids = body.take_strings(name)?.ok_or_else(|| missing(name))?;
    if ids.len() > MOST_ASKED {
        return Err(body.invalid(name, "at most 20 ids are allowed"));
    }
    body.finish()?;
    let parse = |id: &String| id.parse().map_err(|_| invalid_id(id));
    ids.iter().map(parse).collect()
}

fn only_security(mut body: Object) -> Result<bool> {
    let only = body.take_bool("securityEnabledOnly")?.ok_or_else(|| missing("securityEnabledOnly"))?;
    body.finish()?;
    Ok(only)
}

pub(super) fn invalid_id(id: &str) -> Error {
    let short: String = id.chars().take(64).collect();
    Error::bad_request(format!("Invalid object identifier '{short}'.")).code("Request_BadRequest")
}

/// The living object that the path's `{object}` names.
pub(super) fn object_id(call: &Call) -> Result<ObjectId> {
    let key = call.key("object");
    key.parse().map_err(|_| not_found(key))
}
