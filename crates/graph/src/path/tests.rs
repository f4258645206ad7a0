use super::*;
use crate::{Access, Call, Reply};
use proptest::prelude::*;

async fn nothing(_: Call) -> Result<Reply> {
    Ok(Reply::no_content())
}

fn tree() -> Tree {
    let open = Access::SignedIn;
    let routes = vec![
        Route::get("/users", open, nothing),
        Route::get("/users/{user:userPrincipalName}", open, nothing),
        Route::delete("/users/{user}", open, nothing),
        Route::get("/users/delta", open, nothing),
        Route::get("/users/$count", open, nothing),
        Route::get("/groups/{group}/members/{member}", open, nothing),
        Route::get("/groups/{group}/members/microsoft.graph.user", open, nothing),
        Route::post("/directory/deletedItems/{object}/restore", open, nothing),
    ];
    Tree::new(routes).unwrap()
}

type Keys = Vec<(String, Option<&'static str>)>;

/// The template of the route found and its keys, or the error's message.
fn find(method: &Method, path: &str) -> Result<(String, Keys), String> {
    let tree = tree();
    let place = tree.find(path).map_err(|error| error.message().to_owned())?;
    match place.route(method) {
        Ok(Some((route, keys))) => {
            Ok((route.path().to_owned(), keys.into_iter().map(|key| (key.value, key.alternate)).collect()))
        }
        Ok(None) => Err(format!("allowed: {}", place.methods())),
        Err(error) => Err(error.message().to_owned()),
    }
}

#[test]
fn every_spelling_of_a_path_leads_to_its_route() {
    let by_user = "/users/{user:userPrincipalName}";
    for (path, template, keys) in [
        ("/users", "/users", vec![]),
        ("/Users/", "/users", vec![]),
        ("//users", "/users", vec![]),
        ("/users()", "/users", vec![]),
        ("/users/abc", by_user, vec![("abc", None)]),
        ("/USERS//abc", by_user, vec![("abc", None)]),
        ("/users('abc')", by_user, vec![("abc", None)]),
        ("/users(abc)", by_user, vec![("abc", None)]),
        ("/users(id='abc')", by_user, vec![("abc", None)]),
        ("/users/a%23EXT%23@b.example", by_user, vec![("a#EXT#@b.example", None)]),
        ("/users('o''neil@b.example')", by_user, vec![("o'neil@b.example", None)]),
        ("/users(%27o%27%27neil%27)", by_user, vec![("o'neil", None)]),
        ("/users('a%2Fb')", by_user, vec![("a/b", None)]),
        ("/users(userPrincipalName='a=b')", by_user, vec![("a=b", Some("userPrincipalName"))]),
        ("/users(USERPRINCIPALNAME='a')", by_user, vec![("a", Some("userPrincipalName"))]),
        ("/users('delta')", by_user, vec![("delta", None)]),
        ("/users/foo(bar)", by_user, vec![("foo(bar)", None)]),
        ("/users/delta", "/users/delta", vec![]),
        ("/users/microsoft.graph.delta()", "/users/delta", vec![]),
        ("/users/graph.delta", "/users/delta", vec![]),
        ("/users/%24count", "/users/$count", vec![]),
        ("/groups/1/members/2", "/groups/{group}/members/{member}", vec![("1", None), ("2", None)]),
        ("/groups('1')/members('2')", "/groups/{group}/members/{member}", vec![("1", None), ("2", None)]),
        ("/groups/1/members/graph.user", "/groups/{group}/members/microsoft.graph.user", vec![("1", None)]),
        (
            "/groups/1/members/Microsoft.Graph.User",
            "/groups/{group}/members/microsoft.graph.user",
            vec![("1", None)],
        ),
        ("/groups/1/members/user", "/groups/{group}/members/{member}", vec![("1", None), ("user", None)]),
    ] {
        let keys: Vec<_> = keys.into_iter().map(|(value, name)| (value.to_owned(), name)).collect();
        assert_eq!(find(&Method::GET, path), Ok((template.to_owned(), keys)), "{path}");
    }
}

#[test]
fn what_is_not_there_is_named() {
    for (path, segment) in [
        ("/foo", "foo"),
        ("/users/abc/foo", "foo"),
        ("/directory", "directory"),
        ("/users/$ref", "$ref"),
        ("/groups", "groups"),
        ("/users(mail='x')", "users(mail='x')"),
        ("/users(userPrincipalName='x',id='y')", "users(userPrincipalName='x',id='y')"),
        ("/users('a'b')", "users('a'b')"),
        ("/users('", "users('"),
        ("/", ""),
    ] {
        assert_eq!(find(&Method::GET, path), Err(format!("Resource not found for the segment '{segment}'.")));
    }
}

#[test]
fn an_alternate_key_belongs_to_the_route_that_declares_it() {
    assert!(find(&Method::DELETE, "/users/abc").is_ok());
    assert!(find(&Method::DELETE, "/users(userPrincipalName='abc')").is_err());
}

#[test]
fn another_method_is_told_which_are_allowed() {
    assert_eq!(find(&Method::POST, "/users/abc"), Err("allowed: GET, DELETE".to_owned()));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for path in ["/users/%ff", "/users/%00", "/users/a%00b"] {
        assert_eq!(find(&Method::GET, path), Err("The path is not valid UTF-8 text.".to_owned()));
    }
}

#[test]
fn a_route_given_twice_or_with_a_bad_key_is_an_error_at_composition() {
    let open = Access::SignedIn;
    for routes in [
        vec![Route::get("/users/{user}", open, nothing), Route::get("/Users/{id}", open, nothing)],
        vec![Route::get("/users/{user", open, nothing)],
        vec![Route::get("/users/{}", open, nothing)],
        vec![Route::get("/users/{user:}", open, nothing)],
        vec![Route::get("/a/{x}/b/{x}", open, nothing)],
    ] {
        assert!(Tree::new(routes).is_err());
    }
}

proptest! {
    #[test]
    fn no_path_panics(path in ".{0,200}") {
        let _ = find(&Method::GET, &path);
    }

    #[test]
    fn no_path_made_of_meaningful_pieces_panics(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "/", "users", "(", ")", "'", "''", "=", "id", "%27", "%", "%2", "%ff", "$count", "graph.", "é",
            ]),
            0..24,
        )
    ) {
        let _ = find(&Method::GET, &pieces.concat());
    }
}
