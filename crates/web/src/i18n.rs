//! The words of pages and mails: one Fluent catalogue, filled by every slice, in every language.
//!
//! A message that lacks in a language is said in English and reported to the log; a test of the whole
//! ([`Catalog::disagreements`]) keeps that from happening. Isolation marks are off: pages isolate foreign
//! text with `<bdi>`, plain text mail stays free of invisible characters.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use kernel::{Error, Language};
use std::collections::{BTreeMap, BTreeSet};
use unic_langid::LanguageIdentifier;

/// A value put into a message: `"text".into()`, `3.into()`. Only numbers choose a plural form.
pub use fluent_bundle::FluentValue as Argument;

/// The only markup a message may hold; see `t_html` in [`crate::Templates`].
const MARKUP: [&str; 5] = ["<strong>", "</strong>", "<bdi>", "</bdi>", "<br>"];

/// One file of messages.
#[derive(Clone, Copy)]
pub struct Resource {
    pub language: Language,
    pub source: &'static str,
}

/// The messages of this crate: layouts, menus, error pages.
const OWN: [Resource; 5] = [
    Resource { language: Language::En, source: include_str!("../../../locales/en/web.ftl") },
    Resource { language: Language::De, source: include_str!("../../../locales/de/web.ftl") },
    Resource { language: Language::Fr, source: include_str!("../../../locales/fr/web.ftl") },
    Resource { language: Language::Es, source: include_str!("../../../locales/es/web.ftl") },
    Resource { language: Language::Ar, source: include_str!("../../../locales/ar/web.ftl") },
];

/// All messages in all languages.
pub struct Catalog {
    languages: Vec<Words>,
}

struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Key to the variables its message takes.
    messages: BTreeMap<String, BTreeSet<String>>,
}

impl Catalog {
    /// Refuses a file that Fluent cannot read, a key given twice, and markup beyond `<strong> <bdi> <br>`.
    /// The messages of this crate are added to those given.
    pub fn new(resources: &[Resource]) -> kernel::Result<Self> {
        let mut languages: Vec<_> = Language::ALL.into_iter().map(Words::empty).collect::<Result<_, _>>()?;
        for resource in OWN.iter().chain(resources) {
            if let Some(words) = languages.iter_mut().find(|words| words.language == resource.language) {
                words.add(resource.source)?;
            }
        }
        Ok(Self { languages })
    }

    /// The message in that language, else in English, else its key.
    pub fn translate(&self, language: Language, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let mut fluent = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            fluent.set(*name, value.clone());
        }
        self.format(language, key, &fluent)
    }

    pub fn has(&self, language: Language, key: &str) -> bool {
        self.words(language).is_some_and(|words| words.messages.contains_key(key))
    }

    /// Every key of a language with the variables its message takes.
    pub fn messages(&self, language: Language) -> BTreeMap<String, BTreeSet<String>> {
        self.words(language).map(|words| words.messages.clone()).unwrap_or_default()
    }

    /// Where a language lacks a message of English, has one more, or uses other variables; empty when all is well.
    pub fn disagreements(&self) -> Vec<String> {
        let english = self.messages(Language::En);
        let mut found = Vec::new();
        for language in Language::ALL {
            let messages = self.messages(language);
            let keys: BTreeSet<_> = english.keys().chain(messages.keys()).collect();
            for key in keys {
                let (here, there) = (messages.get(key), english.get(key));
                if here != there {
                    found.push(format!("{}: {key} has {here:?}, in English {there:?}", language.tag()));
                }
            }
        }
        found
    }

    pub(crate) fn format(&self, language: Language, key: &str, arguments: &FluentArgs<'_>) -> String {
        if let Some(text) = self.words(language).and_then(|words| words.format(key, arguments)) {
            return text;
        }
        tracing::error!(key, language = language.tag(), "a message is missing");
        self.words(Language::En)
            .and_then(|words| words.format(key, arguments))
            .unwrap_or_else(|| key.to_owned())
    }

    fn words(&self, language: Language) -> Option<&Words> {
        self.languages.iter().find(|words| words.language == language)
    }
}

impl Words {
    fn empty(language: Language) -> kernel::Result<Self> {
        let locale: LanguageIdentifier = language.tag().parse().map_err(Error::internal)?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        Ok(Self { language, bundle, messages: BTreeMap::new() })
    }

    fn add(&mut self, source: &str) -> kernel::Result<()> {
        let tag = self.language.tag();
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, errors)| Error::internal(format!("messages in {tag}: {errors:?}")))?;
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name;
            let mut variables = BTreeSet::new();
            if let Some(pattern) = &message.value {
                read_pattern(pattern, &mut variables)
                    .map_err(|text| Error::internal(format!("{tag}: {key} holds markup: {text}")))?;
            }
            if self.messages.insert(key.to_owned(), variables).is_some() {
                return Err(Error::internal(format!("{tag}: {key} is given twice")));
            }
        }
        self.bundle.add_resource(resource).map_err(|errors| Error::internal(format!("{tag}: {errors:?}")))
    }

    fn format(&self, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, language = self.language.tag(), ?errors, "a message lacks a variable");
        }
        Some(text)
    }
}

