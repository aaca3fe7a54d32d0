//! What the README says of the database: the picture is drawn from the DDL, the queries run, the sizes hold.

use mixtape::ingest::SCHEMA;

use super::database::TestDatabase;
use super::support::Folder;

const README: &str = include_str!("../../README.md");

/// The blocks of a language, each with the lines that stand below it up to the next block or heading.
fn blocks(language: &str) -> Vec<(String, Vec<&'static str>)> {
    let fence = format!("```{language}");
    let mut blocks = Vec::new();
    let mut lines = README.lines();
    while lines.by_ref().any(|line| line == fence) {
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let below = lines
            .clone()
            .take_while(|line| !line.starts_with("```") && !line.starts_with('#'));
        blocks.push((block.join("\n"), below.collect()));
    }
    blocks
}

/// A Mermaid picture of `create table` statements: tables, columns with their keys, and references.
fn picture(ddl: &str) -> String {
    let (mut tables, mut references) = (String::new(), String::new());
    let without_comments: Vec<&str> = ddl.lines().filter(|line| !line.starts_with("--")).collect();
    for statement in without_comments
        .join("\n")
        .split(';')
        .map(str::trim)
        .filter(|s| !s.is_empty())
    {
        let (head, body) = statement.split_once(" (\n").expect("a table");
        let table = head.strip_prefix("create table ").expect("a table");
        let lines: Vec<&str> = body
            .lines()
            .map(|line| line.trim().trim_end_matches(','))
            .collect();
        // Keys of several columns stand below the columns.
        let key = |kind: &str| -> Vec<&str> {
            let line = lines
                .iter()
                .find_map(|line| line.strip_prefix(kind)?.strip_prefix(" ("));
            line.map_or(Vec::new(), |columns| {
                columns.trim_end_matches(')').split(", ").collect()
            })
        };
        let (primary, unique) = (key("primary key"), key("unique"));
        tables += &format!("    {table} {{\n");
        for line in &lines {
            let words: Vec<&str> = line.split(' ').collect();
            let [name, kind @ ("bigint" | "text"), ..] = words[..] else {
                continue;
            };
            let mut keys = Vec::new();
            if line.ends_with("primary key") || primary.contains(&name) {
                keys.push("PK");
            }
            if let Some((_, target)) = line.split_once(" references ") {
                keys.push("FK");
                let (target, _) = target.split_once(' ').unwrap();
                let many = if line.contains("not null") {
                    "||"
                } else {
                    "|o"
                };
                references += &format!("    {target} {many}--o{{ {table} : {name}\n");
            }
            if unique.contains(&name) {
                keys.push("UK");
            }
            let keys = keys.join(", ");
            tables += format!("        {kind} {name} {keys}").trim_end();
            tables.push('\n');
        }
        tables += "    }\n";
    }
    format!("erDiagram\n{tables}{references}")
        .trim_end()
        .to_owned()
}

#[test]
fn the_picture_is_the_one_of_the_schema() {
    let drawn = picture(&SCHEMA.versions.concat());
    let shown = blocks("mermaid");
    assert!(
        shown.len() == 1 && shown[0].0 == drawn,
        "the README should show\n{drawn}"
    );
}

#[test]
fn the_queries_give_what_the_readme_says_in_every_database() {
    let queries = blocks("sql");
    assert_eq!(queries.len(), 3);
    for database in TestDatabase::each() {
        let folder = Folder::new();
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/observations.json");
        let run = folder.run([
            "ingest",
            sample,
            "--db",
            &database.url,
            "--rejects",
            "rejects",
        ]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        for (query, below) in &queries {
            let cells = |line: &&str| {
                let cell =
                    |cell: &str| Some(cell.trim().to_owned()).filter(|cell| !cell.is_empty());
                line.trim_matches('|')
                    .split('|')
                    .map(cell)
                    .collect::<Vec<_>>()
            };
            let table: Vec<_> = below
                .iter()
                .filter(|line| line.starts_with('|'))
                .skip(2)
                .collect();
            let expected: Vec<_> = table.into_iter().map(cells).collect();
            assert!(!expected.is_empty(), "{query}");
            assert_eq!(
                database.query(query),
                expected,
                "{:?}: {query}",
                database.engine
            );
        }
    }
}
