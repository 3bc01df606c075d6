import VoiceMonitoring

@testable import VoiceSimulation

/// Follows the sessions, turns, calls and tasks of a log and complains of whatever is out of order.
struct Lives {
    private(set) var complaints: [String] = []
    private(set) var openCalls: Set<String> = []
    private(set) var openTasks: Set<String> = []
    private(set) var connected = 0
    private var sessions: [String: EventType] = [:]
    private var marks: [String: [TurnMark.Name: Double]] = [:]
    private var ended: Set<String> = []

    mutating func take(_ event: SimulatedEvent) {
        let type = event.event.type
        if let session = event.event.session, ended.contains(session) { complain(type, session, "ended") }
        switch event.event.kind {
        case .sessionConnecting, .sessionStarted, .sessionEnded: take(type, of: event.event.session ?? "")
        case .turnMark(let mark): take(mark, at: event.milliseconds)
        case .toolStarted(let call): open(call.callID, type)
        case .toolFinished(let finish): close(finish.call.callID, type)
        case .taskQueued(let task): if !openTasks.insert(task.taskID).inserted { complain(type, task.taskID, "twice") }
        case .taskStarted(let task), .taskAgentSpawned(let task): expectTask(task.taskID, type)
        case .taskProgress(let progress): expectTask(progress.taskID, type)
        case .taskFinished(let finish):
            expectTask(finish.taskID, type)
            openTasks.remove(finish.taskID)
        default: break
        }
    }

    private mutating func take(_ type: EventType, of session: String) {
        let before = sessions[session]
        sessions[session] = type
        switch type {
        case .sessionConnecting where before != nil: complaints.append("\(type.rawValue) of \(session), again")
        case .sessionStarted:
            connected += 1
            if before != .sessionConnecting {
                complaints.append("\(type.rawValue) of \(session), which is not connecting")
            }
        case .sessionEnded:
            ended.insert(session)
            if before == nil { complaints.append("\(type.rawValue) of \(session), which is not connected") }
        default: break
        }
    }

    /// A mark comes once, at the sender's clock that it tells, and after those that it follows from.
    private mutating func take(_ mark: TurnMark, at milliseconds: Double) {
        let before = marks[mark.turnID, default: [:]]
        if before[mark.name] != nil { complaints.append("\(mark.name.rawValue) of \(mark.turnID), again") }
        if mark.offsetMilliseconds != milliseconds { complaints.append("\(mark.name.rawValue) at another time") }
        if let cause = Self.causes[mark.name], before[cause] == nil {
            complaints.append("\(mark.name.rawValue) of \(mark.turnID) before \(cause.rawValue)")
        }
        marks[mark.turnID, default: [:]][mark.name] = milliseconds
    }

    private mutating func open(_ call: String, _ type: EventType) {
        if !openCalls.insert(call).inserted { complain(type, call, "open") }
    }

    private mutating func close(_ call: String, _ type: EventType) {
        if openCalls.remove(call) == nil { complaints.append("\(type.rawValue) of \(call), which is not open") }
    }

    private mutating func expectTask(_ task: String, _ type: EventType) {
        if !openTasks.contains(task) { complaints.append("\(type.rawValue) of \(task), which is not queued") }
    }

    private mutating func complain(_ type: EventType, _ id: String, _ state: String) {
        complaints.append("\(type.rawValue) of \(id), which is \(state)")
    }

    private static let causes: [TurnMark.Name: TurnMark.Name] = [
        .transcriptionComplete: .speechEndDetected, .llmFirstToken: .speechEndDetected,
        .ttsFirstByte: .llmFirstToken, .audioPlaybackStart: .ttsFirstByte,
        .toolCallStarted: .audioPlaybackStart, .toolCallComplete: .toolCallStarted,
        .responseComplete: .audioPlaybackStart,
    ]
}

extension SimulatedEvent {
    static func at(_ milliseconds: Double, _ kind: VoiceEvent.Kind, session: String? = nil) -> SimulatedEvent {
        SimulatedEvent(milliseconds: milliseconds, event: VoiceEvent(kind, session: session))
    }
}
