//! HTTP plumbing for pages: rendering, assets, cookies, forms, languages.
