import Glibc

/// Starts a thread that runs a closure to its end.
func startThread(_ run: @escaping @Sendable () -> Void) -> pthread_t {
    var thread = pthread_t()
    let body = Unmanaged.passRetained(ThreadBody(run)).toOpaque()
    pthread_create(
        &thread, nil,
        { body in
            guard let body else { return nil }
            Unmanaged<ThreadBody>.fromOpaque(body).takeRetainedValue().run()
            return nil
        }, body)
    return thread
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
