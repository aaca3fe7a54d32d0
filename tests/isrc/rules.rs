//! Each rule by itself: one video, one track, and what is said about the pair.

use mixtape::isrc::{Described, Method, Track, Video, judge};

/// What is said about a video with these titles and this artist, and a track.
fn said(primary: &str, secondary: &str, artist: &str, track: &str, by: &str) -> Option<Method> {
    let present = |text| Some(text).filter(|text: &&str| !text.is_empty());
    let described = Described {
        primary,
        secondary: present(secondary),
        artist: present(artist),
    };
    judge(&Video::read(&described), &Track::read(track, by))
}

/// Title, platform's title, artist field, track, artist of the track, and the verdict.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, Option<Method>);

/// Holds a table of pairs against what is said about each.
#[track_caller]
fn verdicts(rows: &[Row<'_>]) {
    for &(primary, secondary, artist, track, by, expected) in rows {
        let verdict = said(primary, secondary, artist, track, by);
        assert_eq!(
            verdict, expected,
            "{primary:?} {secondary:?} {artist:?} against {track:?} by {by:?}"
        );
    }
}

#[test]
fn title_and_artist_in_their_own_fields_are_exact() {
    verdicts(&[
        ("Tin Roof", "Tin Roof", "Ada Lind", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("anything", "Tin Roof", "Ada Lind", "tin roof", "ADA LIND", Some(Method::Exact)),
        ("Tin Roof", "", "Ada Lind", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("Tin Roof", "Tin Roof", "Ada Lind", "Tin Roof", "Bo Lind", None),
        ("Tin Roof", "Tin Roof", "Ada Lind", "Tin Roofs", "Ada Lind", None),
    ]);
}

#[test]
fn without_an_artist_nothing_is_proposed() {
    verdicts(&[
        ("Tin Roof", "Tin Roof", "", "Tin Roof", "Ada Lind", None),
        ("Tin Roof (Official Video)", "", "", "Tin Roof", "Ada Lind", None),
    ]);
}

#[test]
fn the_artist_is_taken_from_the_title_when_the_field_is_null() {
    verdicts(&[
        ("Ada Lind - Tin Roof (Official Video)", "", "", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind – Tin Roof", "", "", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind: Tin Roof", "", "", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("ADA LIND 'Tin Roof' Official MV", "", "", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("Tin Roof - Ada Lind", "", "", "Tin Roof", "Ada Lind", Some(Method::Reversed)),
        ("Channel Five - Tin Roof by Ada Lind", "", "", "Tin Roof", "Ada Lind", Some(Method::Reversed)),
        ("Tin Roof | Some Film | Ada Lind", "", "", "Tin Roof", "Ada Lind", Some(Method::Piece)),
        ("ADA LIND TIN ROOF OFFICIAL M/V", "", "", "Tin Roof", "Ada Lind", Some(Method::Joined)),
    ]);
}

#[test]
fn artists_match_as_sets_in_any_order_however_they_are_joined() {
    for joined in [
        "Bo Berg, Ada Lind", "Bo Berg & Ada Lind", "Bo Berg x Ada Lind", "Bo Berg X Ada Lind", "Bo Berg and Ada Lind",
        "Bo Berg e Ada Lind", "Bo Berg y Ada Lind", "Bo Berg with Ada Lind", "Bo Berg × Ada Lind",
        "Bo Berg + Ada Lind",
    ] {
        let verdict = said(
            &format!("{joined} - Tin Roof"),
            "", "", "Tin Roof", "Ada Lind & Bo Berg",
        );
        assert_eq!(verdict, Some(Method::Exact), "{joined}");
        let verdict = said("Tin Roof", "Tin Roof", joined, "Tin Roof", "Ada Lind");
        assert_eq!(verdict, Some(Method::Guest), "{joined}");
    }
}

#[test]
fn a_letter_that_joins_names_may_be_a_part_of_one() {
    verdicts(&[
        ("X Marina - Tin Roof", "", "", "Tin Roof", "X Marina", Some(Method::Exact)),
        ("Lil Tarn X - Tin Roof", "", "", "Tin Roof", "Lil Tarn X", Some(Method::Exact)),
        ("Marina - Tin Roof", "", "", "Tin Roof", "X Marina", None),
        ("The Clocks - Tin Roof", "", "", "Tin Roof", "Clocks", Some(Method::Exact)),
        ("ONE X TWO - Tin Roof", "", "", "Tin Roof", "One X Two", Some(Method::Exact)),
    ]);
}

#[test]
fn a_guest_on_one_side_is_the_same_recording_and_another_guest_is_not() {
    for guest in [
        "feat. Bo Berg", "ft. Bo Berg", "ft Bo Berg", "featuring Bo Berg", "Feat Bo Berg",
    ] {
        let title = format!("Ada Lind - Tin Roof {guest}");
        verdicts(&[
            (&title, "", "", "Tin Roof", "Ada Lind", Some(Method::Guest)),
            (&title, "", "", "Tin Roof (feat. Bo Berg)", "Ada Lind", Some(Method::Exact)),
            (&title, "", "", "Tin Roof (with Bo Berg)", "Ada Lind", Some(Method::Exact)),
            (&title, "", "", "Tin Roof - feat. Bo Berg", "Ada Lind", Some(Method::Exact)),
            (&title, "", "", "Tin Roof (feat. Cy Dahl)", "Ada Lind", None),
            ("Ada Lind - Tin Roof", "", "", "Tin Roof (feat. Cy Dahl)", "Ada Lind", Some(Method::Guest)),
        ]);
    }
    verdicts(&[
        // The name is spelled, shortened or mistyped in another way: nobody else.
        ("Ada Lind - Tin Roof ft. J.A.X", "", "", "Tin Roof (feat. JAX)", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Tin Roof ft. Jaro Smit", "", "", "Tin Roof (feat. Jaro)", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Tin Roof ft. Mariana", "", "", "Tin Roof (feat. Marianna)", "Ada Lind", Some(Method::Exact)),
        // Named in a bracket of the artist.
        ("Ada Lind (ft. Bo Berg) - Tin Roof", "", "", "Tin Roof (feat. Bo Berg)", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Tin Roof (prod. & feat. Bo Berg)", "", "", "Tin Roof (feat. Bo Berg)", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Tin Roof", "", "", "Tin Roof (Ada Lind & Bo Berg)", "Ada Lind", Some(Method::TrackSubtitle)),
    ]);
}

#[test]
fn a_track_of_a_guest_s_own_is_another_song_unless_it_says_whose_guest_it_is() {
    verdicts(&[
        ("Ada Lind - Solo (feat. Bo Berg)", "", "", "Solo", "Bo Berg", None),
        ("Ada Lind - Solo (feat. Bo Berg)", "", "", "Solo (feat. Bo Berg)", "Bo Berg", Some(Method::Guest)),
        ("Ada Lind - Solo (feat. Bo Berg)", "", "", "Solo (with Ada Lind)", "Bo Berg", Some(Method::Guest)),
        ("Ada Lind - See Them All (feat. Bo Berg)", "", "", "See Them All", "Bo Berg", Some(Method::GuestArtist)),
        // The platform names the guest as the artist: then the artist it is.
        ("Ada Lind ft Bo Berg - Solo", "Solo", "Bo Berg", "Solo", "Ada Lind", Some(Method::Guest)),
        ("Ada Lind ft Bo Berg - Solo", "Solo", "Bo Berg", "Solo", "Bo Berg", Some(Method::Guest)),
    ]);
}

#[test]
fn words_about_the_picture_are_set_aside() {
    for noise in [
        "(Official Music Video)", "[Official Video]", "(Official HD Video)", "[Lyrics]", "(Lyric Video)",
        "(Official Audio)", "(Visualizer)", "(Vertical Video)", "[4K]", "(Official Video) [Remastered in 4K]",
        "(Official Video - Extended Version)", "(Video Oficial)", "(Clipe Oficial)", "(Clip Officiel)",
        "(Performance Edit)", "(Official Video) HD", "| Block TV", "| Official Video", "Official Music Video",
        "(Letra / Lyrics)", "(360° Visualizer)", "(Official Video (Short Version))",
        "(Official Music Video) *OFFICIAL ANTHEM*", "#adalind #new", "(Dir. Bo Berg)", "(2022)", "(Explicit)",
        "(حصرياً)", "(Официальное видео)", "[MV]", "(Official Video) [Explicit]",
    ] {
        let verdict = said(
            &format!("Ada Lind - Tin Roof {noise}"),
            "", "", "Tin Roof", "Ada Lind",
        );
        assert_eq!(verdict, Some(Method::Exact), "{noise}");
    }
}

#[test]
fn a_word_about_the_picture_may_be_the_name_of_the_song() {
    verdicts(&[
        ("Ada Lind - Video", "", "", "Video", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Official Audio (Official Video)", "", "", "Official Audio", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Video Nights", "", "", "Video Nights", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Live (Official Video)", "", "", "Live", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Radio Mix Tape", "", "", "Radio Mix Tape", "Ada Lind", Some(Method::Exact)),
    ]);
}

#[test]
fn every_word_for_a_version_parts_a_track_from_the_plain_video() {
    for version in [
        "- Acoustic", "(Acoustic Version)", "- Live", "- Ao Vivo", "- En Vivo", "(Live at the Old Mill)",
        "- Radio Edit", "- Bo Berg Remix", "(Remix)", "Remix", "[Mixed]", "(Mixed)", "- Extended Mix", "- Club Mix",
        "(Karaoke Version)", "- Instrumental", "- Demo", "- Stripped", "- Unplugged", "(Arr. for Guitar)",
        "- Sped Up", "(slowed + reverb)", "- 2016 Remaster", "(2008 Remastered Album Version)", "(Cover)",
        "- Acoustic Cover", "- Track By Track Commentary", "- Recorded at Studio North", "- Spotify Sessions",
        "- Japanese Version", "- Single Version", "(Interlude)", "- A Cappella",
        "(Originally Performed by Ada Lind) [Karaoke Version]", "(Taylor's Version)", "Acoustic", "- Edit",
        "- Nini Version",
    ] {
        let verdict = said(
            "Ada Lind - Tin Roof (Official Video)", "", "",
            &format!("Tin Roof {version}"),
            "Ada Lind",
        );
        assert_eq!(verdict, Some(Method::Related), "{version}");
    }
}

#[test]
fn a_version_matches_its_own_kind_in_any_of_its_words() {
    verdicts(&[
        ("Ada Lind - Tin Roof (Acoustic)", "", "", "Tin Roof - Acoustic Version", "Ada Lind", Some(Method::Version)),
        ("Ada Lind - Tin Roof (Ao Vivo)", "", "", "Tin Roof - Live", "Ada Lind", Some(Method::Version)),
        ("Ada Lind - Tin Roof (Official Live Video)", "", "", "Tin Roof (Live)", "Ada Lind", Some(Method::Version)),
        ("Ada Lind - Tin Roof (Bo Berg Remix)", "", "", "Tin Roof - Bo Berg Remix", "Ada Lind", Some(Method::Version)),
        ("Ada Lind - Tin Roof (Bo Berg Remix)", "", "", "Tin Roof - Cy Dahl Remix", "Ada Lind", Some(Method::Related)),
        ("Ada Lind - Tin Roof Remix", "", "", "Tin Roof - Spanish Remix", "Ada Lind", Some(Method::Related)),
        ("Ada Lind - Tin Roof (Acoustic)", "", "", "Tin Roof", "Ada Lind", Some(Method::Related)),
        ("Ada Lind - Tin Roof | Cellar Session", "", "", "Tin Roof", "Ada Lind", Some(Method::Related)),
        // The platform knows which version it is, and the uploader's title is silent.
        ("Ada Lind – Tin Roof", "Tin Roof (Ao Vivo)", "", "Tin Roof - Ao Vivo", "Ada Lind", Some(Method::Version)),
        ("Ada Lind – Tin Roof", "Tin Roof (Ao Vivo)", "", "Tin Roof", "Ada Lind", Some(Method::Related)),
    ]);
}

#[test]
fn the_wrapping_and_the_film_make_no_other_recording() {
    for remark in [
        "(Explicit)", "(Clean)", "- Album Version", "- Album Version (Edited)", "- Bonus Track", "- Original Mix",
        "- Main", "(Deluxe Edition)", "- From \"The Ninth Wave\"", "- From \"The Ninth Wave\" Soundtrack",
        "(Original Motion Picture Soundtrack)",
    ] {
        let verdict = said(
            "Ada Lind - Tin Roof (Official Video)", "", "",
            &format!("Tin Roof {remark}"),
            "Ada Lind",
        );
        assert_eq!(verdict, Some(Method::Remark), "{remark}");
    }
}

#[test]
fn brackets_that_belong_to_the_name_are_compared() {
    verdicts(&[
        ("Ada Lind - Hold (Me Now)", "", "", "Hold (Me Now)", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Hold (Me Now) [Video]", "", "", "Hold", "Ada Lind", Some(Method::Subtitle)),
        ("Ada Lind - Hold", "", "", "Hold (Me Now)", "Ada Lind", Some(Method::TrackSubtitle)),
        ("Ada Lind - Hold (Me Now)", "", "", "Hold (Me Later)", "Ada Lind", None),
        ("Ada Lind - (Hold) Me Now", "", "", "(Hold) Me Now", "Ada Lind", Some(Method::Exact)),
        ("ADA - '나비 (Nabi)' MV", "", "", "Nabi", "Ada", Some(Method::Subtitle)),
        ("ADA - '나비'(Nabi) M/V", "", "", "Nabi", "Ada", Some(Method::Subtitle)),
        ("Ada - Nabi", "", "", "Nabi (나비)", "Ada", Some(Method::Subtitle)),
    ]);
}

#[test]
fn masked_words_are_the_clean_twin() {
    verdicts(&[
        ("Ada Lind - Oh Shit", "", "", "Oh S**t", "Ada Lind", Some(Method::Masked)),
        ("Ada Lind - Oh S**t", "", "", "Oh Shit", "Ada Lind", Some(Method::Masked)),
        ("Ada Lind - Oh S**t", "", "", "Oh S**t", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Oh Shit", "", "", "Oh S**p", "Ada Lind", None),
        ("Ada Lind - Love", "", "", "****", "Ada Lind", None),
    ]);
}

#[test]
fn short_names_and_initials_are_the_same_artist() {
    verdicts(&[
        ("OCS 'Tin Roof' MV", "", "", "Tin Roof", "OCEAN COLOR SEASON", Some(Method::ShortName)),
        ("Banda Sol - Tin Roof", "", "", "Tin Roof", "Banda Sol de Lugo", Some(Method::ShortName)),
        ("Banda Sol de Lugo - Tin Roof", "", "", "Tin Roof", "Banda Sol", Some(Method::ShortName)),
        ("Banda Sol - Tin Roof", "", "", "Tin Roof", "Banda Sol Tribute", None),
        ("Ada - Tin Roof", "", "", "Tin Roof", "Ada Lind", None),
    ]);
}

#[test]
fn a_platform_that_names_another_song_or_artist_is_not_believed() {
    verdicts(&[
        ("Ada Lind - Tin Roof", "OTHER SONG CHALLENGE", "Ada Lind", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Tin Roof", "OTHER SONG CHALLENGE", "Ada Lind", "Other Song Challenge", "Ada Lind", None),
        ("Ada Lind - Tin Roof", "Tin Roof", "Lia Venn", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Tin Roof", "Tin Roof", "Lia Venn", "Tin Roof (feat. Cy)", "Ada Lind", Some(Method::Guest)),
        // A title in another script is no other song.
        ("아다 - 지붕 (Official Video)", "Tin Roof", "Ada", "Tin Roof", "Ada", Some(Method::Exact)),
    ]);
}

#[test]
fn a_remaster_may_leave_out_its_year_and_nothing_else_may() {
    let remaster = "Tin Roof - 2016 Remaster";
    verdicts(&[
        ("Ada Lind - Tin Roof (Remastered)", "", "", remaster, "Ada Lind", Some(Method::Version)),
        ("Ada Lind - Tin Roof (Remastered 2016)", "", "", remaster, "Ada Lind", Some(Method::Version)),
        ("Ada Lind - Tin Roof (2009 Remaster)", "", "", remaster, "Ada Lind", Some(Method::Related)),
        ("Ada Lind - Tin Roof (Official Video Remastered)", "", "", remaster, "Ada Lind", Some(Method::Related)),
        ("Ada Lind - Tin Roof (Live 2019)", "", "", "Tin Roof - Live", "Ada Lind", Some(Method::Related)),
        ("Ada Lind - Tin Roof (Official Live Video 2019)", "", "", "Tin Roof - Live", "Ada Lind", Some(Method::Version)),
    ]);
}

#[test]
fn the_album_behind_a_bar_and_the_artist_s_own_name_are_not_the_song() {
    verdicts(&[
        ("Ada Lind - Tin Roof | Blue Hours", "", "", "Blue Hours", "Ada Lind", None),
        ("Ada Lind - Tin Roof | Blue Hours", "Tin Roof", "Ada Lind", "Blue Hours", "Ada Lind", None),
        ("Blue Hours - Tin Roof", "", "Blue Hours", "Blue Hours", "Blue Hours", None),
        ("Blue Hours - Blue Hours", "", "Blue Hours", "Blue Hours", "Blue Hours", Some(Method::Exact)),
        ("2002", "", "Ada Lind", "2002", "Ada Lind", Some(Method::Exact)),
        ("2002 - Ada Lind", "", "", "2002", "Ada Lind", Some(Method::Reversed)),
    ]);
}

#[test]
fn slashes_quotes_and_credits_part_a_name_only_where_they_must() {
    verdicts(&[
        ("夜 / アダ", "", "", "夜", "アダ", Some(Method::Piece)),
        ("Ada Lind - Tin Roof / Blue", "", "", "Tin Roof", "Ada Lind", None),
        ("Ada Lind - Tin Roof / Blue", "", "", "Tin Roof / Blue", "Ada Lind", Some(Method::Exact)),
        ("Ada - Nabi / 아다 - 나비", "", "", "나비", "아다", Some(Method::Exact)),
        ("アダ「夜」Official Video", "", "", "夜", "アダ", Some(Method::Exact)),
        ("Ada Lind - Tin Roof prod. Bo Berg", "", "", "Tin Roof", "Ada Lind", Some(Method::Exact)),
        ("Ada Lind - Tin Roof (with lyrics)", "", "", "Tin Roof (feat. Bo Berg)", "Ada Lind", Some(Method::Guest)),
        ("Ada Lind - Tin Roof (Oficjalny Teledysk)", "", "", "Tin Roof", "Ada Lind", Some(Method::Exact)),
    ]);
}

#[test]
fn bars_in_brackets_divide_nothing() {
    verdicts(&[(
        "Ada Lind - Tin Roof (SHOW | Official Video | Net+)", "", "", "Tin Roof", "Ada Lind",
        Some(Method::Exact),
    )]);
}

#[test]
fn the_methods_are_in_the_order_of_their_scores() {
    assert!(Method::ALL.is_sorted());
    assert!(
        Method::ALL
            .iter()
            .map(|method| method.percent())
            .rev()
            .is_sorted()
    );
    assert!(
        Method::ALL
            .iter()
            .all(|method| (1..100).contains(&method.percent()))
    );
}
