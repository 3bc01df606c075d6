/// What one connection is doing, by when it must have done it, and how it ends: a state machine with an event in and
/// actions out.
///
/// It takes one request after the other: what follows a request waits until its answer has left.
struct ConnectionState {
    /// What can happen on a connection.
    enum Event {
        /// It was opened.
        case opened
        /// The head of a request is there.
        case requestHead
        /// The end of a request is there.
        case requestEnd
        /// What comes is no request, or one that must not be taken.
        case malformed
        /// The head of an answer goes out, or of a refusal.
        case responseHead(isStream: Bool, closes: Bool)
        /// The whole answer has left for the client.
        case responseSent
        /// The process ends.
        case stopped
    }

    /// What the connection has a deadline for; when it passes, the connection is closed.
    enum Deadline: Equatable {
        /// For the whole head of the first request.
        case head
        /// For the whole of a request.
        case request
        /// For the whole of a response, until the client has taken it.
        case response
        /// For the next request.
        case idle
        /// For the client to read the last response before what it still sends resets the connection.
        case linger
    }

    /// What to do now.
    enum Action: Equatable {
        /// Have this deadline instead of any other; none for a stream, which has its own.
        case setDeadline(Deadline?)
        /// Answer with the refusal of what is malformed.
        case refuse
        /// Take what waits for its turn, and read on.
        case takeNext
        /// Tell the client that nothing more comes.
        case closeOutput
        /// Close the connection.
        case close
    }

    private enum RequestProgress { case none, receiving, received }
    private enum ResponseProgress { case none, started, sent }

    private var request = RequestProgress.none
    private var response = ResponseProgress.none
    private var isLast = false
    private var isMalformed = false
    private var isEnding = false

    /// Whether nothing more is taken from the client.
    var isClosing: Bool { isMalformed || isEnding }

    /// Whether what comes has to wait until the request before it is answered.
    var isWaiting: Bool { request == .received }

    /// Whether an answer goes out that has not left yet.
    var isSending: Bool { response == .started }

    /// Whether the request has no answer yet, and nothing says that it gets none.
    var mayRespond: Bool { response == .none && !isEnding }

    /// Whether a request has begun whose end somebody waits for.
    var isReceiving: Bool { request == .receiving }

    mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .opened:
            return [.setDeadline(.head)]
        case .requestHead:
            request = .receiving
            return [.setDeadline(.request)]
        case .requestEnd:
            request = .received
            return response == .none ? [.setDeadline(.response)] : response == .sent ? next() : []
        case .malformed:
            isLast = true
            isMalformed = true
            return response == .none ? [.refuse] : response == .sent ? end() : []
        case .responseHead(let isStream, let closes):
            response = .started
            isLast = isLast || closes
            return [.setDeadline(isStream ? nil : .response)]
        case .responseSent:
            response = .sent
            return isLast ? end() : isReceiving ? [.setDeadline(.request)] : next()
        case .stopped:
            isLast = true
            return !isEnding && (request == .none || response == .sent) ? [.close] : []
        }
    }

    private mutating func next() -> [Action] {
        guard !isLast else { return end() }
        request = .none
        response = .none
        return [.setDeadline(.idle), .takeNext]
    }

    private mutating func end() -> [Action] {
        isEnding = true
        return [.closeOutput, .setDeadline(.linger)]
    }
}
