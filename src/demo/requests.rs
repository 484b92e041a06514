//! The table of the demonstration's requests.

use super::{
    BILLING_LINE, CALL_CENTER, CLINIC, FIELD_OFFICES, FRONT_DESK, HARBOR_KIOSK, HELP_LINE, LONG_NAME, MAIN_OFFICE,
    OLD_FAX, PHARMACY, SALES_TEAM, SECOND_SITE, SHOWROOM, WAITING_ROOMS, WAREHOUSE,
    cast::{
        BAKERY, BIKES, BREWERY, CAFE, CLIMBING, DENTAL, DESIGN, FAMILY, FREIGHT, GARDENS, Holder, LEGAL, LOFTS, MARINE,
        MUSEUM, MUSIC, NURSE, OPTICS, REALTY, ROOFING, SOLAR, SUPPORT, TEACHER, TOWERS, TRAVEL, VETS, WRITER,
    },
    sketch::{
        Asker::{self, Colleague, Manager, Other, Owner, Visitor},
        Fate::{
            self, Canceled, Completed, CompletedAgain, Draft, Expired, GivenUp, InReview, JustSent, Mistaken, OnPaper,
            PartlyMoved, Refused, Rescheduled, Returned, Scheduled, SentAgain, SignedHere, Submitted, SubmittedAgain,
            Unconfirmed, Unsigned, WindowOver,
        },
        Office::{self, Austin, Chicago, Denver, NewYork, Seattle},
        Sketch,
    },
};
use crate::domain::draft::Step;