/// Collects the variables; the error is the text with markup that messages do not have.
fn read_pattern<'a>(pattern: &Pattern<&'a str>, variables: &mut BTreeSet<String>) -> Result<(), &'a str> {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => check_markup(value)?,
            PatternElement::Placeable { expression } => read_expression(expression, variables)?,
        }
    }
    Ok(())
}

fn read_expression<'a>(
    expression: &Expression<&'a str>,
    variables: &mut BTreeSet<String>,
) -> Result<(), &'a str> {
    match expression {
        Expression::Inline(inline) => read_inline(inline, variables),
        Expression::Select { selector, variants } => {
            read_inline(selector, variables)?;
            variants.iter().try_for_each(|variant| read_pattern(&variant.value, variables))
        }
    }
}

fn read_inline<'a>(
    inline: &InlineExpression<&'a str>,
    variables: &mut BTreeSet<String>,
) -> Result<(), &'a str> {
    match inline {
        InlineExpression::StringLiteral { value } => check_markup(value),
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
            Ok(())
        }
        InlineExpression::FunctionReference { arguments, .. } => read_arguments(arguments, variables),
        InlineExpression::TermReference { arguments: Some(arguments), .. } => {
            read_arguments(arguments, variables)
        }
        InlineExpression::Placeable { expression } => read_expression(expression, variables),
        _ => Ok(()),
    }
}

fn read_arguments<'a>(
    arguments: &CallArguments<&'a str>,
    variables: &mut BTreeSet<String>,
) -> Result<(), &'a str> {
    let named = arguments.named.iter().map(|argument| &argument.value);
    arguments.positional.iter().chain(named).try_for_each(|inline| read_inline(inline, variables))
}

fn check_markup(text: &str) -> Result<(), &str> {
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at..).unwrap_or_default();
        if !MARKUP.iter().any(|tag| rest.starts_with(tag)) {
            return Err(text);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(sources: &[(Language, &'static str)]) -> kernel::Result<Catalog> {
        let resources: Vec<_> =
            sources.iter().map(|(language, source)| Resource { language: *language, source }).collect();
        Catalog::new(&resources)
    }

    #[test]
    fn every_message_of_this_crate_exists_in_every_language_with_the_same_variables() {
        let catalog = Catalog::new(&[]).unwrap();
        assert_eq!(catalog.disagreements(), Vec::<String>::new());
        assert!(catalog.messages(Language::Ar).len() > 20);
    }

    #[test]
    fn a_message_is_said_in_english_when_a_language_lacks_it_and_its_key_when_all_do() {
        let catalog = catalog(&[(Language::En, "greeting = Hello { $name }")]).unwrap();
        assert_eq!(catalog.translate(Language::De, "greeting", &[("name", "Jo".into())]), "Hello Jo");
        assert_eq!(catalog.translate(Language::De, "nothing", &[]), "nothing");
        assert_eq!(catalog.disagreements().len(), 4);
    }

    #[test]
    fn arabic_counts_in_six_forms() {
        let source = "tries = { $count ->\n    [zero] z\n    [one] o\n    [two] t\n    [few] f\n    [many] m\n   *[other] x\n }";
        let catalog = catalog(&[(Language::Ar, source)]).unwrap();
        let said: String = [0, 1, 2, 3, 11, 100]
            .map(|n| catalog.translate(Language::Ar, "tries", &[("count", n.into())]))
            .concat();
        assert_eq!(said, "zotfmx");
    }

    #[test]
    fn a_key_given_twice_and_foreign_markup_are_refused() {
        assert!(catalog(&[(Language::En, "a = 1"), (Language::En, "a = 2")]).is_err());
        assert!(catalog(&[(Language::En, "a = <a href>x</a>")]).is_err());
        assert!(catalog(&[(Language::En, "a = { $n ->\n   *[other] <i>x</i>\n }")]).is_err());
        assert!(catalog(&[(Language::En, "a = <strong>{ $n }</strong><br>")]).is_ok());
        assert!(catalog(&[(Language::En, "a = { broken")]).is_err());
    }

    #[test]
    fn variables_are_found_in_every_corner_of_a_message() {
        let catalog = catalog(&[(
            Language::En,
            "a = { $one } { NUMBER($two) } { $three ->\n   *[other] { $four }\n }",
        )])
        .unwrap();
        let messages = catalog.messages(Language::En);
        let variables: Vec<_> = messages.get("a").unwrap().iter().map(String::as_str).collect();
        assert_eq!(variables, ["four", "one", "three", "two"]);
    }
}
