//! The rule of home realm discovery.

use kernel::TenantId;

/// What is known about a typed user name.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub here: TenantId,
    /// The name ends in a domain that is verified here.
    pub is_own_domain: bool,
    /// How the guest of that name who has accepted signs in.
    pub bound: Option<Bound>,
    /// The tenant here where somebody has that name as their own.
    pub home: Option<TenantId>,
}

/// Who vouches for a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Home(TenantId),
    Mail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realm {
    /// A password, at this tenant.
    Password { tenant: TenantId },
    /// A code mailed to the address.
    Code,
}

/// A pending guest is bound to nothing and so is treated like a name nobody has.
pub fn decide(facts: &Facts) -> Realm {
    let elsewhere = match facts.bound {
        Some(Bound::Home(tenant)) => Some(tenant),
        Some(Bound::Mail) => None,
        None if facts.is_own_domain => Some(facts.here),
        None => facts.home,
    };
    elsewhere.map_or(Realm::Code, |tenant| Realm::Password { tenant })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const HERE: TenantId = TenantId(Uuid::from_u128(1));
    const THERE: TenantId = TenantId(Uuid::from_u128(2));
    const NOBODY: Facts = Facts { here: HERE, is_own_domain: false, bound: None, home: None };

    #[test]
    fn a_name_leads_where_its_account_lives() {
        assert_eq!(decide(&Facts { is_own_domain: true, ..NOBODY }), Realm::Password { tenant: HERE });
        assert_eq!(decide(&Facts { home: Some(THERE), ..NOBODY }), Realm::Password { tenant: THERE });
        assert_eq!(decide(&Facts { bound: Some(Bound::Mail), ..NOBODY }), Realm::Code);
        let moved = Facts { bound: Some(Bound::Home(THERE)), ..NOBODY };
        assert_eq!(decide(&moved), Realm::Password { tenant: THERE });
    }

    #[test]
    fn a_guest_and_a_stranger_with_the_same_kind_of_name_are_led_alike() {
        let guest = Facts { bound: Some(Bound::Mail), ..NOBODY };
        assert_eq!(decide(&guest), decide(&NOBODY));
        let known_at_home = Facts { home: Some(THERE), ..NOBODY };
        let guest = Facts { bound: Some(Bound::Home(THERE)), ..known_at_home };
        assert_eq!(decide(&guest), decide(&known_at_home));
    }

    #[test]
    fn what_was_bound_by_code_stays_so_when_the_home_tenant_gets_such_a_user() {
        let facts = Facts { bound: Some(Bound::Mail), home: Some(THERE), ..NOBODY };
        assert_eq!(decide(&facts), Realm::Code);
    }
}
