extension Interpreter {
    /// Takes an error that somebody reports. None where raw events told the same just before.
    mutating func take(_ error: ReportedError, id: String?, session: String?, _ context: EventContext) -> [Fact]? {
        if let session, error.code == "websocket_closed" { realtime.controlChannelClosed(session: session) }
        let subject = Twins.Subject.error(error.category, code: error.code)
        guard realtime.isNews(subject, session: session, toldBy: .explicit, at: context.now.monotonic) else {
            return nil
        }
        return count(error, id: id, session: session, context)
    }

    mutating func count(
        _ error: ReportedError, id: String?, session: String?, _ context: EventContext
    ) -> [Fact] {
        if let session { _ = sessions.change(session) { $0.errors += 1 } }
        let code = error.category.knownCodes.contains(error.code) ? error.code : BoundedNames.other
        errorCount += 1
        let record = ErrorRecord(error, id: id ?? "error-\(errorCount)", session: session, at: context.at)
        return [context.fact(.error(code: code, record))]
    }
}
