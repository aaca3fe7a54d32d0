//! What is no JSON from its first bytes on, known by name: other encodings, compressed files; and the mark that UTF-8 may begin with.

/// Stands in front of UTF-8 that some programs write.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What else than text in UTF-8 it is that starts so, in a person's words; nothing where it may be that.
///
/// JSON starts with an ASCII character, and so does a scored line: in UTF-16 and UTF-32 zero bytes stand around it.
pub(crate) fn foreign_encoding(head: &[u8]) -> Option<String> {
    let unpacked_by = match head {
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => Some(("bzip2", "bzip2 -dc")),
        [0xFD, b'7', b'z', b'X', ..] => Some(("xz", "xz -dc")),
        [b'P', b'K', 3, 4, ..] => Some(("zip", "unzip -p")),
        _ => None,
    };
    if let Some((name, command)) = unpacked_by {
        return Some(format!(
            "this is {name} data; of compressed files gzip and zstd are read: unpack it, {command} FILE, and pipe that in as -"
        ));
    }
    let name = match head {
        [0xFF, 0xFE, 0, 0, ..] | [1..=0x7F, 0, 0, 0, ..] => "UTF-32LE",
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, 1..=0x7F, ..] => "UTF-32BE",
        [0xFF, 0xFE, ..] | [1..=0x7F, 0, 1..=0x7F, 0, ..] => "UTF-16LE",
        [0xFE, 0xFF, ..] | [0, 1..=0x7F, 0, 1..=0x7F, ..] => "UTF-16BE",
        _ => return None,
    };
    Some(format!(
        "this is {name}, not UTF-8; convert it first: iconv -f {name} -t UTF-8"
    ))
}

/// What the bytes at an error's place say about the whole input, if they say something. `head` is its beginning, `behind` what
/// stands from the place on.
pub(super) fn hint(head: &[u8], behind: &[u8], offset: u64) -> Option<String> {
    // Text of another encoding is wrong from the beginning on.
    if offset < 4
        && let Some(message) = foreign_encoding(head)
    {
        return Some(message);
    }
    if behind.first() != Some(&0) {
        return None;
    }
    // A stray NUL stands alone; what a file system or a broken copy leaves comes in whole blocks.
    let message = if behind.len() > 1 && behind.iter().all(|&byte| byte == 0) {
        "from here on there are only NUL bytes, as a copy or a disk write that was broken off leaves them; \
         cut them off, or get the file again"
    } else {
        "a NUL byte, which JSON cannot have"
    };
    Some(message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_and_compressed_files_are_told_by_how_they_begin() {
        for (head, name) in [
            (&b"\xFF\xFE[\0"[..], "UTF-16LE"),
            (b"[\0{\0", "UTF-16LE"),
            (b"\xFE\xFF\0[", "UTF-16BE"),
            (b"\0[\0{", "UTF-16BE"),
            (b"\xFF\xFE\0\0[", "UTF-32LE"),
            (b"[\0\0\0", "UTF-32LE"),
            (b"\0\0\xFE\xFF", "UTF-32BE"),
            (b"\0\0\0[", "UTF-32BE"),
        ] {
            let text = foreign_encoding(head).unwrap();
            assert!(text.contains(&format!("iconv -f {name} ")), "{text}");
        }
        for (head, name) in [
            (&b"BZh9"[..], "bzip2"),
            (b"\xFD7zX", "xz"),
            (b"PK\x03\x04", "zip"),
        ] {
            let text = foreign_encoding(head).unwrap();
            assert!(text.contains(&format!("this is {name} data")), "{text}");
        }
        for head in [
            &b""[..],
            b"[",
            b"[1",
            b"\xEF\xBB\xBF[",
            b"{\"a\"",
            b"\0\0\0\0",
            b"1\0: ",
        ] {
            assert_eq!(foreign_encoding(head), None, "{head:?}");
        }
    }
}
