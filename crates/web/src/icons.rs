//! The icons of the pages: Tabler outline, inlined so that they take the colour of the text beside them.
//!
//! An icon never replaces a word, so each is hidden from assistive technology.

macro_rules! icons {
    ($($name:literal)*) => {
        const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../assets/icons/", $name, ".svg")))),*];
    };
}

icons! {
    "adjustments" "alert-circle" "alert-octagon" "alert-triangle" "apps" "arrow-back-up" "arrow-bar-to-down"
    "arrow-bar-up" "arrow-down" "arrow-left" "arrow-right" "arrow-up" "at" "ban" "bolt" "brand-google"
    "building" "bulb" "calendar" "calendar-due" "calendar-plus" "chart-bar" "check" "chevron-down"
    "chevron-left" "chevron-right" "circle-check" "circle-minus" "circle-x" "clipboard-check" "clock"
    "clock-hour-4" "code" "columns-3" "contrast" "copy" "device-laptop" "device-mobile" "door-exit" "dots"
    "download" "external-link" "eye" "file-text" "filter-off" "fingerprint" "flag" "help-circle"
    "help-hexagon" "history" "home" "hourglass" "id" "info-circle" "key" "language" "lifebuoy" "link" "link-off"
    "list" "lock" "login-2" "logout" "mail" "mail-check" "mail-forward" "mail-off" "mail-opened" "mail-plus"
    "mail-x" "menu-2" "message-plus" "messages" "minus" "pencil" "photo" "player-pause" "plus" "refresh"
    "repeat" "restore" "send" "shield-check" "shield-lock" "signature" "stethoscope" "switch-horizontal"
    "ticket" "transfer-in" "trash" "upload" "user" "user-heart" "user-minus" "user-off" "user-plus"
    "user-question" "users" "users-group" "users-plus" "world" "world-x" "x" "zoom"
}

/// The icon as inline SVG, or none of that name. `flip` marks an arrow that means *onward* and turns in
/// right-to-left pages.
pub(crate) fn svg(name: &str, flip: bool) -> Option<String> {
    let at = FILES.binary_search_by_key(&name, |(known, _)| known).ok()?;
    let (_, file) = FILES.get(at)?;
    let inner = file.split_once('>')?.1.rsplit_once("</svg>")?.0;
    let class = if flip { "icon l-flip" } else { "icon" };
    Some(format!(
        r#"<svg class="{class}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{inner}</svg>"#
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_found_by_its_name() {
        for (name, _) in FILES {
            let svg = svg(name, false).unwrap();
            assert!(svg.contains("<path d=") && svg.ends_with("</svg>"), "{name}");
        }
        assert_eq!(svg("no-such-icon", false), None);
        assert!(svg("arrow-right", true).unwrap().contains("l-flip"));
    }
}
