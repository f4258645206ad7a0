//! How far `POST /dev/clock` moves the clock: an ISO 8601 duration such as `P7D` or `PT90M`, never negative.

use jiff::fmt::temporal::SpanParser;
use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};
use kernel::Error;

/// Further than any date Lodge keeps, and short of where dates end.
const FURTHEST: SignedDuration = SignedDuration::from_hours(100 * 366 * 24);

/// Months and years are counted from `now` in UTC; a day has 24 hours.
pub fn parse_duration(text: &str, now: Timestamp) -> Result<SignedDuration, Error> {
    let wrong = |why: &str| Error::bad_request(format!("\"advance\" {why}."));
    let span: Span = SpanParser::new()
        .parse_span(text)
        .map_err(|cause| wrong("must be an ISO 8601 duration such as P7D or PT90M").because(cause))?;
    if span.is_negative() {
        return Err(wrong("must not be negative: the clock only goes forward"));
    }
    let from = now.to_zoned_datetime(TimeZone::UTC);
    let duration =
        span.to_duration(&from).map_err(|cause| wrong("is further than the clock can go").because(cause))?;
    if duration > FURTHEST {
        return Err(wrong("is further than the clock can go"));
    }
    Ok(duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_iso_8601_are_read() {
        let now: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
        for (text, hours) in [
            ("P7D", 168),
            ("PT36H", 36),
            ("P1W", 168),
            ("P1M", 28 * 24),
            ("P1Y", 365 * 24),
            ("PT0S", 0),
            ("P1DT1H", 25),
        ] {
            assert_eq!(parse_duration(text, now).unwrap(), SignedDuration::from_hours(hours), "{text}");
        }
        assert_eq!(parse_duration("PT1.5S", now).unwrap(), SignedDuration::from_millis(1500));
    }

    #[test]
    fn nothing_else_moves_the_clock() {
        let now: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
        for text in ["", "7 days", "P", "7D", "-P7D", "P-7D", "P7000Y", "P7D ", "PT99999999999999999H"] {
            assert!(parse_duration(text, now).is_err(), "{text:?}");
        }
    }
}
