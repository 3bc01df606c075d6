extension Interpreter {
    /// Takes the start of a call. None where the call is known already.
    mutating func start(_ start: ToolCallStart, session: String?, _ context: EventContext) -> [Fact]? {
        guard calls[start.callID] == nil, endedCalls[start.callID] == nil else { return nil }
        let tool = toolNames.label(for: start.toolName)
        var facts = [context.fact(.toolCalled(tool: tool))]
        facts += delegation(of: start, as: tool, session, context)
        let call = LiveCall(
            start: start, tool: tool, session: session, sessionLife: session.flatMap { sessions[$0]?.life },
            started: context.at, queueWait: queueWait(of: start, context))
        if let wait = call.queueWait { facts.append(context.fact(.toolQueued(milliseconds: wait))) }
        facts += changeOpenCalls(by: 1, of: session, life: call.sessionLife, context)
        if let evicted = calls.insert(call, for: start.callID, at: context.now.monotonic) {
            counts.evictions[.calls, default: 0] += 1
            facts += leave(evicted.value, context)
        }
        return facts
    }

    /// Takes the end of a call. It counts the call, its wait and its agent, where nobody told its start; none where its
    /// end was told before. What a start told was counted then, also where the lease of the call ran out meanwhile.
    mutating func finish(_ finish: ToolCallFinish, session: String?, _ context: EventContext) -> [Fact]? {
        let id = finish.call.callID
        let ending = endedCalls[id]
        guard ending != .told else { return nil }
        if endedCalls.remember(id, at: context.now.monotonic) { counts.evictions[.calls, default: 0] += 1 }
        var open = calls.remove(id)
        let tool = open?.tool ?? toolNames.label(for: finish.call.toolName)
        let isNews = open == nil && ending == nil
        var facts = open.map { leave($0, context) } ?? []
        if isNews { facts.append(context.fact(.toolCalled(tool: tool))) }
        facts += endRequest(id, context)
        if ending == nil, open?.start.agentName == nil {
            facts += delegation(of: finish.call, as: tool, session, context)
        }
        let agentName = open?.start.agentName ?? finish.call.agentName ?? requests[id]?.agentName
        if ending == nil, open?.queueWait == nil, let wait = finish.call.queueWaitMilliseconds {
            open?.queueWait = wait
            facts.append(context.fact(.toolQueued(milliseconds: wait)))
        }
        let record = ToolCallRecord(finish, open, session: session, agentName: agentName, at: context.at)
        facts.append(context.fact(.toolFinished(tool: tool, record)))
        return facts
    }

    /// Takes a call out of its session's open calls.
    mutating func leave(_ call: LiveCall, _ context: EventContext) -> [Fact] {
        changeOpenCalls(by: -1, of: call.session, life: call.sessionLife, context)
    }

    /// Counts the agent that a call delegates to, unless the request of the call or raw events counted it.
    private mutating func delegation(
        of call: ToolCallStart, as tool: String, _ session: String?, _ context: EventContext
    ) -> [Fact] {
        guard requests[call.callID]?.agentName == nil else { return [] }
        return delegation(of: tool, to: call.agentName, session, toldBy: .explicit, context)
    }

    mutating func delegation(
        of tool: String, to agentName: String?, _ session: String?, toldBy teller: TellingSource,
        _ context: EventContext
    ) -> [Fact] {
        guard let agentName else { return [] }
        let isNews = realtime.isNews(
            .delegation(agent: agentName), session: session, toldBy: teller, at: context.now.monotonic)
        guard isNews else { return [] }
        return [context.fact(.toolDelegated(tool: tool, agent: agentNames.label(for: agentName)))]
    }
}
