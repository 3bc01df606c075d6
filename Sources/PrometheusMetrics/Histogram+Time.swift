extension Histogram {
    /// Counts how long something took, in seconds.
    public func observe(_ duration: Duration) {
        observe(duration / .seconds(1))
    }

    /// Does something and counts how long it took in seconds, whether it returned or threw.
    ///
    /// - Parameters:
    ///   - clock: The clock that measures it; by default one that goes on while the machine sleeps.
    ///   - body: What is done.
    public func time<Measure: Clock, Result, Failure: Error>(
        clock: Measure = ContinuousClock(), _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result where Measure.Duration == Duration {
        let start = clock.now
        defer { observe(start.duration(to: clock.now)) }
        return try body()
    }

    /// Does something that waits and counts how long it took in seconds, whether it returned, threw or was cancelled.
    ///
    /// - Parameters:
    ///   - clock: The clock that measures it; by default one that goes on while the machine sleeps.
    ///   - isolation: The actor of the caller.
    ///   - body: What is done.
    public func time<Measure: Clock, Result, Failure: Error>(
        clock: Measure = ContinuousClock(), isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result where Measure.Duration == Duration {
        let start = clock.now
        defer { observe(start.duration(to: clock.now)) }
        return try await body()
    }
}
