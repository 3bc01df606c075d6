extension Interpreter {
    /// Takes the start of a call. None where the call is known already.
    mutating func start(_ start: ToolCallStart, session: String?, _ context: EventContext) -> [Fact]? {
        guard calls[start.callID] == nil, endedCalls[start.callID] == nil else { return nil }
        let tool = toolNames.label(for: start.toolName)
        var facts = [context.fact(.toolCalled(tool: tool))]
        facts += delegation(of: tool, to: start.agentName, context)
        let call = LiveCall(
            start: start, tool: tool, session: session, sessionLife: session.flatMap { sessions[$0]?.life },
            started: context.at)
        facts += changeOpenCalls(by: 1, of: call, context)
        if let evicted = calls.insert(call, for: start.callID, at: context.now.monotonic) {
            counts.evictions[.calls, default: 0] += 1
            facts += leave(evicted.value, context)
        }
        return facts
    }

    /// Takes the end of a call. It counts the call where nobody told its start; none where it is known to have ended.
    mutating func finish(_ finish: ToolCallFinish, session: String?, _ context: EventContext) -> [Fact]? {
        let id = finish.call.callID
        guard endedCalls[id] == nil else { return nil }
        if endedCalls.insert(Ended(), for: id, at: context.now.monotonic) != nil {
            counts.evictions[.calls, default: 0] += 1
        }
        let open = calls.remove(id)
        let tool = open?.tool ?? toolNames.label(for: finish.call.toolName)
        var facts = open.map { leave($0, context) } ?? [context.fact(.toolCalled(tool: tool))]
        if open?.start.agentName == nil {
            facts += delegation(of: tool, to: finish.call.agentName, context)
        }
        facts.append(
            context.fact(.toolFinished(tool: tool, ToolCallRecord(finish, open, session: session, at: context.at))))
        return facts
    }

    /// Takes a call out of its session's open calls.
    mutating func leave(_ call: LiveCall, _ context: EventContext) -> [Fact] {
        changeOpenCalls(by: -1, of: call, context)
    }

    private mutating func delegation(of tool: String, to agentName: String?, _ context: EventContext) -> [Fact] {
        guard let agentName else { return [] }
        return [context.fact(.toolDelegated(tool: tool, agent: agentNames.label(for: agentName)))]
    }
}
