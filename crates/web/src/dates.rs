//! Dates, times and numbers as each language writes them. The tables are our own: five languages need no more.

use jiff::tz::TimeZone;
use kernel::{Language, Timestamp};

/// A day: `November 24, 2026`, `24. November 2026`.
pub fn format_date(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let date = zone.to_datetime(at).date();
    let (day, year) = (date.day(), date.year());
    let month = month(language, date.month());
    match language {
        Language::En => format!("{month} {day}, {year}"),
        Language::De => format!("{day}. {month} {year}"),
        Language::Fr if day == 1 => format!("1er {month} {year}"),
        Language::Fr | Language::Ar => format!("{day} {month} {year}"),
        Language::Es => format!("{day} de {month} de {year}"),
    }
}

/// A time of day with its zone: `10:42 UTC`. A zone without an abbreviation of letters shows its offset.
pub fn format_time(at: Timestamp, zone: &TimeZone) -> String {
    let info = zone.to_offset_info(at);
    let time = zone.to_datetime(at).time();
    format!("{:02}:{:02} {}", time.hour(), time.minute(), info.abbreviation())
}

/// Day and time in one phrase: `November 24, 2026 at 10:42 UTC`.
pub fn format_date_time(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let (date, time) = (format_date(language, at, zone), format_time(at, zone));
    match language {
        Language::En => format!("{date} at {time}"),
        Language::De => format!("{date} um {time}"),
        Language::Fr => format!("{date} à {time}"),
        Language::Es => format!("{date} a las {time}"),
        Language::Ar => format!("{date}، {time}"),
    }
}

/// A whole number with its thousands apart: `12,400`, `12.400`, `12 400`.
pub fn format_number(language: Language, number: i64) -> String {
    let separator = match language {
        Language::En | Language::Ar => ',',
        Language::De | Language::Es => '.',
        Language::Fr => '\u{202f}',
    };
    let digits = number.unsigned_abs().to_string();
    // Spanish sets four digits without a separator.
    let whole = language == Language::Es && digits.len() == 4;
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && !whole {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

fn month(language: Language, number: i8) -> &'static str {
    let names = match language {
        Language::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        Language::De => [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        Language::Fr => [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        Language::Es => [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        Language::Ar => [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
    };
    usize::try_from(number - 1).ok().and_then(|index| names.get(index).copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_a_day_its_own_way() {
        let at: Timestamp = "2026-11-24T10:42:18Z".parse().unwrap();
        let days = Language::ALL.map(|language| format_date(language, at, &TimeZone::UTC));
        assert_eq!(
            days,
            [
                "November 24, 2026",
                "24. November 2026",
                "24 novembre 2026",
                "24 de noviembre de 2026",
                "24 نوفمبر 2026"
            ]
        );
        let first: Timestamp = "2027-05-01T00:00:00Z".parse().unwrap();
        assert_eq!(format_date(Language::Fr, first, &TimeZone::UTC), "1er mai 2027");
    }

    #[test]
    fn a_time_names_its_zone() {
        let at: Timestamp = "2026-11-24T23:42:18Z".parse().unwrap();
        assert_eq!(format_time(at, &TimeZone::UTC), "23:42 UTC");
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(format_date_time(Language::De, at, &berlin), "25. November 2026 um 00:42 CET");
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        let said = Language::ALL.map(|language| format_number(language, 12_400));
        assert_eq!(said, ["12,400", "12.400", "12\u{202f}400", "12.400", "12,400"]);
        assert_eq!(format_number(Language::Es, 1_234), "1234");
        assert_eq!(format_number(Language::En, -1_234_567), "-1,234,567");
        assert_eq!(format_number(Language::En, 0), "0");
    }
}
