/// What of the people's words and of the programs' insides is kept. What is switched off is dropped on arrival.
public struct Privacy: Codable, Sendable {
    /// The beginnings of instructions to agents.
    public var keepsPreviews = true
    /// Stack traces and request contexts of errors.
    public var keepsStackTraces = true

    /// Everything is kept.
    public init() {}

    func redacted(_ event: VoiceEvent) -> VoiceEvent {
        var event = event
        switch event.kind {
        case .toolRequested(var call) where !keepsPreviews:
            call.instructionPreview = nil
            event.kind = .toolRequested(call)
        case .toolStarted(var call) where !keepsPreviews:
            call.instructionPreview = nil
            event.kind = .toolStarted(call)
        case .toolFinished(var finish) where !keepsPreviews:
            finish.call.instructionPreview = nil
            event.kind = .toolFinished(finish)
        case .taskQueued(var task) where !keepsPreviews:
            task.instructionPreview = nil
            event.kind = .taskQueued(task)
        case .taskStarted(var task) where !keepsPreviews:
            task.instructionPreview = nil
            event.kind = .taskStarted(task)
        case .taskAgentSpawned(var task) where !keepsPreviews:
            task.instructionPreview = nil
            event.kind = .taskAgentSpawned(task)
        case .realtime(var realtime) where !keepsPreviews:
            realtime.event.dropPreviews()
            event.kind = .realtime(realtime)
        case .error(var error) where !keepsStackTraces:
            error.stackTrace = nil
            error.requestContext = nil
            event.kind = .error(error)
        default:
            break
        }
        return event
    }
}

extension RealtimeServerEvent {
    fileprivate mutating func dropPreviews() {
        switch self {
        case .toolRequested(var request):
            request.call.instructionPreview = nil
            self = .toolRequested(request)
        case .responseDone(var end):
            for index in end.toolRequests.indices { end.toolRequests[index].call.instructionPreview = nil }
            self = .responseDone(end)
        default:
            break
        }
    }
}
