//! The account holders of the demonstration: made up, in cities whose ZIP and area codes fit.

/// Whoever has the account with the losing carrier, as its bill shows them.
#[derive(Debug, PartialEq, Eq)]
pub struct Holder {
    /// Legal name; a residential account has none.
    pub business: Option<&'static str>,
    pub contact: &'static str,
    pub email: &'static str,
    pub street: &'static str,
    /// Empty where there is none.
    pub unit: &'static str,
    pub city: &'static str,
    pub state: &'static str,
    pub postal_code: &'static str,
    /// Area code of the numbers.
    pub area: &'static str,
}

/// Contact and mail address.
type Person = [&'static str; 2];
/// Street, unit, city, state, ZIP code and area code.
type Place = [&'static str; 6];

const fn firm(business: &'static str, person: Person, place: Place) -> Holder {
    Holder { business: Some(business), ..home(person, place) }
}

const fn home([contact, email]: Person, [street, unit, city, state, postal_code, area]: Place) -> Holder {
    Holder { business: None, contact, email, street, unit, city, state, postal_code, area }
}

pub const DENTAL: Holder = firm(
    "Lakeshore Family Dental, PLLC",
    ["Helen Marsh", "helen@lakeshoredental.example"],
    ["48 Greenwich Street", "Suite 3", "New York", "NY", "10013", "212"],
);
pub const LEGAL: Holder = firm(
    "Whitman Oyelaran LLP",
    ["Tobias Whitman", "tobias@whitmanoyelaran.example"],
    ["1180 Sixth Avenue", "Floor 9", "New York", "NY", "10036", "646"],
);
pub const BAKERY: Holder = firm(
    "Atlantic Avenue Bakery, Inc.",
    ["Rosa Castellano", "rosa@atlanticbakery.example"],
    ["312 Atlantic Avenue", "", "Brooklyn", "NY", "11201", "718"],
);
pub const CAFE: Holder = firm(
    "Zoë & Søren’s Café, LLC",
    ["Søren Kierulf-Núñez", "soren@zoeandsoren.example"],
    ["77 Smith Street", "", "Brooklyn", "NY", "11201", "347"],
);
pub const TRAVEL: Holder = firm(
    "Compass Rose Travel, Inc.",
    ["Imani Brooks", "imani@compassrose.example"],
    ["25 Federal Street", "Suite 410", "Boston", "MA", "02110", "617"],
);
pub const OPTICS: Holder = firm(
    "Front Range Optics, LLC",
    ["Peter Lindgren", "peter@frontrangeoptics.example"],
    ["1437 Larimer Street", "", "Denver", "CO", "80202", "303"],
);
pub const BIKES: Holder = firm(
    "Flatiron Bicycle Works, Inc.",
    ["Jo Delgado", "jo@flatironbikes.example"],
    ["2045 Pearl Street", "Unit B", "Boulder", "CO", "80302", "720"],
);
pub const VETS: Holder = firm(
    "Mile High Animal Clinic, PC",
    ["Dr. Anna Kowalski", "anna@milehighanimal.example"],
    ["960 Santa Fe Drive", "", "Denver", "CO", "80204", "303"],
);
pub const ROOFING: Holder = firm(
    "Summit Line Roofing, LLC",
    ["Garrett Hale", "garrett@summitline.example"],
    ["5500 Lowell Boulevard", "", "Denver", "CO", "80221", "720"],
);
pub const MARINE: Holder = firm(
    "Elliott Bay Marine Supply, Inc.",
    ["Karen Tsukada", "karen@elliottbaymarine.example"],
    ["1912 Western Avenue", "", "Seattle", "WA", "98101", "206"],
);
pub const BREWERY: Holder = firm(
    "Tidewater Brewing Company",
    ["Miles Fairbanks", "miles@tidewaterbrewing.example"],
    ["2101 Pacific Avenue", "Suite 100", "Tacoma", "WA", "98402", "253"],
);
pub const DESIGN: Holder = firm(
    "Juniper & Slate Design, LLC",
    ["Amara Diallo", "amara@juniperslate.example"],
    ["733 SW Alder Street", "", "Portland", "OR", "97205", "503"],
);
pub const CLIMBING: Holder = firm(
    "Basalt Climbing Gym, LLC",
    ["Noah Petersen", "noah@basaltclimbing.example"],
    ["418 Yesler Way", "", "Seattle", "WA", "98104", "206"],
);
pub const MUSIC: Holder = firm(
    "Sixth Street Music School",
    ["Valeria Montoya", "valeria@sixthstreetmusic.example"],
    ["604 East Sixth Street", "", "Austin", "TX", "78701", "512"],
);
pub const SOLAR: Holder = firm(
    "Lone Oak Solar, Inc.",
    ["Wade Huckaby", "wade@loneoaksolar.example"],
    ["1209 South Lamar Boulevard", "Suite 200", "Austin", "TX", "78704", "737"],
);
pub const FREIGHT: Holder = firm(
    "Alamo Freight Brokers, LLC",
    ["Cynthia Reyes", "cynthia@alamofreight.example"],
    ["315 East Commerce Street", "", "San Antonio", "TX", "78205", "210"],
);
pub const SUPPORT: Holder = firm(
    "Brightwell Support Services, Inc.",
    ["Leonard Achebe", "leonard@brightwell.example"],
    ["8300 Burnet Road", "Building 2", "Austin", "TX", "78757", "512"],
);
pub const GARDENS: Holder = firm(
    "Sonoran Garden Center, LLC",
    ["Beth Yazzie", "beth@sonorangarden.example"],
    ["1645 North Central Avenue", "", "Phoenix", "AZ", "85004", "602"],
);
pub const REALTY: Holder = firm(
    "Peachtree Corner Realty, LLC",
    ["Desmond Clarke", "desmond@peachtreecorner.example"],
    ["260 Peachtree Street NW", "Suite 1100", "Atlanta", "GA", "30303", "404"],
);
pub const MUSEUM: Holder = firm(
    "Prairie Light Museum",
    ["Ingrid Solberg", "ingrid@prairielight.example"],
    ["1100 Nicollet Mall", "", "Minneapolis", "MN", "55403", "612"],
);
pub const FAMILY: Holder = home(
    ["Grace Abernathy", "grace.abernathy@mailbox.example"],
    ["129 Degraw Street", "Apt 2R", "Brooklyn", "NY", "11231", "917"],
);
pub const WRITER: Holder =
    home(["Julian Ortega", "julian.ortega@mailbox.example"], ["3417 Tejon Street", "", "Denver", "CO", "80211", "720"]);
pub const NURSE: Holder = home(
    ["Mei-Ling Chao", "meiling.chao@mailbox.example"],
    ["2214 East Cherry Street", "", "Seattle", "WA", "98122", "206"],
);
pub const TEACHER: Holder =
    home(["Harold Pruitt", "harold.pruitt@mailbox.example"], ["4703 Duval Street", "", "Austin", "TX", "78751", "512"]);
pub const TOWERS: Holder = firm(
    "Bluebird Property Group, Inc.",
    ["Nora Lindqvist", "nora@bluebirdproperty.example"],
    ["1020 West Randolph Street", "Floor 4", "Chicago", "IL", "60607", "312"],
);
pub const LOFTS: Holder = firm(
    "Fulton Market Lofts, LLC",
    ["Owen Malik", "owen@fultonlofts.example"],
    ["845 West Fulton Market", "", "Chicago", "IL", "60607", "773"],
);
