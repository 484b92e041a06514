//! The Request SID: how people name a port request. It is a reference, never a key.

use super::reference::reference;

reference! {
    /// `PR-` and ten Crockford base-32 characters in two groups, like `PR-7Q4M2-XKD9B` (decision P6).
    RequestSid, "PR"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Option<&str>) {
        assert_eq!(RequestSid::parse(typed).as_ref().map(RequestSid::as_str), expected);
    }

    #[test]
    fn reads_sids_as_people_type_them() {
        check("PR-7Q4M2-XKD9B", Some("PR-7Q4M2-XKD9B"));
        check("pr 7q4m2 xkd9b", Some("PR-7Q4M2-XKD9B"));
        check("7q4m2xkd9b", Some("PR-7Q4M2-XKD9B"));
        check("PR-OQ4M2-XKDLB", Some("PR-0Q4M2-XKD1B"));
        check("PR12345678", Some("PR-PR123-45678"));
        check("PR-7Q4M2-XKD9", None);
        check("PR-7Q4M2-XKD9U", None);
        check("", None);
        check("Ünïcödé-text", None);
    }

    #[test]
    fn random_bytes_give_sids_that_are_read_back() {
        let sid = RequestSid::from_random([0, 31, 32, 63, 255, 7, 8, 9, 10, 11]);
        assert_eq!(RequestSid::parse(sid.as_str()), Some(sid));
    }
}
