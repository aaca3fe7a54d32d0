//! The code of a recording.

/// An International Standard Recording Code: two letters and ten letters or digits. The standard has digits at the end, but
/// codes with letters there are in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isrc([u8; 12]);

impl Isrc {
    /// Reads a code, with or without hyphens, in capitals or not.
    ///
    /// ```
    /// use mixtape::isrc::Isrc;
    /// assert_eq!(Isrc::read("qz-ab1-22-00042").unwrap().as_str(), "QZAB12200042");
    /// assert_eq!(Isrc::read("QZAB1220004"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let mut code = [0; 12];
        let mut length = 0;
        for byte in text
            .trim()
            .bytes()
            .filter(|byte| !matches!(byte, b'-' | b' '))
        {
            *code.get_mut(length)? = byte.to_ascii_uppercase();
            length += 1;
        }
        let valid = length == 12
            && code[..2].iter().all(u8::is_ascii_uppercase)
            && code[2..]
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        valid.then_some(Isrc(code))
    }

    /// The code in capitals, without hyphens.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("it is made of ASCII letters and digits")
    }
}
