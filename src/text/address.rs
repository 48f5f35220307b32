//! Addresses of the web as bytes that nothing obeys.

/// The longest address that terminals take in a hyperlink, in bytes.
pub const LONGEST: usize = 2083;

/// An address of the web in which every byte is a visible character of ASCII: all others are percent-encoded (RFC 3986,
/// section 2.1), as are quotation marks and brackets that end an address for some. `None` where it is none of `http` or
/// `https`, or too long.
pub fn encoded(address: &str) -> Option<String> {
    let address = address.trim();
    let has = |scheme: &str| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && address.len() > scheme.len()
    };
    if !has("http://") && !has("https://") {
        return None;
    }
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                encoded += &format!("%{byte:02X}");
            }
            b'!'..=b'~' => encoded.push(char::from(byte)),
            other => encoded += &format!("%{other:02X}"),
        }
    }
    (encoded.len() <= LONGEST).then_some(encoded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_those_of_the_web() {
        for (address, expected) in [
            ("https://example.org/a?b=c#d%20e", Some("https://example.org/a?b=c#d%20e")),
            ("HTTP://example.org", Some("HTTP://example.org")),
            ("https://example.org/\u{1b}]0;x\u{7}", Some("https://example.org/%1B]0;x%07")),
            (
                "https://example.org/بغداد é",
                Some("https://example.org/%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF%20%C3%A9"),
            ),
            ("https://", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("--help", None),
            ("", None),
        ] {
            assert_eq!(encoded(address).as_deref(), expected, "{address:?}");
        }
        assert_eq!(encoded(&format!("https://{}", "é".repeat(400))), None);
    }

    proptest! {
        #[test]
        fn no_byte_of_an_address_is_obeyed(text in "https?://\\PC{0,20}[\u{0}-\u{a0}\u{202e}]{0,20}") {
            let encoded = encoded(&text).unwrap_or_default();
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
}
