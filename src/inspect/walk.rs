//! Walking the blocks of picture files: counting frames and pages, and seeing that there is something to show.
//!
//! Every walk reads headers only, skips the rest, and takes at most one step per few bytes of the file.

use std::{
    collections::HashSet,
    io::{self, Read, Seek, SeekFrom},
};

use super::protocol::Flaw;

/// Blocks that one file may have. A progressive JPEG or a chunked PNG of 10 MB has some thousands.
const MAX_BLOCKS: usize = 100_000;

/// Whether a scan with some data follows the headers (ITU-T T.81, Annex B).
pub(super) fn jpeg(file: &mut (impl Read + Seek)) -> Result<(), Flaw> {
    skip(file, 2)?;
    for _ in 0..MAX_BLOCKS {
        let mut marker = byte(file)?;
        if marker != 0xFF {
            return Err(Flaw::Damaged);
        }
        while marker == 0xFF {
            marker = byte(file)?;
        }
        match marker {
            // End of image before any scan.
            0xD9 => return Err(Flaw::Damaged),
            // Markers without a length.
            0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let length = i64::from(u16::from_be_bytes(bytes(file)?)) - 2;
        skip(file, u64::try_from(length).ok().ok_or(Flaw::Damaged)?)?;
        if marker == 0xDA {
            let [first, second] = bytes(file)?;
            return if (first, second) == (0xFF, 0xD9) { Err(Flaw::Damaged) } else { Ok(()) };
        }
    }
    Err(Flaw::TooComplex)
}

/// Frames of a PNG: 1 unless it is animated. Refuses one without picture data (PNG 3rd edition, 5 and 11.3.6).
pub(super) fn png(file: &mut (impl Read + Seek)) -> Result<usize, Flaw> {
    let mut frames = 1;
    skip(file, 8)?;
    for _ in 0..MAX_BLOCKS {
        let length = u32::from_be_bytes(bytes(file)?);
        match &bytes::<4>(file)? {
            b"IDAT" if length == 0 => {}
            b"IDAT" => return Ok(frames),
            b"acTL" if 4 <= length => {
                frames = usize::try_from(u32::from_be_bytes(bytes(file)?)).ok().ok_or(Flaw::Animation)?;
                skip(file, u64::from(length))?;
                continue;
            }
            b"IEND" => return Err(Flaw::Damaged),
            _ => {}
        }
        skip(file, u64::from(length) + 4)?;
    }
    Err(Flaw::TooComplex)
}

/// Frames of a GIF, counted up to one more than `most` (`GIF89a` specification, 17 to 27).
pub(super) fn gif(file: &mut (impl Read + Seek), most: usize) -> Result<usize, Flaw> {
    skip(file, 10)?;
    let flags = byte(file)?;
    skip(file, 2 + color_table_bytes(flags))?;
    let mut frames = 0;
    for _ in 0..MAX_BLOCKS {
        match byte(file) {
            Ok(0x21) => {
                byte(file)?;
                skip_sub_blocks(file)?;
            }
            Ok(0x2C) => {
                frames += 1;
                skip(file, 8)?;
                let flags = byte(file)?;
                skip(file, color_table_bytes(flags) + 1)?;
                skip_sub_blocks(file)?;
            }
            // The trailer, or junk and truncation that viewers forgive behind a whole frame.
            _ => return if frames == 0 { Err(Flaw::Damaged) } else { Ok(frames) },
        }
        if most < frames {
            return Ok(frames);
        }
    }
    Err(Flaw::TooComplex)
}

fn color_table_bytes(flags: u8) -> u64 {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn skip_sub_blocks(file: &mut (impl Read + Seek)) -> Result<(), Flaw> {
    loop {
        match byte(file)? {
            0 => return Ok(()),
            length => skip(file, u64::from(length))?,
        }
    }
}

/// Frames of a WebP, counted up to one more than `most` (RFC 9649, 2.7).
pub(super) fn webp(file: &mut (impl Read + Seek), most: usize) -> Result<usize, Flaw> {
    let mut frames = 0;
    skip(file, 12)?;
    for _ in 0..MAX_BLOCKS {
        let Ok(kind) = bytes::<4>(file) else { break };
        let Ok(length) = bytes(file).map(u32::from_le_bytes) else { break };
        if [b"VP8 ", b"VP8L", b"ANMF"].contains(&&kind) {
            frames += 1;
        }
        if most < frames {
            break;
        }
        skip(file, u64::from(length) + u64::from(length % 2))?;
    }
    if frames == 0 { Err(Flaw::Damaged) } else { Ok(frames) }
}

/// Pages of a TIFF or `BigTIFF`. Refuses more than `most`, and a list of pages that runs in a circle (TIFF 6.0, 2).
pub(super) fn tiff(file: &mut (impl Read + Seek), most: usize) -> Result<usize, Flaw> {
    let order = bytes::<2>(file)?;
    let number = Numbers { little: &order == b"II" };
    let big = number.two(file)? == 43;
    if big {
        skip(file, 4)?;
    }
    let mut at = if big { number.eight(file)? } else { number.four(file)? };
    let mut seen = HashSet::new();
    while at != 0 {
        if !seen.insert(at) {
            return Err(Flaw::Damaged);
        }
        if most < seen.len() {
            return Err(Flaw::TooManyPages);
        }
        file.seek(SeekFrom::Start(at)).map_err(damaged)?;
        let (entries, entry_bytes) = if big { (number.eight(file)?, 20) } else { (number.two(file)?, 12) };
        skip(file, entries.checked_mul(entry_bytes).ok_or(Flaw::Damaged)?)?;
        at = if big { number.eight(file)? } else { number.four(file)? };
    }
    if seen.is_empty() { Err(Flaw::Damaged) } else { Ok(seen.len()) }
}

/// Whether a box with the pictures' description follows the brands (ISO/IEC 14496-12, 4.2).
pub(super) fn heic(file: &mut (impl Read + Seek)) -> Result<(), Flaw> {
    for _ in 0..64 {
        let length = u64::from(u32::from_be_bytes(bytes(file)?));
        let kind = bytes::<4>(file)?;
        if [b"meta", b"moov"].contains(&&kind) {
            return Ok(());
        }
        let (length, header) = if length == 1 { (u64::from_be_bytes(bytes(file)?), 16) } else { (length, 8) };
        skip(file, length.checked_sub(header).ok_or(Flaw::Damaged)?)?;
    }
    Err(Flaw::Damaged)
}

/// Numbers of a TIFF, in the byte order that the file names first.
struct Numbers {
    little: bool,
}

impl Numbers {
    fn two(&self, file: &mut impl Read) -> Result<u64, Flaw> {
        let read = bytes(file)?;
        Ok(if self.little { u16::from_le_bytes(read) } else { u16::from_be_bytes(read) }.into())
    }

    fn four(&self, file: &mut impl Read) -> Result<u64, Flaw> {
        let read = bytes(file)?;
        Ok(if self.little { u32::from_le_bytes(read) } else { u32::from_be_bytes(read) }.into())
    }

    fn eight(&self, file: &mut impl Read) -> Result<u64, Flaw> {
        let read = bytes(file)?;
        Ok(if self.little { u64::from_le_bytes(read) } else { u64::from_be_bytes(read) })
    }
}

fn byte(file: &mut impl Read) -> Result<u8, Flaw> {
    let [read] = bytes(file)?;
    Ok(read)
}

fn bytes<const N: usize>(file: &mut impl Read) -> Result<[u8; N], Flaw> {
    let mut read = [0; N];
    file.read_exact(&mut read).map_err(damaged)?;
    Ok(read)
}

/// Moves on. Beyond the end of the file it is the next read that fails.
fn skip(file: &mut impl Seek, count: u64) -> Result<(), Flaw> {
    let count = i64::try_from(count).ok().ok_or(Flaw::Damaged)?;
    file.seek_relative(count).map_err(damaged)
}

fn damaged(_: io::Error) -> Flaw {
    Flaw::Damaged
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_jpeg_needs_a_scan() {
        let check = |bytes: &[u8]| jpeg(&mut Cursor::new(bytes));
        assert_eq!(check(b"\xFF\xD8\xFF\xD9"), Err(Flaw::Damaged));
        assert_eq!(check(b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xDA\x00\x02\xFF\xD9"), Err(Flaw::Damaged));
        assert_eq!(check(b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xDA\x00\x02\x12\x34"), Ok(()));
        assert_eq!(check(b"\xFF\xD8\xFF\xE0\x00\x00ab"), Err(Flaw::Damaged));
        assert_eq!(check(b"\xFF\xD8\xFF\xE0\xFF\xFFab"), Err(Flaw::Damaged));
    }

    #[test]
    fn a_png_needs_picture_data() {
        let check = |chunks: &[u8]| png(&mut Cursor::new([b"\x89PNG\r\n\x1A\n", chunks].concat()));
        assert_eq!(check(b"\0\0\0\0IEND\0\0\0\0"), Err(Flaw::Damaged));
        assert_eq!(check(b"\0\0\0\x01IDATx\0\0\0\0"), Ok(1));
        let animated = b"\0\0\0\x08acTL\0\0\x27\x10\0\0\0\0CCCC\0\0\0\x01IDATx\0\0\0\0";
        assert_eq!(check(animated), Ok(10_000));
    }

    #[test]
    fn a_heic_needs_its_description() {
        let check = |bytes: &[u8]| heic(&mut Cursor::new(bytes));
        assert_eq!(check(b"\0\0\0\x10ftypheic\0\0\0\0\0\0\0\x20meta"), Ok(()));
        assert_eq!(check(b"\0\0\0\x10ftypheic\0\0\0\0"), Err(Flaw::Damaged));
        assert_eq!(check(b"\0\0\0\x04ftypheic"), Err(Flaw::Damaged));
    }

    #[test]
    fn pages_of_a_tiff_are_counted_once() {
        let check = |bytes: &[u8]| tiff(&mut Cursor::new(bytes), 2);
        let page = |next: u8| [0, 0, next, 0, 0, 0];
        let file = |pages: &[[u8; 6]]| [b"II*\0\x08\0\0\0".to_vec(), pages.concat()].concat();
        assert_eq!(check(&file(&[page(0)])), Ok(1));
        assert_eq!(check(&file(&[page(14), page(0)])), Ok(2));
        assert_eq!(check(&file(&[page(8)])), Err(Flaw::Damaged));
        assert_eq!(check(&file(&[page(14), page(20), page(0)])), Err(Flaw::TooManyPages));
        assert_eq!(check(&file(&[])), Err(Flaw::Damaged));
        assert_eq!(check(b"II*\0\0\0\0\0"), Err(Flaw::Damaged));
    }
}
