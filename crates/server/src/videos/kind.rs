//! What a file is, by its first bytes; whatever its name says.

/// How many of a file's first bytes tell what it is: Matroska's name stands within 256.
pub const ENOUGH: usize = 512;

/// The films that phones make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// MP4 and its older brother, QuickTime.
    Mp4,
    /// Matroska and WebM.
    Matroska,
}

impl Kind {
    /// What the beginning of a file says; nothing for what is no film.
    pub fn of(head: &[u8]) -> Option<Self> {
        match infer::get(head).map(|kind| kind.mime_type()) {
            Some("video/mp4" | "video/x-m4v" | "video/quicktime") => Some(Self::Mp4),
            Some("video/webm" | "video/x-matroska") => Some(Self::Matroska),
            // Brands of phones that have no name there.
            _ => Self::by_box(head),
        }
    }

    /// The name of ffmpeg's reader: told, so that a list of other files in a film's clothes is not read as one.
    pub fn reader(self) -> &'static str {
        match self {
            Self::Mp4 => "mov",
            Self::Matroska => "matroska",
        }
    }

    fn by_box(head: &[u8]) -> Option<Self> {
        let name = head.get(4..8)?;
        let brand = head.get(8..12)?;
        // Pictures of phones come in the same boxes.
        let is_picture = [*b"heic", *b"heix", *b"mif1", *b"msf1", *b"avif"]
            .iter()
            .any(|picture| picture == brand);
        (name == b"ftyp" && !is_picture).then_some(Self::Mp4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(brand: &[u8; 4]) -> Vec<u8> {
        let mut head = vec![0, 0, 0, 24];
        head.extend(b"ftyp");
        head.extend(brand);
        head.resize(ENOUGH, 0);
        head
    }

    #[test]
    fn films_of_phones_are_known_by_their_content() {
        for brand in [b"isom", b"mp42", b"qt  ", b"avc1", b"3gp4", b"iso6"] {
            assert_eq!(Kind::of(&boxed(brand)), Some(Kind::Mp4), "{brand:?}");
        }
        let mut webm = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm".to_vec();
        webm.resize(ENOUGH, 0);
        assert_eq!(Kind::of(&webm), Some(Kind::Matroska));
    }

    #[test]
    fn what_is_no_film_is_none_whatever_it_is_called() {
        let list = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".to_vec();
        let page = b"<!doctype html><script>alert(1)</script>".to_vec();
        let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec();
        for lie in [
            list,
            page,
            jpeg,
            boxed(b"heic"),
            boxed(b"avif"),
            vec![0; 64],
            Vec::new(),
            b"ffconcat version 1.0".to_vec(),
        ] {
            assert_eq!(Kind::of(&lie), None, "{lie:?}");
        }
    }
}
