//! What was meant by a word that is not known.

/// The candidate nearest to `word`, if any is near enough to be what was meant.
pub fn nearest<C: AsRef<str>>(word: &str, candidates: impl IntoIterator<Item = C>) -> Option<C> {
    let word = word.to_ascii_lowercase();
    let likeness =
        |candidate: &str| strsim::normalized_damerau_levenshtein(&word, &candidate.to_ascii_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (likeness(candidate.as_ref()), candidate))
        .filter(|(likeness, _)| *likeness > 0.5)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
