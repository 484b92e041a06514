//! Why a file is not taken: each sentence names the file and says what to do about it.

use super::{Door, FileName, FileSize};

/// A file that was refused. Its `Display` is what the sender reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The first bytes are of no format that the door takes.
    #[error("\"{name}\" must be a {}", door.format_names())]
    WrongFormat {
        /// The file.
        name: FileName,
        /// The door it came to.
        door: Door,
    },
    /// More bytes than the door takes.
    #[error("\"{name}\" is {}. It must be {limit} or smaller", if *at_least { format!("more than {}", size.at_least()) } else { size.to_string() })]
    TooLarge {
        /// The file.
        name: FileName,
        /// The bytes that were counted.
        size: FileSize,
        /// The bytes that are taken.
        limit: FileSize,
        /// Counting ended before the file did.
        at_least: bool,
    },
    /// No bytes at all.
    #[error("\"{0}\" is empty")]
    Empty(FileName),
    /// A PDF that the empty password does not open.
    #[error("\"{0}\" needs a password to open. Save it without one and try again")]
    Locked(FileName),
    /// A PDF without a page that can be reached.
    #[error("\"{0}\" is damaged and cannot be opened. Save it as a PDF again, or scan it again")]
    DamagedPdf(FileName),
    /// A picture whose header or data cannot be read.
    #[error("\"{0}\" is damaged and cannot be opened. Save the picture again, or take a new one")]
    DamagedPicture(FileName),
    /// A picture of more pixels than a screen can be asked to show.
    #[error("\"{name}\" has too many pixels. Save it with {megapixels} megapixels or fewer and try again")]
    TooManyPixels {
        /// The file.
        name: FileName,
        /// The most that is taken, in millions of pixels.
        megapixels: u64,
    },
    /// More pages than anybody can check.
    #[error("\"{name}\" has more than {max} pages. Leave out the pages that do not show your numbers and try again")]
    TooManyPages {
        /// The file.
        name: FileName,
        /// The most that is taken.
        max: usize,
    },
    /// A picture that moves.
    #[error("\"{0}\" is an animation. Save it as a still picture and try again")]
    Animation(FileName),
    /// Opening it takes more time or memory than one file may have.
    #[error("\"{0}\" is too complex to open. Print or save it as a simpler file and try again")]
    TooComplex(FileName),
    /// A client sent more files than strangers may.
    #[error("\"{name}\" was not taken: many files came from your network just now. Send it again in {wait}")]
    TooOften {
        /// The file.
        name: FileName,
        /// How long to wait, "5 minutes".
        wait: String,
    },
    /// Something on our side failed.
    #[error("\"{0}\" could not be uploaded. Try again")]
    NotUploaded(FileName),
    /// Files beyond those that are named.
    #[error("and {count} more file{} not kept: choose {} again, up to {max} at a time", if *count == 1 { " was" } else { "s were" }, if *count == 1 { "it" } else { "them" })]
    More {
        /// How many they are.
        count: usize,
        /// The most that is taken at a time.
        max: usize,
    },
    /// The request holds as many files as it may.
    #[error("You can add up to {max} files")]
    TooManyFiles {
        /// The most that is taken.
        max: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(refusal: &Refusal, sentence: &str) {
        assert_eq!(refusal.to_string(), sentence);
    }

    fn name(text: &str) -> FileName {
        FileName::clean(text)
    }

    #[test]
    fn sentences_name_the_file_and_the_way_out() {
        check(
            &Refusal::WrongFormat { name: name("bill.docx"), door: Door::IN_APP },
            "\"bill.docx\" must be a PDF, JPG, PNG, HEIC, WebP, TIFF or GIF",
        );
        check(&Refusal::WrongFormat { name: name("bill.png"), door: Door::MANUAL }, "\"bill.png\" must be a PDF");
        check(&Refusal::Empty(name("x.pdf")), "\"x.pdf\" is empty");
        check(&Refusal::Locked(name("x.pdf")), "\"x.pdf\" needs a password to open. Save it without one and try again");
        check(&Refusal::NotUploaded(name("x.pdf")), "\"x.pdf\" could not be uploaded. Try again");
        check(&Refusal::TooManyFiles { max: 10 }, "You can add up to 10 files");
        check(
            &Refusal::More { count: 14, max: 10 },
            "and 14 more files were not kept: choose them again, up to 10 at a time",
        );
        check(
            &Refusal::More { count: 1, max: 10 },
            "and 1 more file was not kept: choose it again, up to 10 at a time",
        );
    }

    #[test]
    fn too_large_says_how_large() {
        let refusal = |size: u64, at_least: bool| Refusal::TooLarge {
            name: name("scan.pdf"),
            size: FileSize(size),
            limit: FileSize(Door::IN_APP.max_bytes),
            at_least,
        };
        check(&refusal(14_889_779, false), "\"scan.pdf\" is 14.2 MB. It must be 10 MB or smaller");
        check(&refusal(20 * 1024 * 1024, true), "\"scan.pdf\" is more than 20 MB. It must be 10 MB or smaller");
    }
}
