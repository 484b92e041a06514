//! Where things of one name stand: a page asks for thousands of fields, and none of them may cost a look at all.

use std::collections::HashMap;

/// Places by name, in their order.
#[derive(Clone, Default)]
pub struct ByName(HashMap<String, Vec<usize>>);

impl ByName {
    /// Notes where each of these names stands.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, name) in names.enumerate() {
            places.entry(name.to_owned()).or_default().push(at);
        }
        Self(places)
    }

    /// Whether there is anything of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What stands under this name among those that it was made of.
    pub fn find<'a, T>(&'a self, all: &'a [T], name: &str) -> impl Iterator<Item = &'a T> + Clone + use<'a, T> {
        self.0.get(name).into_iter().flatten().filter_map(|at| all.get(*at))
    }
}
