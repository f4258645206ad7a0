//! Templates of pages and mails: minijinja, undefined names are errors, `.html` is escaped.
//!
//! Every language has an environment of its own over the same compiled templates, so `t` works everywhere,
//! in macros too. Functions:
//! * `t(key, name=value)`: the message, escaped like any text.
//! * `t_html(key, name=value)`: the message keeps its `<strong> <bdi> <br>`; each value is escaped, unless it
//!   is markup already, such as the result of `bdi`.
//! * `icon(name)`, `icon(name, flip=true)`: inline SVG.
//! * `asset(name)`: the address of an embedded file.
//! * `bdi(address)`: an address, isolated and left-to-right.
//! * `date(at)`, `time(at)`, `date_time(at)`: an RFC 3339 timestamp in the page's language, in UTC or in
//!   `zone='Europe/Berlin'`; `number(n)`.
//!
//! Globals: `language`, `direction`.

use crate::assets::Assets;
use crate::{Catalog, dates, icons};
use fluent_bundle::{FluentArgs, FluentValue};
use jiff::tz::TimeZone;
use kernel::{Error, Language, Timestamp};
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, HtmlEscape, UndefinedBehavior};
use serde::Serialize;
use std::collections::HashSet;
use std::error::Error as _;
use std::sync::Arc;

const LAYOUTS: [(&str, &str); 7] = [
    ("layout/page.html", include_str!("layout/page.html")),
    ("layout/menu.html", include_str!("layout/menu.html")),
    ("layout/house.svg", include_str!("layout/house.svg")),
    ("layout/guest.html", include_str!("layout/guest.html")),
    ("layout/sign_in.html", include_str!("layout/sign_in.html")),
    ("layout/account.html", include_str!("layout/account.html")),
    ("layout/error.html", include_str!("layout/error.html")),
];

type Outcome<T> = Result<T, minijinja::Error>;

/// All templates, ready in every language.
#[derive(Clone)]
pub struct Templates(Arc<Ready>);

struct Ready {
    environments: Vec<(Language, Environment<'static>)>,
    catalog: Arc<Catalog>,
    assets: Assets,
}

impl Templates {
    /// Takes the slices' templates as (name, source); this crate's layouts are added. Refuses a name given
    /// twice and a source that is no template.
    pub fn new(
        catalog: Arc<Catalog>,
        sources: impl IntoIterator<Item = (&'static str, &'static str)>,
    ) -> kernel::Result<Self> {
        let assets = Assets::embedded();
        let mut base = Environment::new();
        base.set_undefined_behavior(UndefinedBehavior::Strict);
        // The debug text of an error quotes the values in reach, which must not get into a log.
        base.set_debug(false);
        base.set_auto_escape_callback(|name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        });
        base.add_function("bdi", bdi);
        base.add_function("icon", icon);
        let known = assets.clone();
        base.add_function("asset", move |name: &str| asset(&known, name));
        let mut names = HashSet::new();
        for (name, source) in LAYOUTS.into_iter().chain(sources) {
            if !names.insert(name) {
                return Err(Error::internal(format!("the template {name} is given twice")));
            }
            base.add_template(name, source).map_err(|error| failed(name, &error))?;
        }
        let environments =
            Language::ALL.map(|language| (language, in_language(&base, &catalog, language))).into();
        Ok(Self(Arc::new(Ready { environments, catalog, assets })))
    }

    pub fn render(&self, name: &str, language: Language, context: impl Serialize) -> kernel::Result<String> {
        let environment = self.0.environments.iter().find(|(known, _)| *known == language);
        let (_, environment) = environment.ok_or_else(|| Error::internal("a language without templates"))?;
        let template = environment.get_template(name).map_err(|error| failed(name, &error))?;
        template.render(Value::from(Serde(context))).map_err(|error| failed(name, &error))
    }

    /// The names of all templates, for a test that renders each.
    pub fn names(&self) -> Vec<&str> {
        let first = self.0.environments.first();
        first
            .map(|(_, environment)| environment.templates().map(|(name, _)| name).collect())
            .unwrap_or_default()
    }

    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.0.catalog
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.0.assets
    }
}

