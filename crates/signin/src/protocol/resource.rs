//! What an access token is for. Clients name one resource in many ways (clients.md 0.8); all names of Graph lead
//! to Graph, and the token's audience is the name that was asked with.

use directory::application::{graph_audiences, well_known};
use kernel::{AppId, Origin};
use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    Graph,
    /// Azure Service Management: enough for `/tenants` and `/subscriptions`.
    Management,
    /// The client's own interface.
    Client(AppId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    pub kind: ResourceKind,
    /// What the token's `aud` holds.
    pub audience: String,
}

impl Resource {
    /// Graph, under the name it has here.
    pub fn graph(origin: &Origin) -> Self {
        Self { kind: ResourceKind::Graph, audience: origin.to_string() }
    }

    /// The resource called `name`, as seen by the client `app_id`.
    pub fn find(name: &str, origin: &Origin, app_id: AppId, identifier_uris: &[String]) -> Option<Self> {
        let among = |names: &[String]| names.iter().find(|one| one.eq_ignore_ascii_case(name)).cloned();
        if let Some(audience) = among(&graph_audiences(origin)) {
            return Some(Self { kind: ResourceKind::Graph, audience });
        }
        let management = [
            well_known::AZURE_MANAGEMENT.to_string(),
            format!("{origin}/arm"),
            "https://management.azure.com".to_owned(),
            "https://management.core.windows.net".to_owned(),
        ];
        let bare = name.strip_suffix('/').unwrap_or(name);
        if let Some(audience) = management.into_iter().find(|one| one.eq_ignore_ascii_case(bare)) {
            return Some(Self { kind: ResourceKind::Management, audience });
        }
        let own = AppId::from_str(name) == Ok(app_id)
            || name == format!("api://{app_id}")
            || identifier_uris.iter().any(|uri| uri == name);
        own.then(|| Self { kind: ResourceKind::Client(app_id), audience: name.to_owned() })
    }

    /// The application id of the resource, as sign-in records name it.
    pub fn app_id(&self) -> AppId {
        match self.kind {
            ResourceKind::Graph => well_known::MICROSOFT_GRAPH,
            ResourceKind::Management => well_known::AZURE_MANAGEMENT,
            ResourceKind::Client(app_id) => app_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str) -> Option<Resource> {
        let origin = Origin::parse("https://localhost:8443").unwrap();
        let app_id = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10".parse().unwrap();
        Resource::find(name, &origin, app_id, &["https://contoso.example/api".to_owned()])
    }

    #[test]
    fn every_name_of_graph_leads_to_graph_and_is_its_audience() {
        for name in [
            "https://graph.microsoft.com",
            "https://graph.microsoft.com/",
            "https://localhost:8443",
            "https://localhost:8443/",
            "https://localhost",
            "00000003-0000-0000-c000-000000000000",
        ] {
            let found = find(name).unwrap();
            assert_eq!((found.kind, found.audience.as_str()), (ResourceKind::Graph, name));
        }
        assert_eq!(find("https://Graph.Microsoft.com").unwrap().audience, "https://graph.microsoft.com");
    }

    #[test]
    fn a_client_is_its_own_resource_under_its_registered_names() {
        for name in [
            "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10",
            "api://3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10",
            "https://contoso.example/api",
        ] {
            assert!(matches!(find(name).unwrap().kind, ResourceKind::Client(_)), "{name}");
        }
    }

    #[test]
    fn an_unknown_resource_is_none() {
        for name in
            ["", "https://evil.example", "https://localhost:8443.evil.example", "api://x", "http://localhost"]
        {
            assert_eq!(find(name), None, "{name}");
        }
    }
}
