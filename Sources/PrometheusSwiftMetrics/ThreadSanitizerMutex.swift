#if THREAD_SANITIZER
    import PrometheusMetrics

    typealias Mutex = PrometheusMetrics.Mutex
#endif
