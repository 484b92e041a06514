//! What every service needs to know about this installation.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    config::{Brand, Config},
    domain::{
        area_codes::{AreaCodes, Countries},
        business_days::Holidays,
        draft::Rules,
        phone_number::NumberRules,
        time_zone::TimeZone,
    },
    letter::{LetterError, NewProvider, Press, RespOrg},
    vault::Vault,
};

/// The accent colour unless the brand sets its own.
const ACCENT: &str = "#0B5A6F";
/// How old a bill may be on the day of sending, in days (Seed A: 90).
const BILL_MAX_AGE_DAYS: i64 = 90;
/// From how many days on a bill is warned about (many losing carriers want 30).
const BILL_WARN_AGE_DAYS: i64 = 30;
/// How many business days ahead a preferred date has to be.
const MIN_BUSINESS_DAYS: u32 = 5;

/// The settings and keys that services use.
#[derive(Debug, Clone)]
pub struct House {
    pub brand: Brand,
    /// Colour of the buttons in letters; white is readable on it.
    pub accent: String,
    pub base_url: String,
    /// Who takes over toll-free numbers.
    pub resp_org: Option<RespOrg>,
    provider: NewProvider,
    /// Sets letters of authorization, and knows what they can print.
    pub press: Arc<Press>,
    pub vault: Vault,
    pub countries: Countries,
    pub max_numbers: usize,
    /// Whether manual requests come before the desk at once, marked as not confirmed.
    pub takes_unconfirmed: bool,
    pub desk_zone: TimeZone,
    pub erase_secrets_days: i64,
    pub password_memory_kib: u32,
    area_codes: Arc<RwLock<&'static AreaCodes>>,
}

impl House {
    /// Takes what services need out of the settings.
    ///
    /// # Errors
    /// [`LetterError`] if the folder of more fonts cannot be used.
    pub fn new(config: &Config, vault: Vault) -> Result<Self, LetterError> {
        Ok(Self {
            accent: config.brand.accent.map_or_else(|| ACCENT.to_owned(), |accent| accent.to_string()),
            brand: config.brand.clone(),
            base_url: config.base_url.clone(),
            resp_org: config.resp_org.clone(),
            provider: config.provider.clone(),
            press: Arc::new(Press::new(config.fonts_dir.as_deref())?),
            vault,
            countries: Countries { canada: config.canada },
            max_numbers: config.max_numbers,
            takes_unconfirmed: config.takes_unconfirmed,
            desk_zone: TimeZone::parse(config.desk_time_zone.name()).unwrap_or_default(),
            erase_secrets_days: config.erase_secrets_days,
            password_memory_kib: config.password_memory_kib,
            area_codes: Arc::new(RwLock::new(AreaCodes::built_in())),
        })
    }

    /// Whom letters of authorization name as the new provider and agent.
    pub fn provider(&self) -> NewProvider {
        self.provider.clone()
    }

    /// The rules for answers on a day.
    pub fn rules(&self, today: NaiveDate) -> Rules<'_> {
        Rules {
            numbers: self.number_rules(),
            today,
            holidays: Holidays::built_in(),
            canadian_holidays: Holidays::canadian(),
            max_numbers: self.max_numbers,
            toll_free: self.resp_org.is_some(),
            bill_max_age_days: BILL_MAX_AGE_DAYS,
            bill_warn_age_days: BILL_WARN_AGE_DAYS,
            min_business_days: MIN_BUSINESS_DAYS,
        }
    }

    /// The rules for numbers alone.
    pub fn number_rules(&self) -> NumberRules<'_> {
        NumberRules { area_codes: self.area_codes(), countries: self.countries, support: &self.brand.support_email }
    }

    /// The area codes in use: those of the built-in table and those that admins added, as this process last read them.
    pub fn area_codes(&self) -> &'static AreaCodes {
        *self.area_codes.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the area codes as they are now.
    ///
    /// A table is never freed, so that readers borrow it without holding a lock. It takes a few kilobytes, and a new one
    /// is made only when an admin has changed it.
    pub fn learn_area_codes(&self, now: AreaCodes) {
        let mut known = self.area_codes.write().unwrap_or_else(PoisonError::into_inner);
        if **known != now {
            *known = Box::leak(Box::new(now));
        }
    }

    /// The rules as they are in a location at a moment: "today" is the day on its calendar.
    pub fn rules_in(&self, zone: &str, now: NaiveDateTime) -> Rules<'_> {
        self.rules(self.zone(zone).date(now))
    }

    /// The zone of a location or person; the desk's for a name that is not known any more.
    pub fn zone(&self, name: &str) -> TimeZone {
        TimeZone::parse(name).unwrap_or(self.desk_zone)
    }
}
