//! The rows of the comparison with the prometheus crate. What each row does stands in Peers/README.md.

use prometheus::{Encoder, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};
use std::io::{BufRead, Write};
use std::sync::Barrier;
use std::time::Instant;

const BOUNDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0];
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

fn make_values() -> Vec<f64> {
    let mut state = 0u64;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    (0..4096)
        .map(|_| {
            let bucket = (next() * 13.0) as usize;
            let lower = if bucket > 0 { BOUNDS[bucket - 1] } else { 0.0 };
            let upper = if bucket < 12 { BOUNDS[bucket] } else { 50.0 };
            lower + (upper - lower) * next()
        })
        .collect()
}

fn path(i: usize) -> String {
    format!("/api/v1/resources/{:02}", i)
}

fn counters(name: &str) -> IntCounterVec {
    IntCounterVec::new(Opts::new(name, "Requests that were answered."), &["method", "path"]).unwrap()
}

fn histograms(name: &str, bounds: &[f64]) -> HistogramVec {
    let options = HistogramOpts::new(name, "Time to answer requests.").buckets(bounds.to_vec());
    HistogramVec::new(options, &["method", "path"]).unwrap()
}

fn counter_page() -> Registry {
    let registry = Registry::new();
    for family in 0..50 {
        let vec = counters(&format!("http_requests_{:02}_total", family));
        registry.register(Box::new(vec.clone())).unwrap();
        for child in 0..100 {
            vec.with_label_values(&[METHODS[child % 4], &path(child / 4)])
                .inc_by(((family * 100 + child) * 7919 % 1000003) as u64);
        }
    }
    registry
}

fn histogram_page(values: &[f64]) -> Registry {
    let registry = Registry::new();
    for family in 0..100 {
        let vec = histograms(&format!("http_duration_{:02}_seconds", family), &BOUNDS[..11]);
        registry.register(Box::new(vec.clone())).unwrap();
        for child in 0..70 {
            let histogram = vec.with_label_values(&[METHODS[child % 4], &path(child / 4)]);
            for i in 0..5 {
                histogram.observe(values[(family * 350 + child * 5 + i) % 4096]);
            }
        }
    }
    registry
}

fn render(registry: &Registry, buffer: &mut Vec<u8>) {
    buffer.clear();
    TextEncoder::new().encode(&registry.gather(), buffer).unwrap();
}

/// Prints the nanoseconds of one operation, and a number that shows that all were done.
fn sample(operations: usize, threads: usize, body: impl Fn() + Sync, check: impl Fn() -> f64) {
    let barrier = Barrier::new(threads + 1);
    let begin = std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                barrier.wait();
                body();
            });
        }
        barrier.wait();
        Instant::now()
    });
    println!("{} {}", begin.elapsed().as_nanos() as f64 / (operations * threads) as f64, check());
}

fn increments(threads: usize) {
    const OPERATIONS: usize = 4_000_000;
    let vec = counters("x_total");
    let counter = vec.with_label_values(&["GET", &path(1)]);
    sample(
        OPERATIONS,
        threads,
        || {
            for _ in 0..OPERATIONS {
                counter.inc();
            }
        },
        || counter.get() as f64,
    );
}

fn lookups() {
    const OPERATIONS: usize = 1_000_000;
    let vec = counters("x_total");
    let labels: Vec<(&str, String)> = (0..100).map(|i| (METHODS[i % 4], path(i / 4))).collect();
    sample(
        OPERATIONS,
        1,
        || {
            let mut child = 0;
            for _ in 0..OPERATIONS {
                vec.with_label_values(&[labels[child].0, &labels[child].1]).inc();
                child += 37;
                if child >= 100 {
                    child -= 100;
                }
            }
        },
        || labels.iter().map(|label| vec.with_label_values(&[label.0, &label.1]).get() as f64).sum(),
    );
}

fn observations(threads: usize, values: &[f64]) {
    const OPERATIONS: usize = 2_000_000;
    let vec = histograms("x", &BOUNDS);
    let histogram = vec.with_label_values(&["GET", &path(1)]);
    sample(
        OPERATIONS,
        threads,
        || {
            for i in 0..OPERATIONS {
                histogram.observe(values[i & 4095]);
            }
        },
        || histogram.get_sample_count() as f64,
    );
}

fn lines(buffer: &[u8]) -> usize {
    buffer.iter().filter(|byte| **byte == b'\n').count()
}

fn pages(registry: &Registry, count: usize) {
    let mut first = Vec::new();
    render(registry, &mut first);
    let buffer = std::sync::Mutex::new(first);
    let total = count * lines(&buffer.lock().unwrap());
    sample(
        total,
        1,
        || {
            for _ in 0..count {
                render(registry, &mut buffer.lock().unwrap());
            }
        },
        || lines(&buffer.lock().unwrap()) as f64,
    );
}

fn page(registry: &Registry) {
    let mut buffer = Vec::new();
    render(registry, &mut buffer);
    println!("{}", buffer.len());
    std::io::stdout().write_all(&buffer).unwrap();
    std::io::stdout().flush().unwrap();
}

fn status(key: &str) -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|line| line.starts_with(key)).unwrap();
    line.split_whitespace().nth(1).unwrap().to_string()
}

fn memory(values: &[f64]) {
    let registry = histogram_page(values);
    let before = status("VmRSS:");
    let mut buffer = Vec::new();
    for _ in 0..5 {
        render(&registry, &mut buffer);
    }
    println!("{} {}", before, status("VmHWM:"));
}

fn main() {
    let values = make_values();
    let mut counters: Option<Registry> = None;
    let mut histograms: Option<Registry> = None;
    for line in std::io::stdin().lock().lines() {
        match line.unwrap().as_str() {
            "increment" => increments(1),
            "increment-2" => increments(2),
            "lookup" => lookups(),
            "observe" => observations(1, &values),
            "observe-2" => observations(2, &values),
            "render-counters" => pages(counters.get_or_insert_with(counter_page), 10),
            "render-histograms" => pages(histograms.get_or_insert_with(|| histogram_page(&values)), 1),
            "page-counters" => page(counters.get_or_insert_with(counter_page)),
            "page-histograms" => page(histograms.get_or_insert_with(|| histogram_page(&values))),
            "memory" => memory(&values),
            _ => println!("-"),
        }
    }
}
