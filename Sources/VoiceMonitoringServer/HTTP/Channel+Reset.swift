import Glibc
import NIOCore

extension Channel {
    /// Closes the connection of a client that does not read. What the kernel still holds for it is thrown away, as it
    /// would else be kept for minutes.
    func reset() {
        guard let options = self as? any SocketOptionProvider else { return close(promise: nil) }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in self.close(promise: nil) }
    }
}
