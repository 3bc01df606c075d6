import VoiceMonitoring

/// What people and programs say in simulated calls.
enum SimulatedTexts {
    static let instructions = [
        "Implement the user registration form with validation of the e-mail address and a test for each rule.",
        "Fix the failing test in the payment module; it broke after the currency change of last week.",
        "Review the authentication flow and list what an attacker could do with a stolen refresh token.",
        "Propose a simpler structure for the notification service, with the trade-offs of each option.",
        "Add pagination to the orders endpoint and keep the old clients working.",
        "Find out why the nightly import takes three hours and make it faster.",
        "Write the migration that splits the customer name into two columns.",
        "Refactor the report generator so that it can be tested without a database.",
        "Check the dependency updates of this month for anything that breaks the build.",
        "Summarize what changed in the repository since Friday.",
    ]

    static let steps = ["reading the code", "planning the change", "writing the code", "running the tests"]

    static func message(of code: String) -> String {
        messages[code] ?? "Something went wrong."
    }

    private static let messages = [
        "webrtc_connect_failed": "ICE connection state went to failed after 15 s.",
        "webrtc_ice_timeout": "No candidate pair succeeded within 10 s.",
        "websocket_closed": "Sideband closed with code 1006.",
        "network_timeout": "POST https://api.openai.com/v1/realtime/calls timed out after 10 s.",
        "rate_limit_exceeded": "Rate limit reached for tokens per minute: limit 40000, used 39870, requested 640.",
        "session_expired": "Your session hit the maximum duration of 60 minutes.",
        "model_unavailable": "The model is overloaded. Please try again later.",
        "tool_execution_failed": "bash exited with status 1: tests failed.",
        "agent_spawn_failed": "The agent did not start: bundle could not be loaded.",
        "buffer_underrun": "Playback ran out of audio for 80 ms.",
        "codec_error": "Opus decoder: corrupted stream.",
        "invalid_state": "response.create while a response is in progress.",
        "cleanup_failed": "Session directory could not be removed.",
    ]
}
