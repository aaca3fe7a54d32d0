//! The document that a browser has made of a page, taken apart. A browser writes it strictly, so that little is needed.

use std::collections::BTreeMap;

/// One element: its name, its attributes, all text in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// Names and ids of what it is in, outermost first.
    pub within: Vec<String>,
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// Whether it is in an element of this name or `#id`.
    pub fn is_within(&self, place: &str) -> bool {
        self.within.iter().any(|one| one == place)
    }
}

/// Elements that have no end.
const VOID: [&str; 3] = ["meta", "link", "img"];

/// All elements in the order of their beginnings.
pub fn parse(document: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = document.trim_end();
    while !rest.is_empty() {
        let end = rest.find('<').unwrap_or(rest.len());
        let text = unescaped(&rest[..end]);
        for &element in &open {
            elements[element].text += &text;
        }
        rest = &rest[end..];
        let Some(tag) = rest.strip_prefix('<') else {
            break;
        };
        if let Some(name) = tag.strip_prefix('/') {
            let (name, after) = name.split_once('>').expect("a tag ends");
            let closed = open.pop().expect("something is open");
            assert_eq!(elements[closed].name, name, "what ends is what began last");
            rest = after;
        } else if tag.starts_with('!') {
            rest = tag.split_once('>').expect("a declaration ends").1;
        } else {
            let (mut element, after) = tag_of(tag);
            for &outer in &open {
                element.within.push(elements[outer].name.clone());
                element
                    .within
                    .push(format!("#{}", elements[outer].attribute("id")));
            }
            if !VOID.contains(&element.name.as_str()) {
                open.push(elements.len());
            }
            elements.push(element);
            rest = after;
        }
    }
    assert!(open.is_empty(), "everything ends");
    elements
}

/// The element that a tag begins, and what follows it.
fn tag_of(tag: &str) -> (Element, &str) {
    let end = tag.find([' ', '>']).expect("a name ends");
    let mut element = Element {
        name: tag[..end].to_owned(),
        ..Element::default()
    };
    let mut rest = &tag[end..];
    while let Some(attribute) = rest.strip_prefix(' ') {
        let (name, value) = attribute
            .split_once("=\"")
            .expect("every attribute has a value");
        let (value, after) = value.split_once('"').expect("a value ends");
        element.attributes.insert(name.to_owned(), unescaped(value));
        rest = after;
    }
    (element, rest.strip_prefix('>').expect("a tag ends"))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[test]
fn the_elements_of_a_page_are_found_with_attributes_and_text() {
    let elements = parse("<!DOCTYPE html><p id=\"a\" title=\"1 > 0\">x &lt;<b>&amp;lt;</b></p>");
    assert_eq!(elements.len(), 2);
    assert_eq!(
        (elements[0].attribute("title"), elements[0].text.as_str()),
        ("1 > 0", "x <&lt;")
    );
    assert!(elements[1].is_within("#a") && elements[1].is_within("p"));
}
