//! What the fuzzer has kept, through the functions that it fuzzes: see `fuzz/`.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::targets::{ALL, Target};

/// Every input of a target, the same order on every machine.
fn corpus(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let entries = fs::read_dir(folder.join(target)).expect("the folder of the corpus");
    let mut inputs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    inputs
}

fn run(name: &str) {
    let target = ALL.iter().find(|(known, _)| *known == name);
    let target: Target = target.expect("a target").1;
    let inputs = corpus(name);
    assert!(inputs.len() >= 50, "{} inputs", inputs.len());
    let passes = |input: &PathBuf| {
        let bytes = fs::read(input).expect("an input");
        std::panic::catch_unwind(|| target(&bytes)).is_ok()
    };
    let broken: Vec<PathBuf> = inputs.into_iter().filter(|it| !passes(it)).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn readers_pass_on_the_corpus() {
    run("readers");
}

#[test]
fn operations_pass_on_the_corpus() {
    run("operations");
}

#[test]
fn top_passes_on_the_corpus() {
    run("top");
}

#[test]
fn splice_passes_on_the_corpus() {
    run("splice");
}

#[test]
fn every_target_is_a_program_with_a_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("the fuzzer's manifest");
    let steps = fs::read_to_string(folder.join("../.ci/run")).expect("the command of every check");
    for (name, _) in ALL {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        assert!(
            folder
                .join("fuzz_targets")
                .join(name)
                .with_extension("rs")
                .is_file()
        );
        assert!(!corpus(name).is_empty(), "{name}");
        assert!(steps.contains(&format!("fuzz {name}")), "{name}");
    }
    let size: u64 = ALL
        .iter()
        .flat_map(|(name, _)| corpus(name))
        .map(|input| fs::metadata(input).unwrap().len())
        .sum();
    assert!(size < 1 << 20, "{size} bytes");
}
