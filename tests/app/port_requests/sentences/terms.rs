//! Every sentence of the terms.

use super::{Row, check_errors};
use crate::port_requests::walk::TERMS;

const ERRORS: &[Row] = &[
    (&[("rates", "-")], "rates", "Tick the box to confirm you accept the porting rates"),
    (&[("keep_active", "-")], "keep_active", "Tick the box to confirm you will keep the numbers active"),
    (&[("texts", "-")], "texts", "Tick the box to confirm you understand texts may not work for up to 3 days"),
    (&[("termination", "-")], "termination", "Tick the box to confirm you understand there may be a termination fee"),
];

#[test]
fn every_error_stands_at_its_field_and_stops_the_page() {
    check_errors("terms", TERMS, ERRORS);
}