fn in_language(
    base: &Environment<'static>,
    catalog: &Arc<Catalog>,
    language: Language,
) -> Environment<'static> {
    let mut environment = base.clone();
    environment.add_global("language", language.tag());
    environment.add_global("direction", language.direction());
    let words = Arc::clone(catalog);
    environment.add_function("t", move |key: &str, values: Kwargs| -> Outcome<String> {
        Ok(words.format(language, key, &arguments(&values, false)?))
    });
    let words = Arc::clone(catalog);
    environment.add_function("t_html", move |key: &str, values: Kwargs| -> Outcome<Value> {
        Ok(Value::from_safe_string(words.format(language, key, &arguments(&values, true)?)))
    });
    environment.add_function("date", move |at: &str, options: Kwargs| -> Outcome<String> {
        let (at, zone) = moment(at, &options)?;
        Ok(dates::format_date(language, at, &zone))
    });
    environment.add_function("time", |at: &str, options: Kwargs| -> Outcome<String> {
        let (at, zone) = moment(at, &options)?;
        Ok(dates::format_time(at, &zone))
    });
    environment.add_function("date_time", move |at: &str, options: Kwargs| -> Outcome<String> {
        let (at, zone) = moment(at, &options)?;
        Ok(dates::format_date_time(language, at, &zone))
    });
    environment.add_function("number", move |number: i64| dates::format_number(language, number));
    environment
}

/// Keyword arguments as Fluent's; with `escaped`, text that is not markup yet becomes harmless in HTML.
fn arguments(values: &Kwargs, escaped: bool) -> Outcome<FluentArgs<'static>> {
    let mut arguments = FluentArgs::new();
    for name in values.args() {
        let value: Value = values.peek(name)?;
        let argument = if let Some(number) = value.as_i64().filter(|_| value.is_integer()) {
            FluentValue::from(number)
        } else if value.is_undefined() || value.is_none() {
            return Err(wrong(format!("the message value {name} is not defined")));
        } else if escaped && !value.is_safe() {
            FluentValue::from(HtmlEscape(&value.to_string()).to_string())
        } else {
            FluentValue::from(value.to_string())
        };
        arguments.set(name.to_owned(), argument);
    }
    Ok(arguments)
}

fn bdi(text: &str) -> Value {
    Value::from_safe_string(format!("<bdi dir=\"ltr\">{}</bdi>", HtmlEscape(text)))
}

fn icon(name: &str, options: Kwargs) -> Outcome<Value> {
    let flip = options.get::<Option<bool>>("flip")?.unwrap_or_default();
    options.assert_all_used()?;
    let svg = icons::svg(name, flip).ok_or_else(|| wrong(format!("there is no icon {name}")))?;
    Ok(Value::from_safe_string(svg))
}

fn asset(assets: &Assets, name: &str) -> Outcome<Value> {
    let path = assets.path(name).ok_or_else(|| wrong(format!("there is no asset {name}")))?;
    Ok(Value::from_safe_string(path.to_owned()))
}

fn moment(at: &str, options: &Kwargs) -> Outcome<(Timestamp, TimeZone)> {
    let timestamp = at.parse().map_err(|_| wrong(format!("{at} is not a timestamp")))?;
    let zone = match options.get::<Option<&str>>("zone")? {
        Some(name) => TimeZone::get(name).map_err(|_| wrong(format!("there is no time zone {name}")))?,
        None => TimeZone::UTC,
    };
    options.assert_all_used()?;
    Ok((timestamp, zone))
}

fn wrong(message: String) -> minijinja::Error {
    minijinja::Error::new(ErrorKind::InvalidOperation, message)
}

/// Names the template and the line, all the way down.
fn failed(name: &str, error: &minijinja::Error) -> Error {
    let mut causes = format!("template {name}: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        causes += &format!("; {cause}");
        source = cause.source();
    }
    Error::internal(causes)
}
