extension Interpreter {
    /// Takes a call that the model asked for. None where it is known already.
    mutating func request(
        _ told: RealtimeToolRequest, session: String?, toldBy teller: TellingSource, _ context: EventContext
    ) -> [Fact]? {
        let call = told.call
        let known = requests[call.callID]
        guard known?.tool == nil else { return nil }
        let tool = toolNames.label(for: call.toolName)
        var facts = [context.fact(.toolRequested(tool: tool))]
        if told.hasValidArguments == false { facts.append(context.fact(.toolArgumentsMalformed)) }
        if known != nil { facts.append(context.fact(.toolResultDelivered(tool: tool))) }
        let isEnded = known != nil || endedCalls[call.callID] != nil
        if endedCalls[call.callID] == nil, calls[call.callID] == nil {
            let teller = teller == .explicit ? teller : .identified
            facts += delegation(of: tool, to: call.agentName, session, toldBy: teller, context)
        }
        var request = ToolRequest(
            tool: tool, session: session, sessionLife: session.flatMap { sessions[$0]?.life },
            // Browsers send in batches, so that their receipts say nothing about when the call was asked for.
            requested: teller == .browser ? nil : context.moment, agentName: call.agentName)
        request.isOpen = !isEnded
        request.isDelivered = known != nil
        if request.isOpen { facts += changeOpenCalls(by: 1, of: session, life: request.sessionLife, context) }
        return facts + remember(request, call.callID, context)
    }

    /// Takes the result of a call that the model got. One whose request is not told yet is counted with it.
    mutating func takeResult(of callID: String, _ context: EventContext) -> [Fact] {
        guard let request = requests[callID] else {
            return remember(ToolRequest(isDelivered: true), callID, context)
        }
        guard let tool = request.tool, !request.isDelivered else { return [] }
        _ = requests.change(callID) { $0.isDelivered = true }
        return endRequest(callID, context) + [context.fact(.toolResultDelivered(tool: tool))]
    }

    private mutating func remember(_ request: ToolRequest, _ callID: String, _ context: EventContext) -> [Fact] {
        _ = requests.remove(callID)
        guard let evicted = requests.insert(request, for: callID, at: context.now.monotonic) else { return [] }
        counts.evictions[.requests, default: 0] += 1
        return leave(evicted.value, context)
    }

    /// Takes the end of a call that was asked for: its session waits for it no more.
    mutating func endRequest(_ callID: String, _ context: EventContext) -> [Fact] {
        let request = requests.change(callID) { request in
            defer { request.isOpen = false }
            return request
        }
        return request.map { leave($0, context) } ?? []
    }

    /// Takes leave of a request. One that is still open had no end that was told.
    mutating func expire(_ request: ToolRequest, _ context: EventContext) -> [Fact] {
        if request.isOpen { counts.expirations[.requests, default: 0] += 1 }
        return leave(request, context)
    }

    /// How long a call waited from its request to its start, in milliseconds, where both are told.
    func queueWait(of start: ToolCallStart, _ context: EventContext) -> Double? {
        start.queueWaitMilliseconds
            ?? requests[start.callID]?.requested.flatMap { context.moment.milliseconds(since: $0) }
    }

    private mutating func leave(_ request: ToolRequest, _ context: EventContext) -> [Fact] {
        guard request.isOpen else { return [] }
        return changeOpenCalls(by: -1, of: request.session, life: request.sessionLife, context)
    }
}
