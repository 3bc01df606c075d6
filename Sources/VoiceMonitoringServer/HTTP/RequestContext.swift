import Hummingbird
import NIOCore

/// What a route knows of a request beside the request itself.
struct MonitoringRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection, for deadlines.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
