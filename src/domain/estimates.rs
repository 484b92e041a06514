//! How long things take, from the trade's experience: what pages and letters quote, and nobody promises.

/// From how many numbers on a move is a large one.
pub const LARGE_MOVE: u32 = 50;
/// How long a smaller move takes from complete papers to the new carrier.
pub const SMALL_MOVE_TIME: &str = "2 to 4 weeks";
/// How long a large move takes, or one that is complicated.
pub const LARGE_MOVE_TIME: &str = "6 to 8 weeks";
/// How long texts may lag behind calls after a move.
pub const TEXTS_LAG: &str = "3 days";
/// How long a number takes to leave for another carrier.
pub const LEAVING_TIME: &str = "4 to 6 weeks";
