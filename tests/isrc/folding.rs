//! The one spelling of texts, in many scripts.

use mixtape::isrc::fold::{key_of_words, tidy, words};

fn key(text: &str) -> String {
    key_of_words(&words(&tidy(text)))
}

#[test]
fn spellings_of_one_text_have_one_key() {
    for (first, second) in [
        ("Café Olé", "CAFE OLE"),
        ("Cafe\u{301}", "Café"),             // a combining mark
        ("Ｎｏｖａ　Ｐｉｋｅ", "Nova Pike"), // full width
        ("ﬁre", "fire"),
        ("Don't", "Don’t"),
        ("Don´t", "Dont"),
        ("Rock ‘n’ Roll", "Rock 'n' Roll"),
        ("Salt & Honey", "Salt and Honey"),
        ("Salt &amp; Honey", "Salt + Honey"),
        ("Can&#39;t", "Can't"),
        ("P!xie", "Pixie"),
        ("Ke$ha", "kesha"),
        ("A.B.C.", "ABC"),
        ("1.000.000", "1,000,000"),
        ("Pt. 2", "Part 2"),
        ("Straße", "STRASSE"),
        ("Ørsted", "orsted"),
        ("Æon", "aeon"),
        ("Łódź", "lodz"),
        ("IŞIK", "ışık"), // Turkish, dotless
        ("İzmir", "izmir"),
        ("Đêm Mưa", "dem mua"),
        ("ΟΔΌΣ", "οδός"), // final sigma, tonos
        ("Ελλάδα", "ΕΛΛΑΔΑ"),
        ("МОСКВА", "Москва"),
        ("ещё", "еще"),
        ("за\u{301}мок", "замок"), // stress
        ("قَمَر", "قمر"),            // vowel points
        ("أحمد", "احمد"),
        ("قمـــر", "قمر"), // tatweel
        ("مدينة", "مدينه"),
        ("Love 💛🎉", "Love"),
        ("ze\u{200b}ro", "zero"),
        ("빛", "빛"), // Hangul, composed and not
        ("ｶﾞﾗｽ", "ガラス"),
    ] {
        assert_eq!(key(first), key(second), "{first:?} and {second:?}");
        assert!(!key(first).is_empty(), "{first:?}");
    }
}

#[test]
fn letters_of_other_scripts_stay_themselves() {
    for (first, second) in [
        ("май", "маи"), // й is a letter of its own
        ("はな", "ばな"),
        ("बादल", "बदल"), // vowel signs
        ("มา", "ม้า"),    // tones
        ("А", "A"),      // Cyrillic and Latin
        ("Ρ", "P"),      // Greek and Latin
        ("قمر", "قمح"),
        ("<3", "<4"),
        ("1994", "1995"),
        ("Pt. 1", "Pt. 2"),
        ("s**t", "st"),
    ] {
        assert_ne!(key(first), key(second), "{first:?} and {second:?}");
    }
}

#[test]
fn a_title_of_signs_alone_is_a_title() {
    for text in ["<3", "****", ":-)", "🎉", "!!!", "?"] {
        assert!(!key(text).is_empty(), "{text:?}");
    }
}

#[test]
fn brackets_quotes_dashes_and_bars_become_those_of_ascii() {
    assert_eq!(
        tidy("【ＭＶ】 “a” — ｜ 『b』 〔c〕 {d}"),
        "(MV) \"a\" - | \"b\" (c) (d)"
    );
    assert_eq!(
        tidy("&lt;3 &quot;x&quot; &#233; &unknown; & ;"),
        "<3 \"x\" é &unknown; & ;"
    );
    assert_eq!(tidy("a\u{feff}b\u{202e}c"), "abc");
}
