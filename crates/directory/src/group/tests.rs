mod wire;

use super::membership::{self, Link, ObjectKind, Relation};
use super::service::{Asker, GroupChanges, GroupService, NewGroup};
use super::*;
use crate::testing::{Home, House, act, on_each_engine};
use crate::user::User;
use kernel::{ObjectId, UserId};

const APPLICATION: Asker = Asker { manager: Manager::Application, user: None };

fn person(user: &User) -> Asker {
    Asker { manager: Manager::Person { is_administrator: false }, user: Some(user.id) }
}

fn new_group(name: &str) -> NewGroup {
    NewGroup {
        display_name: name.to_owned(),
        mail_nickname: name.to_lowercase(),
        is_unified: false,
        security_enabled: true,
        description: None,
        visibility: None,
        classification: None,
        preferred_data_location: None,
        preferred_language: None,
        theme: None,
        unique_name: None,
        members: Vec::new(),
        owners: Vec::new(),
    }
}

/// Group stories over the service alone.
struct Groups {
    service: GroupService,
    home: Home,
}

impl Groups {
    fn new(house: &House, home: &Home) -> Self {
        Self { service: GroupService::new(house.platform.clone()), home: home.clone() }
    }

    async fn make(&self, name: &str) -> Group {
        self.service.create(self.home.id, act(), APPLICATION, new_group(name)).await.unwrap()
    }

    async fn add(&self, group: &Group, object: impl Into<ObjectId>) -> kernel::Result<()> {
        self.service.add(self.home.id, act(), APPLICATION, group.id, Relation::Member, object.into()).await
    }

    async fn own(&self, group: &Group, object: impl Into<ObjectId>) -> kernel::Result<()> {
        self.service.add(self.home.id, act(), APPLICATION, group.id, Relation::Owner, object.into()).await
    }

    async fn remove(&self, group: &Group, object: impl Into<ObjectId>) -> kernel::Result<()> {
        self.service.remove(self.home.id, act(), APPLICATION, group.id, Relation::Member, object.into()).await
    }

    async fn members(&self, group: &Group) -> Vec<ObjectId> {
        let mut read = self.home.read().await;
        ids(membership::list(&mut read, group.id, Relation::Member, None, 999).await.unwrap())
    }

    async fn all_members(&self, group: &Group) -> Vec<ObjectId> {
        let mut read = self.home.read().await;
        ids(membership::list_transitive(&mut read, group.id, None, None, 999).await.unwrap())
    }

    async fn all_groups(&self, object: impl Into<ObjectId>) -> Vec<GroupId> {
        let mut read = self.home.read().await;
        membership::list_groups_transitive(&mut read, object.into(), None, false, 999).await.unwrap()
    }
}

fn ids(links: Vec<Link>) -> Vec<ObjectId> {
    links.into_iter().map(|link| link.id).collect()
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list
}

fn message(result: kernel::Result<()>) -> String {
    result.unwrap_err().message().to_owned()
}

#[tokio::test]
async fn a_member_is_added_once_and_removed_once() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (team, ana) = (groups.make("Team").await, contoso.member("ana").await);
        groups.add(&team, ana.id).await.unwrap();
        assert_eq!(
            message(groups.add(&team, ana.id).await),
            "One or more added object references already exist for the following modified properties: 'members'."
        );
        assert_eq!(groups.members(&team).await, [ana.object_id()]);
        groups.remove(&team, ana.id).await.unwrap();
        assert_eq!(
            message(groups.remove(&team, ana.id).await),
            "One or more removed object references do not exist for the following modified properties: 'members'."
        );
        let nobody = ObjectId(house.rng().uuid());
        assert_eq!(groups.add(&team, nobody).await.unwrap_err().kind(), kernel::Kind::NotFound);
        let mut recorded = contoso.activities().await;
        recorded.sort_unstable();
        assert_eq!(recorded, ["Add group", "Add member to group", "Add user", "Remove member from group"]);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_add_the_same_member_at_once_one_has_added_it() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (team, ana) = (groups.make("Team").await, contoso.member("ana").await);
        let other = Groups::new(&house.another_node(), &contoso);
        let (first, second) = tokio::join!(groups.add(&team, ana.id), other.add(&team, ana.id));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let refused = first.and(second).unwrap_err();
        assert_eq!(refused.graph_code(), Some("Request_BadRequest"));
        assert_eq!(groups.members(&team).await, [ana.object_id()]);
        let added = contoso.activities().await.into_iter().filter(|name| name == "Add member to group");
        assert_eq!(added.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn nested_groups_are_walked_through_loops() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (top, middle, low) =
            (groups.make("Top").await, groups.make("Middle").await, groups.make("Low").await);
        let (ana, ben) = (contoso.member("ana").await, contoso.member("ben").await);
        groups.add(&top, middle.id).await.unwrap();
        groups.add(&middle, low.id).await.unwrap();
        groups.add(&low, top.id).await.unwrap();
        groups.add(&low, ana.id).await.unwrap();
        groups.add(&top, ana.id).await.unwrap();
        groups.add(&middle, ben.id).await.unwrap();
        let everything =
            sorted(vec![top.id.into(), middle.id.into(), low.id.into(), ana.object_id(), ben.object_id()]);
        for group in [&top, &middle, &low] {
            assert_eq!(sorted(groups.all_members(group).await), everything, "a loop holds itself");
        }
        let all = sorted(vec![top.id, middle.id, low.id]);
        assert_eq!(groups.all_groups(ana.id).await, all);
        assert_eq!(groups.all_groups(low.id).await, all);
        assert!(groups.add(&top, top.id).await.is_err(), "no group is its own member");
        groups.remove(&low, top.id).await.unwrap();
        let below = sorted(vec![middle.id.into(), low.id.into(), ana.object_id(), ben.object_id()]);
        assert_eq!(sorted(groups.all_members(&top).await), below);
        assert_eq!(groups.all_groups(ben.id).await, sorted(vec![top.id, middle.id]));
        let mut read = contoso.read().await;
        let users = membership::count_transitive(&mut read, top.id, Some(ObjectKind::User)).await.unwrap();
        assert_eq!(users, 2, "a member through two groups counts once");
    })
    .await;
}

