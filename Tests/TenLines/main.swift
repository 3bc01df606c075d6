import PrometheusMetrics

let registry = Registry()
let jobs = try registry.counter("jobs_total", help: "Jobs done.")
let durations = try registry.histogram("job_duration_seconds", help: "Time of a job.", buckets: .durations)
for job in 1...3 {
    durations.time { print("Job \(job)") }
    jobs.increment()
}
print(String(decoding: registry.exposition(), as: UTF8.self))
