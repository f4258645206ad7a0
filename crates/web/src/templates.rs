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

const LAYOUTS: [(&str, &str); 12] = [
    ("layout/page.html", include_str!("layout/page.html")),
    ("layout/menu.html", include_str!("layout/menu.html")),
    ("layout/house.svg", include_str!("layout/house.svg")),
    ("layout/guest.html", include_str!("layout/guest.html")),
    ("layout/sign_in.html", include_str!("layout/sign_in.html")),
    ("layout/account.html", include_str!("layout/account.html")),
    ("layout/error.html", include_str!("layout/error.html")),
    ("layout/portal.html", include_str!("layout/portal.html")),
    ("layout/portal_error.html", include_str!("layout/portal_error.html")),
    ("layout/appearance.html", include_str!("layout/appearance.html")),
    ("layout/self.html", include_str!("layout/self.html")),
    ("ui.html", include_str!("ui.html")),
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
        base.set_auto_escape_callback(|name| match name.rsplit_once('.') {
            Some((_, "html" | "svg")) => AutoEscape::Html,
            _ => AutoEscape::None,
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
        causes.push_str("; ");
        causes.push_str(&cause.to_string());
        source = cause.source();
    }
    Error::internal(causes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Resource;
    use minijinja::context;

    fn render(
        message: &'static str,
        name: &'static str,
        source: &'static str,
        context: Value,
    ) -> kernel::Result<String> {
        let catalog = Catalog::new(&[Resource { language: Language::En, source: message }])?;
        Templates::new(Arc::new(catalog), [(name, source)])?.render(name, Language::En, context)
    }

    #[test]
    fn text_is_escaped_in_html_and_left_alone_in_text() {
        let context = || context! { name => "<b>&" };
        let source = "{{ name }} {{ t('hi', name=name) }}";
        assert_eq!(
            render("hi = a { $name }", "x.html", source, context()).unwrap(),
            "&lt;b&gt;&amp; a &lt;b&gt;&amp;"
        );
        assert_eq!(render("hi = a { $name }", "x.txt", source, context()).unwrap(), "<b>& a <b>&");
        assert_eq!(render("hi = a { $name }", "x.subject", source, context()).unwrap(), "<b>& a <b>&");
    }

    #[test]
    fn a_message_keeps_its_own_markup_and_no_other() {
        let source = "{{ t_html('hi', name=name, address=bdi(name)) }}";
        let said = render(
            "hi = <strong>{ $name }</strong><br>{ $address }",
            "x.html",
            source,
            context! { name => "<i>\"" },
        );
        assert_eq!(
            said.unwrap(),
            "<strong>&lt;i&gt;&quot;</strong><br><bdi dir=\"ltr\">&lt;i&gt;&quot;</bdi>"
        );
    }

    #[test]
    fn an_undefined_name_an_unknown_icon_and_an_unknown_asset_are_errors() {
        for source in
            ["{{ nothing }}", "{{ icon('nothing') }}", "{{ asset('nothing') }}", "{{ t('hi', name=none) }}"]
        {
            let error = render("hi = { $name }", "x.html", source, context! {}).unwrap_err();
            assert!(error.cause().unwrap().contains("x.html:1"), "{error}");
            assert!(!error.message().contains("template"), "{error}");
        }
    }

    #[test]
    fn numbers_choose_the_plural_and_dates_follow_the_language() {
        let source =
            "{{ t('n', n=count) }} {{ date(at) }} {{ time(at, zone='Europe/Berlin') }} {{ number(12400) }}";
        let said = render(
            "n = { $n ->\n    [one] one try\n   *[other] { $n } tries\n }",
            "x.html",
            source,
            context! { count => 1, at => "2026-11-24T10:42:00Z" },
        );
        assert_eq!(said.unwrap(), "one try November 24, 2026 11:42 CET 12,400");
    }

    #[test]
    fn a_macro_speaks_the_language_of_the_page() {
        let source = "{% macro hello() %}{{ t('page-skip') }} {{ direction }}{% endmacro %}{{ hello() }}";
        let templates = Templates::new(Arc::new(Catalog::new(&[]).unwrap()), [("x.html", source)]).unwrap();
        assert_eq!(templates.render("x.html", Language::De, ()).unwrap(), "Zum Inhalt ltr");
        assert_eq!(templates.render("x.html", Language::Ar, ()).unwrap(), "انتقل إلى المحتوى rtl");
    }

    #[test]
    fn a_template_given_twice_or_broken_is_refused() {
        let catalog = Arc::new(Catalog::new(&[]).unwrap());
        assert!(Templates::new(Arc::clone(&catalog), [("layout/guest.html", "")]).is_err());
        assert!(Templates::new(catalog, [("x.html", "{% if %}")]).is_err());
    }

    #[test]
    fn an_error_quotes_no_value() {
        let error = render("a = b", "x.html", "{{ secret }}{{ nothing }}", context! { secret => "hunter2" });
        assert!(!format!("{:?}", error.unwrap_err()).contains("hunter2"));
    }
}