/// Name; office; who asks; losing carrier; account holder; landline, wireless and toll-free numbers; business days ago; fate.
type Row = (&'static str, Office, Asker, &'static str, &'static Holder, [usize; 3], usize, Fate);

const ATT: &str = "AT&T";
const VERIZON: &str = "Verizon";
const TMOBILE: &str = "T-Mobile";
const COMCAST: &str = "Comcast Business";
const SPECTRUM: &str = "Spectrum Enterprise";
const LUMEN: &str = "Lumen";

const RECORD: &str = "The carrier is comparing the request with its customer service record.";
const QUEUE: &str = "The carrier has the request in its queue and answers within 4 business days";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Being written
    (SECOND_SITE, NewYork, Owner, VERIZON, &TRAVEL, [4, 0, 0], 2, Draft(Step::Contact)),
    ("Studio line", Austin, Owner, ATT, &MUSIC, [1, 0, 0], 1, Draft(Step::Terms)),
    ("Repair shop", Denver, Manager, LUMEN, &BIKES, [3, 0, 0], 4, Draft(Step::Bill)),
    ("Night line", NewYork, Manager, SPECTRUM, &DENTAL, [1, 0, 0], 3, Draft(Step::Numbers)),
    ("Home number", Seattle, Colleague, TMOBILE, &NURSE, [0, 1, 0], 1, Draft(Step::Check)),
    ("Seasonal lines", Austin, Owner, ATT, &GARDENS, [2, 1, 0], 6, Draft(Step::Bill)),
    // In Review
    (CALL_CENTER, Austin, Owner, LUMEN, &SUPPORT, [120, 0, 0], 1, InReview),
    (LONG_NAME, NewYork, Owner, VERIZON, &CAFE, [2, 1, 0], 1, InReview),
    (WAREHOUSE, Austin, Owner, ATT, &FREIGHT, [6, 0, 0], 6, SentAgain("business-name-mismatch")),
    ("Reception and fax", NewYork, Manager, SPECTRUM, &LEGAL, [3, 0, 0], 0, JustSent(25)),
    ("Delivery vans", Seattle, Colleague, TMOBILE, &BREWERY, [0, 5, 0], 0, JustSent(70)),
    ("Family mobiles", NewYork, Owner, TMOBILE, &FAMILY, [0, 3, 0], 0, JustSent(140)),
    ("Gym front door", Seattle, Owner, COMCAST, &CLIMBING, [2, 0, 0], 2, InReview),
    ("Exam rooms", Denver, Manager, COMCAST, &VETS, [8, 0, 0], 2, InReview),
    ("Job site phones", Denver, Owner, VERIZON, &ROOFING, [1, 4, 0], 7, SentAgain("account-number-mismatch")),
    ("Ticket office", Austin, Owner, ATT, &MUSEUM, [4, 0, 1], 3, InReview),
    // With the losing carrier
    (SALES_TEAM, Austin, Owner, VERIZON, &SOLAR, [0, 8, 0], 3, Submitted(RECORD)),
    ("Branch lines", NewYork, Owner, SPECTRUM, &REALTY, [5, 0, 0], 4, Submitted(QUEUE)),
    ("Order desk", Seattle, Owner, LUMEN, &MARINE, [6, 0, 0], 3, Submitted("")),
    ("Bakery counter", NewYork, Manager, VERIZON, &BAKERY, [2, 0, 0], 4, Submitted(RECORD)),
    ("Design studio", Seattle, Colleague, COMCAST, &DESIGN, [3, 1, 0], 5, Submitted(QUEUE)),
    ("Lesson booking", Austin, Owner, ATT, &MUSIC, [1, 0, 1], 2, Submitted("")),
    ("Private line", Austin, Owner, TMOBILE, &TEACHER, [0, 1, 0], 3, Submitted("")),
    ("Optics back office", Denver, Owner, LUMEN, &OPTICS, [4, 0, 0], 12, SubmittedAgain("service-address-mismatch")),
    // With a firm order commitment
    (MAIN_OFFICE, NewYork, Owner, VERIZON, &DENTAL, [10, 0, 0], 7, Scheduled(3)),
    ("Partner phones", NewYork, Owner, ATT, &LEGAL, [0, 6, 0], 6, Scheduled(1)),
    ("Boat yard", Seattle, Owner, COMCAST, &MARINE, [3, 0, 0], 8, Scheduled(5)),
    ("Taproom", Seattle, Colleague, LUMEN, &BREWERY, [2, 0, 0], 9, Rescheduled(4)),
    ("Install crews", Austin, Owner, TMOBILE, &SOLAR, [0, 7, 0], 7, Scheduled(2)),
    ("Bike rental", Denver, Manager, COMCAST, &BIKES, [2, 2, 0], 8, Scheduled(6)),
    ("Writer's number", Denver, Owner, VERIZON, &WRITER, [1, 0, 0], 9, WindowOver),
    ("Dispatch", Austin, Owner, ATT, &FREIGHT, [9, 0, 1], 10, Rescheduled(2)),
    // Partly moved
    (SHOWROOM, Denver, Owner, LUMEN, &OPTICS, [6, 0, 0], 14, PartlyMoved),
    ("Kitchen and office", NewYork, Owner, SPECTRUM, &BAKERY, [3, 2, 0], 12, PartlyMoved),
    ("Agents", NewYork, Owner, ATT, &REALTY, [0, 9, 0], 13, PartlyMoved),
    // Rejected
    (FRONT_DESK, NewYork, Owner, VERIZON, &TRAVEL, [1, 2, 0], 8, Refused("pin-invalid", "NTP expired or incorrect")),
    (CLINIC, Denver, Manager, COMCAST, &VETS, [3, 0, 0], 5, Returned("service-address-mismatch")),
    ("Gift shop", Austin, Owner, ATT, &MUSEUM, [2, 0, 0], 9, Refused("account-number-mismatch", "Acct # not found")),
    ("Greenhouse", Austin, Owner, LUMEN, &GARDENS, [2, 0, 0], 4, Returned("bill-too-old")),
    ("Loading dock", Seattle, Colleague, COMCAST, &MARINE, [2, 0, 0], 11, Refused("business-name-mismatch", "Name mismatch on CSR")),
    ("Grandmother's line", Seattle, Owner, VERIZON, &NURSE, [1, 0, 0], 10, Refused("pending-order", "Pending order in progress")),
    // Completed
    (HELP_LINE, NewYork, Owner, ATT, &SUPPORT, [0, 0, 4], 30, Completed),
    ("Corner office", NewYork, Owner, VERIZON, &LEGAL, [2, 0, 0], 49, Completed),
    ("Hygienists", NewYork, Manager, SPECTRUM, &DENTAL, [5, 0, 0], 47, Completed),
    ("Wholesale orders", NewYork, Owner, VERIZON, &BAKERY, [1, 0, 1], 45, CompletedAgain("postal-code-mismatch")),
    ("Walking tours", NewYork, Manager, TMOBILE, &TRAVEL, [0, 4, 0], 43, Completed),
    ("Espresso cart", NewYork, Owner, TMOBILE, &CAFE, [0, 1, 0], 41, Completed),
    ("Frame lab", Denver, Manager, LUMEN, &OPTICS, [2, 0, 0], 40, Completed),
    ("Trail hotline", Denver, Owner, COMCAST, &BIKES, [1, 0, 0], 38, Completed),
    ("Estimators", Denver, Owner, VERIZON, &ROOFING, [0, 5, 0], 36, CompletedAgain("pin-invalid")),
    ("Emergency vet", Denver, Manager, COMCAST, &VETS, [2, 0, 0], 34, Completed),
    ("Chandlery", Seattle, Owner, LUMEN, &MARINE, [3, 0, 0], 33, Completed),
    ("Brewhouse floor", Seattle, Colleague, COMCAST, &BREWERY, [4, 0, 0], 31, Completed),
    ("Route setters", Seattle, Owner, TMOBILE, &CLIMBING, [0, 3, 0], 28, Completed),
    ("Practice rooms", Austin, Owner, ATT, &MUSIC, [3, 0, 0], 26, Completed),
    ("Roof surveys", Austin, Owner, VERIZON, &SOLAR, [0, 2, 0], 24, CompletedAgain("account-number-mismatch")),
    ("Night dispatch", Austin, Owner, ATT, &FREIGHT, [12, 0, 0], 22, Completed),
    ("Membership line", Austin, Owner, LUMEN, &MUSEUM, [1, 0, 1], 19, Completed),
    ("Open house hotline", NewYork, Owner, SPECTRUM, &REALTY, [2, 0, 0], 17, Completed),
    // Canceled
    (OLD_FAX, NewYork, Owner, VERIZON, &LEGAL, [2, 0, 0], 20, Canceled("I no longer need these numbers")),
    ("Pop-up store", Seattle, Colleague, TMOBILE, &DESIGN, [0, 2, 0], 27, Canceled("")),
    ("Tutoring", Austin, Owner, TMOBILE, &TEACHER, [0, 1, 0], 35, GivenUp("pin-invalid", "I stay with my carrier")),
    ("Second opinion", Denver, Manager, COMCAST, &OPTICS, [1, 0, 0], 15, Canceled("I sent it twice")),
    // The second account, which the first one never sees
    ("Leasing office", Chicago, Other, ATT, &TOWERS, [5, 0, 0], 1, InReview),
    ("Doormen", Chicago, Other, TMOBILE, &LOFTS, [0, 3, 0], 6, Scheduled(3)),
    ("Resident line", Chicago, Other, COMCAST, &TOWERS, [2, 0, 1], 25, Completed),
    // Letters that wait, and those that are not signed by a link
    (WAITING_ROOMS, Denver, Owner, COMCAST, &VETS, [4, 0, 0], 3, Unsigned),
    (BILLING_LINE, NewYork, Manager, SPECTRUM, &DENTAL, [2, 0, 0], 2, Mistaken("The suite number is 410, not 401.")),
    (HARBOR_KIOSK, Seattle, Owner, LUMEN, &MARINE, [1, 0, 0], 13, Expired),
    (FIELD_OFFICES, Austin, Owner, VERIZON, &SOLAR, [3, 0, 0], 1, SignedHere),
    (PHARMACY, NewYork, Owner, ATT, &LEGAL, [2, 0, 0], 1, OnPaper),
    // Through the manual form; they have no name, so the first column only tells them apart
    ("Manual: just sent", Denver, Visitor, COMCAST, &ROOFING, [1, 0, 0], 0, Unconfirmed(12)),
    ("Manual: confirmed", Austin, Visitor, ATT, &GARDENS, [2, 0, 0], 0, JustSent(50)),
    ("Manual: at the carrier", Seattle, Visitor, VERIZON, &CLIMBING, [0, 2, 0], 4, Submitted(RECORD)),
    ("Manual: with a date", NewYork, Visitor, SPECTRUM, &BAKERY, [3, 0, 0], 8, Scheduled(4)),
    ("Manual: rejected", Denver, Visitor, LUMEN, &BIKES, [1, 1, 0], 5, Returned("account-number-mismatch")),
    ("Manual: completed", Austin, Visitor, TMOBILE, &MUSEUM, [0, 1, 0], 21, Completed),
];

/// Every request, in the order of the table.
pub fn all() -> Vec<Sketch> {
    ROWS.iter().enumerate().map(|(index, row)| sketch(index, *row)).collect()
}

fn sketch(index: usize, (name, office, asker, carrier, holder, lines, ago, fate): Row) -> Sketch {
    let [landline, wireless, toll_free] = lines;
    Sketch { index, name, office, asker, carrier, holder, landline, wireless, toll_free, ago, fate }
}
