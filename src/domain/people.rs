//! Who uses the desk: roles, and signed-in people as values that services demand.

/// What a person may do (decision P3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// All requests and settings of one account.
    Owner,
    /// Only the requests that they made themselves.
    Manager,
    /// The desk.
    Reviewer,
    /// The desk, and users, locations and settings.
    Admin,
    /// Sent a request through the manual form: signs in nowhere and is served by mail.
    Contact,
}

impl Role {
    /// Every role that signs in, in the order of the menus.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Manager, Self::Reviewer, Self::Admin];

    /// The word kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
            Self::Contact => "contact",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Contact]).find(|role| role.code() == code)
    }

    /// The word as shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Manager => "Manager",
            Self::Reviewer => "Reviewer",
            Self::Admin => "Admin",
            Self::Contact => "Contact",
        }
    }

    /// What the role means, in one line.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Owner => "Sees every request of the account, invites managers and edits locations.",
            Self::Manager => "Sends requests for the locations they are in, and sees only the requests they made.",
            Self::Reviewer => "Works at the desk: checks requests and carries them through the carriers.",
            Self::Admin => "Works at the desk, and looks after accounts, locations and users.",
            Self::Contact => "Sent a request through the manual form, and follows it by the links in our mails.",
        }
    }

    /// Whether the role belongs to the desk and so to no account.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Reviewer | Self::Admin)
    }
}

/// A signed-in person, as read from a live session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Row id of the user.
    pub id: i64,
    /// The account of a customer; staff have none.
    pub account_id: Option<i64>,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// IANA name of the zone in which this person reads times, if chosen.
    pub time_zone: Option<String>,
    /// `system`, `light` or `dark`.
    pub theme: String,
}

/// A signed-in owner or manager. Made only from a live session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub person: Person,
    pub account_id: i64,
}

impl Customer {
    /// The person as customer, unless they belong to the desk.
    pub fn of(person: Person) -> Option<Self> {
        match (person.role, person.account_id) {
            (Role::Owner | Role::Manager, Some(account_id)) => Some(Self { person, account_id }),
            _ => None,
        }
    }

    /// Whether this customer sees the whole account and not only what they made.
    pub fn is_owner(&self) -> bool {
        self.person.role == Role::Owner
    }
}

/// A signed-in reviewer or admin. Made only from a live session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    pub person: Person,
}

impl Reviewer {
    /// The person as reviewer, unless they are a customer.
    pub fn of(person: Person) -> Option<Self> {
        person.role.is_staff().then_some(Self { person })
    }
}

/// A signed-in admin. Made only from a live session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admin {
    pub person: Person,
}

impl Admin {
    /// The person as admin, if they are one.
    pub fn of(person: Person) -> Option<Self> {
        (person.role == Role::Admin).then_some(Self { person })
    }
}
