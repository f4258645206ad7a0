//! `/$metadata`: what there is, as OData describes it, from the descriptions of the entities alone.

use crate::entity_type::{EntityType, Field, Kind};
use crate::{Reply, Route};
use std::fmt::Write as _;
use std::sync::Arc;

/// The route; clients ask without a token.
pub fn metadata(entities: &[&'static EntityType]) -> Route {
    let document: Arc<str> = document(entities).into();
    Route::anonymous("/$metadata", move |_| {
        let document = document.clone();
        async move { Ok(Reply::xml(&document)) }
    })
}

fn document(entities: &[&'static EntityType]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>\
         <Schema Namespace=\"microsoft.graph\" Alias=\"graph\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\
         <EntityType Name=\"entity\" Abstract=\"true\"><Key><PropertyRef Name=\"id\" /></Key>\
         <Property Name=\"id\" Type=\"Edm.String\" Nullable=\"false\" /></EntityType>\
         <EntityType Name=\"directoryObject\" BaseType=\"graph.entity\" OpenType=\"true\">\
         <Property Name=\"deletedDateTime\" Type=\"Edm.DateTimeOffset\" /></EntityType>",
    );
    for entity in entities {
        let _always_fits = write!(
            out,
            "<EntityType Name=\"{}\" BaseType=\"graph.directoryObject\" OpenType=\"true\">",
            bare(entity.name)
        );
        for field in entity.fields.iter().filter(|field| !["id", "deletedDateTime"].contains(&field.name)) {
            property(&mut out, field);
        }
        out.push_str("</EntityType>");
    }
    let mut written: Vec<&str> = Vec::new();
    for entity in entities {
        for field in entity.fields {
            let (Kind::Object(name) | Kind::Objects(name)) = field.kind else { continue };
            if written.contains(&name) {
                continue;
            }
            written.push(name);
            let _always_fits = write!(out, "<ComplexType Name=\"{name}\">");
            let complex = entity.complex.iter().find(|complex| complex.name == name);
            for member in complex.into_iter().flat_map(|complex| complex.members) {
                let _always_fits = write!(out, "<Property Name=\"{member}\" Type=\"Edm.String\" />");
            }
            out.push_str("</ComplexType>");
        }
    }
    out.push_str("<EntityContainer Name=\"GraphService\"><EntitySet Name=\"directoryObjects\" EntityType=\"microsoft.graph.directoryObject\" />");
    for entity in entities {
        let _always_fits =
            write!(out, "<EntitySet Name=\"{}\" EntityType=\"{}\" />", entity.set, entity.name);
    }
    out.push_str("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>");
    out
}

fn property(out: &mut String, field: &Field) {
    let name = match field.kind {
        Kind::Text | Kind::Address | Kind::Id => "Edm.String".to_owned(),
        Kind::Boolean => "Edm.Boolean".to_owned(),
        Kind::Time => "Edm.DateTimeOffset".to_owned(),
        Kind::Texts | Kind::Addresses => "Collection(Edm.String)".to_owned(),
        Kind::Object(name) => format!("graph.{name}"),
        Kind::Objects(name) => format!("Collection(graph.{name})"),
    };
    let nullable = if field.is_collection() { " Nullable=\"false\"" } else { "" };
    let _always_fits = write!(out, "<Property Name=\"{}\" Type=\"{name}\"{nullable} />", field.name);
}

fn bare(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ComplexType, Operators};

    static GROUP: EntityType = EntityType::new(
        "microsoft.graph.group",
        "groups",
        "directory_group",
        &[
            Field::id(),
            Field::text("displayName", "display_name").filtered(Operators::NAME),
            Field::texts("groupTypes", "group_types"),
            Field::more_of("place", Kind::Object("place")),
        ],
    )
    .with(&[ComplexType { name: "place", members: &["street"] }]);

    #[test]
    fn properties_are_described_with_their_types() {
        let document = document(&[&GROUP]);
        for part in [
            "<EntityType Name=\"group\" BaseType=\"graph.directoryObject\" OpenType=\"true\"><Property Name=\"displayName\" Type=\"Edm.String\" />",
            "<Property Name=\"groupTypes\" Type=\"Collection(Edm.String)\" Nullable=\"false\" />",
            "<Property Name=\"place\" Type=\"graph.place\" /></EntityType><ComplexType Name=\"place\"><Property Name=\"street\" Type=\"Edm.String\" /></ComplexType>",
            "<EntitySet Name=\"groups\" EntityType=\"microsoft.graph.group\" />",
        ] {
            assert!(document.contains(part), "{part}\n{document}");
        }
    }
}
