/// Why a simulation could not go on.
enum SimulationFailure: Error, CustomStringConvertible {
    case unreachable(String)
    case closed(String)
    case late(String, seconds: Int64)
    case refused(String, status: Int, String)

    var description: String {
        switch self {
        case .unreachable(let target):
            "\(target) cannot be reached. Start the exporter, or name another with --target."
        case .closed(let target):
            "\(target) closed the connection without an answer."
        case .late(let target, let seconds):
            "\(target) gave no answer within \(seconds) s."
        case .refused(let target, let status, let body):
            "\(target) does not answer as an exporter does: \(status) \(body.quoted)"
        }
    }
}
