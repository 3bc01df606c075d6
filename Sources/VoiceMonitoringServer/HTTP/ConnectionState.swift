/// What one connection is doing, and by when it must have done it: a state machine with an event in and an action out.
struct ConnectionState {
    /// What can happen on a connection.
    enum Event {
        /// It was opened.
        case opened
        /// The head of a request is there.
        case requestHead
        /// The end of a request is there.
        case requestEnd
        /// The head of a response goes out.
        case responseHead(isStream: Bool, closes: Bool)
        /// The end of a response goes out.
        case responseEnd
    }

    /// What the connection has a deadline for; when it passes, the connection is closed.
    enum Deadline: Equatable {
        /// For the whole head of the first request.
        case head
        /// For the whole of a request.
        case request
        /// For the whole of a response.
        case response
        /// For the next request.
        case idle
        /// For the client to read the last response before what it still sends resets the connection.
        case linger
    }

    /// What to do now.
    enum Action: Equatable {
        /// Go on as before.
        case proceed
        /// Have this deadline instead of any other; none for a stream, which has its own.
        case setDeadline(Deadline?)
    }

    private var isReceiving = false
    private var isAwaitingResponse = false
    private var isResponding = false
    private var closesAfterResponse = false

    /// Whether nothing more is read from the client.
    private(set) var isClosing = false

    /// Whether what cannot be parsed may be answered now: not before the answer to a good request in front of it.
    var canRefuse: Bool {
        !isResponding && !isClosing && (isReceiving || !isAwaitingResponse)
    }

    mutating func handle(_ event: Event) -> Action {
        switch event {
        case .opened:
            return .setDeadline(.head)
        case .requestHead:
            isReceiving = true
            isAwaitingResponse = true
            return .setDeadline(.request)
        case .requestEnd:
            isReceiving = false
            return isResponding || isClosing ? .proceed : .setDeadline(.response)
        case .responseHead(let isStream, let closes):
            isResponding = true
            closesAfterResponse = closes
            return .setDeadline(isStream ? nil : .response)
        case .responseEnd:
            isResponding = false
            isAwaitingResponse = false
            isClosing = closesAfterResponse
            return .setDeadline(isClosing ? .linger : isReceiving ? .request : .idle)
        }
    }
}
