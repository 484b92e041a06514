//! The LOA id: how people name a letter of authorization. It is a reference, never a key.

use super::reference::reference;

reference! {
    /// `LOA-` and ten Crockford base-32 characters in two groups, like `LOA-7Q4M2-XKD9B` (decision P6).
    LoaId, "LOA"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Option<&str>) {
        assert_eq!(LoaId::parse(typed).as_ref().map(LoaId::as_str), expected);
    }

    #[test]
    fn reads_ids_as_people_type_them() {
        check("LOA-7Q4M2-XKD9B", Some("LOA-7Q4M2-XKD9B"));
        check(" loa 7q4m2 xkd9b", Some("LOA-7Q4M2-XKD9B"));
        check("7q4m2xkdlb", Some("LOA-7Q4M2-XKD1B"));
        check("PR-7Q4M2-XKD9B", None);
        check("LOA-7Q4M2-XKD9", None);
        check("", None);
    }

    #[test]
    fn random_bytes_give_ids_that_are_read_back() {
        let id = LoaId::from_random([0, 31, 32, 63, 255, 7, 8, 9, 10, 11]);
        assert_eq!(LoaId::parse(id.as_str()), Some(id));
    }
}
