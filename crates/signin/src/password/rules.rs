//! What a password must be (graph.md 11).

pub const SHORTEST: usize = 8;
pub const LONGEST: usize = 256;
/// Of lower case, upper case, digits and everything else.
const FEWEST_KINDS: usize = 3;
/// A shorter name is part of too many words.
const SHORTEST_NAME: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    /// Of fewer than three kinds of characters.
    TooPlain,
    /// Holds the part of the user principal name before the @.
    HoldsName,
}

pub fn check(password: &str, user_principal_name: &str) -> Result<(), Weakness> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weakness::TooShort);
    }
    if length > LONGEST {
        return Err(Weakness::TooLong);
    }
    let kinds: [fn(char) -> bool; 4] = [
        char::is_lowercase,
        char::is_uppercase,
        |c| c.is_ascii_digit(),
        |c| !c.is_lowercase() && !c.is_uppercase() && !c.is_ascii_digit(),
    ];
    if kinds.into_iter().filter(|kind| password.chars().any(kind)).count() < FEWEST_KINDS {
        return Err(Weakness::TooPlain);
    }
    let name = user_principal_name.split('@').next().unwrap_or_default().to_lowercase();
    if name.chars().count() >= SHORTEST_NAME && password.to_lowercase().contains(&name) {
        return Err(Weakness::HoldsName);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_of_three_kinds_and_not_the_name() {
        let check = |password: &str| check(password, "Admin@contoso.example");
        assert_eq!(check("Correct-horse-7"), Ok(()));
        assert_eq!(check("aA1aA1a"), Err(Weakness::TooShort));
        assert_eq!(check("aA1aA1aA"), Ok(()));
        assert_eq!(check(&format!("A1{}", "é".repeat(254))), Ok(()));
        assert_eq!(check(&format!("A1{}", "é".repeat(255))), Err(Weakness::TooLong));
        assert_eq!(check("onlylower1234"), Err(Weakness::TooPlain));
        assert_eq!(check("My-aDmIn-99"), Err(Weakness::HoldsName));
        assert_eq!(super::check("My-ab-99x", "ab@contoso.example"), Ok(()));
    }
}
