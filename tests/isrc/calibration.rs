//! A score says how often pairs like this one are right. Held against everything that is labelled.

use std::collections::BTreeMap;

use mixtape::isrc::Method;

use crate::real_data::labelled;
use crate::sample::Sample;

#[test]
fn no_score_promises_more_or_less_than_the_labelled_pairs_bear_out() {
    let mut counts: BTreeMap<Method, (f64, f64)> = BTreeMap::new();
    for sample in std::iter::once(Sample::read()).chain(labelled()) {
        for (pair, method) in sample.propose() {
            let (right, all) = counts.entry(method).or_default();
            *right += f64::from(u8::from(sample.right.contains(&pair)));
            *all += 1.0;
        }
    }
    for (method, (right, all)) in counts {
        let score = f64::from(method.percent()) / 100.0;
        let (low, high) = wilson(right, all);
        assert!(
            (low..=high).contains(&score),
            "{method:?}: {score} is not within {low:.3}..{high:.3}, {right} of {all}"
        );
    }
}

#[test]
fn a_related_pair_is_hardly_ever_the_same_recording() {
    for sample in std::iter::once(Sample::read()).chain(labelled()) {
        let all = sample.run([Some(1), Some(2)], mixtape::isrc::Propose::Related);
        let related: Vec<_> = all
            .iter()
            .filter(|(_, method)| **method == Method::Related)
            .collect();
        let right = related
            .iter()
            .filter(|(pair, _)| sample.right.contains(pair))
            .count();
        assert!(related.len() >= 50);
        assert!(
            right * 100 <= related.len() * 2,
            "{right} of {}",
            related.len()
        );
        // Whatever is proposed without --related is proposed with it, as sure as before.
        let same = sample.propose();
        assert!(
            same.iter()
                .all(|(pair, method)| all.get(pair) == Some(method))
        );
        assert_eq!(same.len() + related.len(), all.len());
    }
}

/// The interval that holds the true share with 99 %, after Wilson.
fn wilson(right: f64, all: f64) -> (f64, f64) {
    let z = 2.576;
    let share = right / all;
    let centre = share + z * z / (2.0 * all);
    let spread = z * (share * (1.0 - share) / all + z * z / (4.0 * all * all)).sqrt();
    let scale = 1.0 + z * z / all;
    ((centre - spread) / scale, (centre + spread) / scale)
}
