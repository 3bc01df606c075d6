extension Interpreter {
    mutating func take(_ error: ReportedError, id: String?, session: String?, _ context: EventContext) -> [Fact] {
        if let session { _ = sessions.change(session) { $0.errors += 1 } }
        let code = error.category.knownCodes.contains(error.code) ? error.code : BoundedNames.other
        errorCount += 1
        let record = ErrorRecord(error, id: id ?? "error-\(errorCount)", session: session, at: context.at)
        return [context.fact(.error(code: code, record))]
    }
}
