//! `top` over records with one long string, and over short dense ones.

use std::io::Read;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use data_gen::{Scores, ScoresOptions};
use mixtape::top::{TopOptions, top};

const RECORDS: u64 = 50_000;

fn bench_top(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("top");
    for (name, dense) in [("scores", false), ("dense", true)] {
        let mut lines = Vec::new();
        let options = ScoresOptions {
            records: RECORDS,
            dense,
            ..ScoresOptions::default()
        };
        Scores::new(options).read_to_end(&mut lines).unwrap();
        let highest = lines
            .split(|&byte| byte == b'\n')
            .filter_map(|line| {
                let end = line.iter().position(|&byte| byte == b':')?;
                std::str::from_utf8(&line[..end])
                    .ok()?
                    .trim()
                    .parse::<u64>()
                    .ok()
            })
            .max()
            .expect("there are records");
        let options = TopOptions {
            count: 5,
            ..TopOptions::default()
        };
        group.throughput(Throughput::Bytes(lines.len() as u64));
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let winners = top("scores", &lines[..], &options).unwrap();
                let mut output = Vec::new();
                winners.write_ndjson(&mut output).unwrap();
                assert!(output.starts_with(format!("{{\"score\": {highest}, ").as_bytes()));
                assert_eq!(winners.len(), 5);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench_top);
criterion_main!(benches);
