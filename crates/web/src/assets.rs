//! The files that pages link to, embedded in the binary and named by their content: `/assets/look.1f3a….css`.
//! So each may be cached for ever, and a new binary never meets an old file.
//!
//! `cargo run -p web --example compress_assets` makes the `.br` files beside the originals.

use aws_lc_rs::digest;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::fmt::Write;
use std::sync::Arc;

macro_rules! file {
    ($name:literal, $path:literal, $content_type:literal) => {
        File {
            name: $name,
            content_type: $content_type,
            plain: include_bytes!(concat!("../../../assets/", $path)),
            brotli: include_bytes!(concat!("../../../assets/", $path, ".br")),
        }
    };
}

const FILES: [File; 5] = [
    file!("tabler.css", "vendor/tabler.min.css", "text/css; charset=utf-8"),
    file!("tabler.rtl.css", "vendor/tabler.rtl.min.css", "text/css; charset=utf-8"),
    file!("look.css", "look.css", "text/css; charset=utf-8"),
    file!("portal.js", "portal.js", "text/javascript; charset=utf-8"),
    file!("favicon.svg", "favicon.svg", "image/svg+xml"),
];

#[derive(Clone, Copy)]
struct File {
    name: &'static str,
    content_type: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
}

#[derive(Clone)]
pub(crate) struct Assets(Arc<[Asset]>);

struct Asset {
    file: File,
    hash: String,
    path: String,
}

impl Assets {
    pub(crate) fn embedded() -> Self {
        Self(FILES.into_iter().map(Asset::of).collect())
    }

    /// The address of the file of that name.
    pub(crate) fn path(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|asset| asset.file.name == name).map(|asset| asset.path.as_str())
    }
}

impl Asset {
    fn of(file: File) -> Self {
        let digest = digest::digest(&digest::SHA256, file.plain);
        let mut hash = hex(digest.as_ref());
        hash.truncate(16);
        let (stem, extension) = file.name.rsplit_once('.').unwrap_or((file.name, ""));
        let path = format!("/assets/{stem}.{hash}.{extension}");
        Self { file, hash, path }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn router<S: Clone + Send + Sync + 'static>(assets: &Assets) -> Router<S> {
    Router::new().route("/assets/{name}", get(serve)).with_state(assets.clone())
}

async fn serve(State(assets): State<Assets>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let asset = assets.0.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(&name));
    let Some(asset) = asset else { return StatusCode::NOT_FOUND.into_response() };
    let compressed = accepts_brotli(&headers);
    let tag = if compressed { format!("\"{}-br\"", asset.hash) } else { format!("\"{}\"", asset.hash) };
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|candidate| candidate.trim().trim_start_matches("W/") == tag);
    let (status, body) = match (known, compressed) {
        (true, _) => (StatusCode::NOT_MODIFIED, &[][..]),
        (false, true) => (StatusCode::OK, asset.file.brotli),
        (false, false) => (StatusCode::OK, asset.file.plain),
    };
    let mut response = (status, body).into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.file.content_type));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    answer.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        answer.insert(header::ETAG, tag);
    }
    if compressed && !known {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let codings = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.into_iter().any(|coding| {
        let (name, parameters) = coding.split_once(';').unwrap_or((coding, ""));
        let quality = parameters.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        name.trim().eq_ignore_ascii_case("br") && quality.is_ok_and(|quality| quality > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use http::Request;
    use std::io::Read;
    use tower::ServiceExt;

    fn sha256(bytes: &[u8]) -> String {
        hex(digest::digest(&digest::SHA256, bytes).as_ref())
    }

    async fn get(path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let router = router(&Assets::embedded());
        let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    #[test]
    fn every_file_has_its_brotli_form_beside_it() {
        for file in FILES {
            let mut plain = Vec::new();
            brotli::Decompressor::new(file.brotli, 4096).read_to_end(&mut plain).unwrap();
            assert!(plain == file.plain, "{}: run `cargo run -p web --example compress_assets`", file.name);
        }
    }

    #[test]
    fn vendored_files_are_the_ones_that_were_recorded() {
        let record: serde_json::Value =
            serde_json::from_str(include_str!("../../../assets/vendor/vendor.json")).unwrap();
        let vendored = [
            ("tabler.min.css", include_bytes!("../../../assets/vendor/tabler.min.css").as_slice()),
            ("tabler.rtl.min.css", include_bytes!("../../../assets/vendor/tabler.rtl.min.css").as_slice()),
        ];
        let recorded = record["files"].as_array().unwrap();
        assert_eq!(recorded.len(), vendored.len());
        for (name, bytes) in vendored {
            let entry = recorded.iter().find(|entry| entry["file"] == name).unwrap();
            assert_eq!(entry["sha256"], sha256(bytes), "{name}");
        }
    }

    #[test]
    fn an_address_names_the_content() {
        let assets = Assets::embedded();
        let look = FILES.iter().find(|file| file.name == "look.css").unwrap();
        let expected = format!("/assets/look.{}.css", sha256(look.plain).get(..16).unwrap());
        assert_eq!(assets.path("look.css"), Some(expected.as_str()));
        assert!(assets.path("tabler.rtl.css").unwrap().starts_with("/assets/tabler.rtl."));
        assert_eq!(assets.path("other.css"), None);
    }

    #[test]
    fn the_two_dark_blocks_of_the_stylesheet_are_equal() {
        let css = include_str!("../../../assets/look.css");
        let block = |selector: &str| {
            let rest = css.split_once(selector).unwrap().1;
            let inside = rest.split_once('}').unwrap().0;
            inside.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let system = block("@media (prefers-color-scheme: dark) {\n  :root:not([data-theme]) {");
        assert!(system.contains("--l-ground: #0d1312"), "{system}");
        assert_eq!(system, block(":root[data-theme=\"dark\"] {"));
    }

    #[tokio::test]
    async fn a_file_is_served_for_ever_in_the_form_the_browser_takes() {
        let path = Assets::embedded().path("look.css").unwrap().to_owned();
        let (status, headers, plain) = get(&path, &[]).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers["content-type"], "text/css; charset=utf-8");
        assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(headers["vary"], "accept-encoding");
        assert!(!headers.contains_key("content-encoding"));

        let (_, headers, compressed) = get(&path, &[("accept-encoding", "gzip, br;q=0.5")]).await;
        assert_eq!(headers["content-encoding"], "br");
        assert!(compressed.len() < plain.len() / 4);
        let tag = headers["etag"].to_str().unwrap().to_owned();
        let (status, headers, body) =
            get(&path, &[("accept-encoding", "br"), ("if-none-match", &format!("\"x\", W/{tag}"))]).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(headers["etag"], tag);

        let (_, headers, _) = get(&path, &[("accept-encoding", "br;q=0")]).await;
        assert!(!headers.contains_key("content-encoding"));
        assert_eq!(get("/assets/look.css", &[]).await.0, StatusCode::NOT_FOUND);
        assert_eq!(get("/assets/look.0000000000000000.css", &[]).await.0, StatusCode::NOT_FOUND);
    }
}
