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

const FILES: [File; 4] = [
    file!("tabler.css", "vendor/tabler.min.css", "text/css; charset=utf-8"),
    file!("tabler.rtl.css", "vendor/tabler.rtl.min.css", "text/css; charset=utf-8"),
    file!("look.css", "look.css", "text/css; charset=utf-8"),
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
        let mut hash = String::new();
        for byte in digest.as_ref().iter().take(8) {
            let _ = write!(hash, "{byte:02x}");
        }
        let (stem, extension) = file.name.rsplit_once('.').unwrap_or((file.name, ""));
        let path = format!("/assets/{stem}.{hash}.{extension}");
        Self { file, hash, path }
    }
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
