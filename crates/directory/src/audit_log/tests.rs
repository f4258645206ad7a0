use super::*;
use crate::role::Role;
use crate::testing::{Home, act, on_each_engine};
use serde_json::Value;
use std::sync::Arc;

async fn event(home: &Home, activity: &'static str, rng: Rng) {
    let write = move |mut tx, _: Arc<()>| async move {
        let event = Event::new(activity, Service::CoreDirectory, Operation::Update)
            .about(Target::new("User", ObjectId(rng.uuid()), Some("Ana".into())).changing("mail", "a", "b"))
            .with("Key", 7);
        record(&mut tx, rng, &act(), event).await
    };
    home.store().write((), write).await.unwrap();
}

fn activities(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["activityDisplayName"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_event_is_listed_as_graph_lists_it() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        event(&contoso, "Update user", house.rng()).await;
        let token = contoso.application_token(&["AuditLog.Read.All"]).await;
        let path = "/v1.0/auditLogs/directoryAudits?$filter=activityDisplayName%20eq%20'Update%20user'";
        let rows = house.list(&token, path).await;
        let row = &rows[0];
        assert_eq!(row["result"], "success");
        assert_eq!(row["category"], "UserManagement");
        assert_eq!(row["initiatedBy"]["app"]["displayName"], "test");
        assert_eq!(row["initiatedBy"]["user"], Value::Null);
        let changes = &row["targetResources"][0]["modifiedProperties"][0];
        assert_eq!((&changes["oldValue"], &changes["newValue"]), (&"[\"a\"]".into(), &"[\"b\"]".into()));
        assert_eq!(row["additionalDetails"][0], serde_json::json!({"key": "Key", "value": "7"}));
        let id = row["id"].as_str().unwrap();
        let (status, one) = house.get(&token, &format!("/v1.0/auditLogs/directoryAudits/{id}")).await;
        assert_eq!((status, one["id"].as_str()), (200, Some(id)));
    })
    .await;
}

#[tokio::test]
async fn the_list_is_filtered_by_activity_and_time_and_turns_pages() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        house.advance(1);
        let start = house.platform.clock().now();
        for activity in ["One", "Two", "Three", "Two"] {
            event(&contoso, activity, house.rng()).await;
            house.advance(1);
        }
        let token = contoso.application_token(&["AuditLog.Read.All"]).await;
        let list = |query: String| format!("/v1.0/auditLogs/directoryAudits?{}", query.replace(' ', "%20"));
        let last = house.platform.clock().now().checked_sub(kernel::SignedDuration::from_mins(30)).unwrap();
        let within = list(format!("$filter=activityDateTime ge {start} and activityDateTime lt {last}"));
        assert_eq!(activities(&house.list(&token, &within).await), ["Two", "Three", "Two", "One"]);
        let middle = start.checked_add(kernel::SignedDuration::from_mins(90)).unwrap();
        let query = format!(
            "$filter=activityDisplayName eq 'Two' and activityDateTime ge {start} and activityDateTime le {middle}"
        );
        assert_eq!(activities(&house.list(&token, &list(query)).await), ["Two"]);

        let (_, page) = house.get(&token, &list(format!("$top=3&$orderby=activityDateTime desc&$filter=activityDateTime lt {last}"))).await;
        assert_eq!(activities(page["value"].as_array().unwrap()), ["Two", "Three", "Two"]);
        let next = page["@odata.nextLink"].as_str().unwrap().strip_prefix("https://localhost:8443").unwrap();
        assert_eq!(activities(&house.list(&token, next).await)[0], "One");
        for bad in ["$orderby=activityDateTime", "$filter=category eq 'x'", "$top=1001", "$skiptoken=1.2"] {
            assert_eq!(house.get(&token, &list(bad.into())).await.0, 400, "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_person_reads_the_log_only_with_a_role() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let token = contoso.user_token(&ana, "AuditLog.Read.All").await;
        assert_eq!(house.get(&token, "/v1.0/auditLogs/directoryAudits").await.0, 403);
        contoso.assign(&ana, Role::SecurityReader).await;
        assert_eq!(house.get(&token, "/v1.0/auditLogs/directoryAudits").await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn events_are_kept_thirty_days() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        event(&contoso, "Old", house.rng()).await;
        house.advance(24 * 30 - 1);
        event(&contoso, "Young", house.rng()).await;
        house.run_jobs(&contoso).await;
        assert_eq!(contoso.activities().await, ["Old", "Young"]);
        house.advance(2);
        house.run_jobs(&contoso).await;
        assert_eq!(contoso.activities().await, ["Young"]);
    })
    .await;
}

#[tokio::test]
async fn an_event_commits_with_its_change_or_not_at_all() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let rng = house.rng();
        let failing = move |mut tx, _: Arc<()>| async move {
            record(&mut tx, rng, &act(), Event::new("Lost", Service::CoreDirectory, Operation::Add)).await?;
            Err::<(), _>(kernel::Error::conflict("no"))
        };
        assert!(contoso.store().write((), failing).await.is_err());
        assert!(contoso.activities().await.is_empty());
    })
    .await;
}
