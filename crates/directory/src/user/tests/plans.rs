//! The plans of what clients ask most: each is answered from an index, whatever the size of the directory.

use super::super::*;
use crate::testing::on_each_engine;
use ::graph::List;
use odata::{Filter, Search};

#[tokio::test]
async fn what_is_asked_most_is_answered_from_an_index() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.guest("lea@fabrikam.example").await;
        let filtered = |text: &str| {
            List::new(&USER).fulfilling(Some(USER.condition(&Filter::parse(text).unwrap(), true).unwrap()))
        };
        let searched = |text: &str| {
            List::new(&USER).fulfilling(Some(USER.searched(&Search::parse(text).unwrap()).unwrap()))
        };
        for (list, index) in [
            (List::new(&USER), "USING PRIMARY KEY (tenant_id=?)"),
            (List::new(&USER).ordered("displayName", false).unwrap(), "users_name (tenant_id=?)"),
            (List::new(&USER).ordered("createdDateTime", true).unwrap(), "users_created (tenant_id=?)"),
            (List::new(&USER).ordered("mail", false).unwrap(), "users_mail (tenant_id=?)"),
            (
                filtered("startsWith(displayName,'ana')"),
                "users_name (tenant_id=? AND display_name_key>? AND display_name_key<?)",
            ),
            (
                filtered("userType eq 'Guest' and externalUserState eq 'PendingAcceptance'"),
                "users_state (tenant_id=? AND external_state=?)",
            ),
            (
                filtered("externalUserState eq 'PendingAcceptance'"),
                "users_state (tenant_id=? AND external_state=?)",
            ),
            (filtered("companyName eq 'Contoso'"), "users_company (tenant_id=? AND company_key=?)"),
            (filtered("accountEnabled eq false"), "users_disabled (tenant_id=?)"),
            (
                filtered("createdDateTime ge 2026-01-31T00:00:00Z"),
                "users_created (tenant_id=? AND created_at>?)",
            ),
            (
                filtered("mail eq 'a@b.example'"),
                "user_address USING PRIMARY KEY (tenant_id=? AND address_key=?)",
            ),
            (filtered("userPrincipalName eq 'a@b.example'"), "users_upn (tenant_id=? AND upn_key=?)"),
            (
                filtered("startsWith(displayName,'a') or startsWith(mail,'a')"),
                "user_address USING PRIMARY KEY (tenant_id=? AND address_key>? AND address_key<?)",
            ),
            (
                searched("\"displayName:ana\""),
                "user_word USING PRIMARY KEY (tenant_id=? AND word>? AND word<?)",
            ),
        ] {
            let query = list.explained(&mut contoso.read().await, 100).await.unwrap();
            let plan = house.platform.store().explain_query(query).unwrap();
            let is_sqlite = house.platform.store().is_sqlite();
            assert!(!is_sqlite || plan.contains(index), "{index}\n{plan}");
            assert!(!plan.contains("SCAN users"), "{index}\n{plan}");
        }
    })
    .await;
}
