//! The page on screens of every size, by day and by night; and the policy that it carries.

use std::fs;
use std::path::PathBuf;

use crate::document::parse;
use crate::hostile::{hostile, page};
use crate::support::chromium::Chromium;

/// Where screenshots are kept, to be looked at.
const SCREENSHOTS: &str = "MIXTAPE_TEST_SCREENSHOTS";

/// Were a text ever not escaped: the page's own policy stops the browser.
#[test]
fn the_policy_stops_what_is_smuggled_in() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let page = fs::read_to_string(page(&stored)).unwrap();
    let smuggled = "<script>document.title = 'taken'</script><img src=\"data:,\" onerror=\"document.title = 'taken'\">\
                    <style>body { color: red }</style></main>";
    let with = page.replace("</main>", smuggled);
    let title = |text: &str| {
        let path = stored.folder.write("smuggled.html", text);
        let elements = parse(&browser.document(&path, 1280).replace(
            "<img src=\"data:,\" onerror=\"document.title = 'taken'\">",
            "",
        ));
        elements
            .into_iter()
            .find(|element| element.name == "title")
            .unwrap()
            .text
    };
    assert_ne!(title(&with), "taken");
    // It is the policy that stops it.
    let (before, after) = with
        .split_once("<meta http-equiv=\"Content-Security-Policy\"")
        .unwrap();
    let (_, after) = after.split_once('>').unwrap();
    assert_eq!(title(&format!("{before}{after}")), "taken");
}

/// A script, which the page itself forbids, measures a copy without its policy.
#[test]
fn nothing_sticks_out_of_a_narrow_screen() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let page = fs::read_to_string(page(&stored)).unwrap();
    let (before, after) = page
        .split_once("<meta http-equiv=\"Content-Security-Policy\"")
        .unwrap();
    let (_, after) = after.split_once('>').unwrap();
    let measure = "<script>document.title = document.documentElement.scrollWidth + ' of ' + innerWidth</script></body>";
    let copy = stored.folder.write(
        "copy.html",
        format!("{before}{}", after.replace("</body>", measure)),
    );
    for width in [320, 390, 768, 1280] {
        let elements = parse(&browser.document(&copy, width));
        let title = elements
            .iter()
            .find(|element| element.name == "title")
            .unwrap();
        let (page, window) = title.text.split_once(" of ").unwrap();
        assert_eq!(page, window, "in a window of {width}");
    }
}

#[test]
fn it_looks_different_on_a_telephone_on_a_desk_and_at_night() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let page = page(&stored);
    let folder = match std::env::var_os(SCREENSHOTS) {
        Some(folder) => {
            fs::create_dir_all(&folder).unwrap();
            PathBuf::from(folder)
        }
        None => stored.folder.path(""),
    };
    let picture = |name: &str, size: [u32; 2], dark: bool| {
        let path = folder.join(format!("report-{name}.png"));
        browser.picture(&page, size, dark, &path);
        let bytes = fs::read(path).unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(
            (&bytes[1..4], [number(16), number(20)]),
            (&b"PNG"[..], size),
            "{name}"
        );
        bytes
    };
    picture("phone", [390, 5600], false);
    picture("phone-dark", [390, 5600], true);
    let day = picture("desktop", [1280, 3400], false);
    let night = picture("desktop-dark", [1280, 3400], true);
    // Which only the style sheet can do: the policy has let it through.
    assert_ne!(day, night);
}