#[tokio::test]
async fn members_are_paged_by_kind_and_id() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (team, inner) = (groups.make("Team").await, groups.make("Inner").await);
        let (application, _) = contoso.application("robot").await;
        let mut users = Vec::new();
        for name in ["ana", "ben", "cas"] {
            users.push(contoso.member(name).await.object_id());
        }
        for object in users.iter().copied().chain([inner.id.into(), application.id.into()]) {
            groups.add(&team, object).await.unwrap();
        }
        let mut expected: Vec<ObjectId> = vec![inner.id.into(), application.id.into()];
        expected.extend(sorted(users.clone()));
        for transitive in [false, true] {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let mut read = contoso.read().await;
                let page = if transitive {
                    membership::list_transitive(&mut read, team.id, None, after, 2).await.unwrap()
                } else {
                    membership::list(&mut read, team.id, Relation::Member, after, 2).await.unwrap()
                };
                let Some(last) = page.last().copied() else { break };
                after = Some(last);
                found.extend(ids(page));
            }
            assert_eq!(found, expected, "transitive: {transitive}");
        }
        let mut read = contoso.read().await;
        let kind = ObjectKind::User;
        let page =
            membership::list_of_kind(&mut read, team.id, Relation::Member, kind, None, 9).await.unwrap();
        assert_eq!(ids(page), sorted(users));
        assert_eq!(membership::count(&mut read, team.id, Relation::Member, None).await.unwrap(), 5);
        assert_eq!(membership::count(&mut read, team.id, Relation::Member, Some(kind)).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_user_takes_memberships_along_and_brings_them_back() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (team, other) = (groups.make("Team").await, groups.make("Other").await);
        let (ana, ben) = (contoso.member("ana").await, contoso.member("ben").await);
        groups.add(&team, ana.id).await.unwrap();
        groups.add(&team, ben.id).await.unwrap();
        groups.own(&other, ana.id).await.unwrap();
        contoso.forget(&ana).await;
        assert_eq!(groups.members(&team).await, [ben.object_id()]);
        assert!(groups.all_groups(ana.id).await.is_empty());
        let owned = async |id: UserId| {
            let mut read = contoso.read().await;
            membership::list_groups(&mut read, id.into(), Relation::Owner, None, 9).await.unwrap()
        };
        assert!(owned(ana.id).await.is_empty());
        contoso.bring_back(&ana).await;
        assert_eq!(groups.members(&team).await, sorted(vec![ana.object_id(), ben.object_id()]));
        assert_eq!(owned(ana.id).await, [other.id]);
        contoso.forget(&ana).await;
        house.advance(31 * 24);
        house.run_jobs(&contoso).await;
        assert_eq!(groups.members(&team).await, [ben.object_id()]);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_group_comes_back_with_its_members_owners_and_groups() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (top, middle) = (groups.make("Top").await, groups.make("Middle").await);
        let ana = contoso.member("ana").await;
        groups.add(&top, middle.id).await.unwrap();
        groups.add(&middle, ana.id).await.unwrap();
        groups.own(&middle, ana.id).await.unwrap();
        groups.service.delete(contoso.id, act(), APPLICATION, middle.id).await.unwrap();
        assert!(groups.all_members(&top).await.is_empty());
        assert!(groups.all_groups(ana.id).await.is_empty());
        assert!(find(&mut contoso.read().await, middle.id).await.unwrap().is_none());
        assert!(groups.add(&middle, ana.id).await.is_err());
        groups.service.restore(contoso.id, act(), person(&ana), middle.id).await.unwrap();
        assert_eq!(sorted(groups.all_members(&top).await), sorted(vec![middle.id.into(), ana.object_id()]));
        assert_eq!(groups.all_groups(ana.id).await, sorted(vec![top.id, middle.id]));

        groups.service.delete(contoso.id, act(), APPLICATION, middle.id).await.unwrap();
        house.advance(29 * 24);
        house.run_jobs(&contoso).await;
        groups.service.restore(contoso.id, act(), APPLICATION, middle.id).await.unwrap();
        groups.service.delete(contoso.id, act(), APPLICATION, middle.id).await.unwrap();
        house.advance(31 * 24);
        house.run_jobs(&contoso).await;
        assert!(groups.service.restore(contoso.id, act(), APPLICATION, middle.id).await.is_err());
        assert!(groups.members(&top).await.is_empty());
        groups.service.delete(contoso.id, act(), APPLICATION, top.id).await.unwrap();
        groups.service.purge(contoso.id, act(), APPLICATION, top.id).await.unwrap();
        assert!(groups.service.purge(contoso.id, act(), APPLICATION, top.id).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn owners_manage_their_group_and_others_do_not() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (ana, ben) = (contoso.member("ana").await, contoso.member("ben").await);
        let team = groups.service.create(contoso.id, act(), person(&ana), new_group("Team")).await.unwrap();
        let rename =
            |name: &str| GroupChanges { display_name: Some(name.to_owned()), ..GroupChanges::default() };
        groups.service.update(contoso.id, act(), person(&ana), team.id, rename("Falcon")).await.unwrap();
        let refused = groups.service.update(contoso.id, act(), person(&ben), team.id, rename("No")).await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.graph_code(), Some("Authorization_RequestDenied"));
        assert_eq!(refused.refusal().unwrap().rule, rules::MANAGE_RULE);
        let found = find(&mut contoso.read().await, team.id).await.unwrap().unwrap();
        assert_eq!(found.display_name, "Falcon");
        let guest = contoso.guest("lea@fabrikam.example").await;
        let refused = groups.service.create(contoso.id, act(), person(&guest), new_group("Mine")).await;
        assert_eq!(refused.unwrap_err().refusal().unwrap().rule, rules::CREATE_RULE);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_fails_leaves_everything_as_it_was() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (team, ana, ben) =
            (groups.make("Team").await, contoso.member("ana").await, contoso.member("ben").await);
        groups.add(&team, ben.id).await.unwrap();
        let changes = GroupChanges {
            display_name: Some("Falcon".to_owned()),
            members: vec![ana.object_id(), ben.object_id()],
            ..GroupChanges::default()
        };
        assert!(groups.service.update(contoso.id, act(), APPLICATION, team.id, changes).await.is_err());
        assert_eq!(groups.members(&team).await, [ben.object_id()]);
        assert_eq!(find(&mut contoso.read().await, team.id).await.unwrap().unwrap().display_name, "Team");
        let broken = NewGroup { members: vec![ObjectId(house.rng().uuid())], ..new_group("Broken") };
        assert!(groups.service.create(contoso.id, act(), APPLICATION, broken).await.is_err());
        assert!(!contoso.activities().await.contains(&"Update group".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_unified_group_has_an_address_of_its_own_and_keeps_an_owner() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let groups = Groups::new(&house, &contoso);
        let (ana, inner) = (contoso.member("ana").await, groups.make("Inner").await);
        let unified = |nickname: &str| NewGroup {
            is_unified: true,
            security_enabled: false,
            mail_nickname: nickname.to_owned(),
            owners: vec![ana.object_id()],
            ..new_group("Falcon")
        };
        let create = |new| groups.service.create(contoso.id, act(), APPLICATION, new);
        let team = create(unified("falcon")).await.unwrap();
        assert_eq!(team.mail.as_deref(), Some("falcon@contoso.example"));
        let refused = create(unified("FALCON")).await.unwrap_err();
        assert_eq!(refused.details()[0].code, "ObjectConflict");
        assert!(create(unified("ana")).await.is_err(), "a user holds the address");
        assert!(groups.add(&team, inner.id).await.is_err());
        let owner = (Relation::Owner, ana.object_id());
        let refused = groups.service.remove(contoso.id, act(), APPLICATION, team.id, owner.0, owner.1).await;
        assert_eq!(
            message(refused),
            "The group must have at least one owner, hence this owner cannot be removed."
        );
        groups.service.delete(contoso.id, act(), APPLICATION, team.id).await.unwrap();
        let heir = create(unified("falcon")).await.unwrap();
        let refused = groups.service.restore(contoso.id, act(), APPLICATION, team.id).await;
        assert_eq!(refused.unwrap_err().details()[1].target, heir.id.to_string());
    })
    .await;
}
