//! A signature as it was drawn: coordinates only, which we turn into lines ourselves.

use std::fmt::{self, Write as _};

/// Most points of a drawing.
const MAX_POINTS: usize = 5_000;
/// The drawing field, in units of its own.
const WIDTH: u16 = 1_200;
const HEIGHT: u16 = 400;
/// A drawing that stays within this many units is a slip of the finger.
const SMALLEST: u16 = 20;

/// The strokes of a drawn signature, each from where the pen went down to where it went up, in a field of 1200 by 400.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strokes(Vec<Vec<(u16, u16)>>);

/// Why a drawing was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StrokesError {
    #[error("Draw your signature")]
    Missing,
    #[error("The drawing is too small to be a signature. Clear it and draw again")]
    TooSmall,
    #[error("The drawing has too many lines. Clear it and draw again")]
    TooMany,
    #[error("The drawing did not arrive whole. Draw it again, or type your name instead")]
    NotRead,
}

impl Strokes {
    /// Reads points as a form sends them and as they are stored: `12,40 13,41;50,60`, strokes parted by semicolons.
    ///
    /// # Errors
    /// [`StrokesError`] if there is nothing, too little, too much, or something that is no point of the field.
    pub fn parse(text: &str) -> Result<Self, StrokesError> {
        let mut count = 0;
        let mut strokes = Vec::new();
        for stroke in text.trim().split(';').filter(|stroke| !stroke.trim().is_empty()) {
            let mut points = Vec::new();
            for point in stroke.split_ascii_whitespace() {
                count += 1;
                if MAX_POINTS < count {
                    return Err(StrokesError::TooMany);
                }
                points.push(parse_point(point).ok_or(StrokesError::NotRead)?);
            }
            strokes.push(points);
        }
        let strokes = Self(strokes);
        match strokes.extent() {
            None => Err(StrokesError::Missing),
            Some((width, height)) if width < SMALLEST && height < SMALLEST => Err(StrokesError::TooSmall),
            Some(_) => Ok(strokes),
        }
    }

    /// The drawing as an image of lines.
    pub(super) fn svg(&self) -> String {
        let mut path = String::new();
        for stroke in &self.0 {
            for (index, (x, y)) in stroke.iter().enumerate() {
                let command = if index == 0 { 'M' } else { 'L' };
                write(&mut path, format_args!("{command}{x} {y}"));
            }
            // A dot on an i: a line of nearly no length, which its round ends make visible.
            if let [(x, y)] = stroke.as_slice() {
                write(&mut path, format_args!("L{x}.1 {y}"));
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -8 {} {}\"><path d=\"{path}\" fill=\"none\" \
             stroke=\"black\" stroke-width=\"9\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>",
            WIDTH + 16,
            HEIGHT + 16
        )
    }

    /// Width and height of what was drawn; none without a point.
    fn extent(&self) -> Option<(u16, u16)> {
        let points = || self.0.iter().flatten();
        let reach = |axis: fn(&(u16, u16)) -> u16| {
            let values = points().map(axis);
            values.clone().min().zip(values.max()).map(|(low, high)| high - low)
        };
        reach(|point| point.0).zip(reach(|point| point.1))
    }
}

impl fmt::Display for Strokes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, stroke) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ";" })?;
            for (index, (x, y)) in stroke.iter().enumerate() {
                write!(f, "{}{x},{y}", if index == 0 { "" } else { " " })?;
            }
        }
        Ok(())
    }
}

fn write(path: &mut String, piece: fmt::Arguments<'_>) {
    path.write_fmt(piece).expect("a String takes everything");
}

fn parse_point(text: &str) -> Option<(u16, u16)> {
    let (x, y) = text.split_once(',')?;
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u16>().ok())?;
    let (x, y) = (number(x)?, number(y)?);
    (x <= WIDTH && y <= HEIGHT).then_some((x, y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sent: &str, read: Result<&str, StrokesError>) {
        let told = Strokes::parse(sent).map(|strokes| strokes.to_string());
        assert_eq!(told.as_deref(), read.as_ref().map(|text| *text), "{sent:?}");
    }

    #[test]
    fn points_of_the_field_are_taken_and_nothing_else() {
        check("10,10 400,200;30,30", Ok("10,10 400,200;30,30"));
        check("; 0,0  1200,400 ;;", Ok("0,0 1200,400"));
        check("", Err(StrokesError::Missing));
        check(";;", Err(StrokesError::Missing));
        check("10,10 12,12", Err(StrokesError::TooSmall));
        check("10,10 1201,10", Err(StrokesError::NotRead));
        check("10,10 +40,10", Err(StrokesError::NotRead));
        check("10,10 40,1e1", Err(StrokesError::NotRead));
        check("10,10 <script>,4", Err(StrokesError::NotRead));
    }

    #[test]
    fn a_drawing_has_an_end() {
        let points =
            |count: usize| (0..count).map(|at| format!("{},{}", at % 1_200, at % 400)).collect::<Vec<_>>().join(" ");
        assert!(Strokes::parse(&points(MAX_POINTS)).is_ok());
        check(&points(MAX_POINTS + 1), Err(StrokesError::TooMany));
    }

    #[test]
    fn a_drawing_is_lines_and_dots() {
        let svg = Strokes::parse("10,10 400,200;30,30").unwrap().svg();
        assert!(svg.contains("d=\"M10 10L400 200M30 30L30.1 30\""), "{svg}");
    }
}
