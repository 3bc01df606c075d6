extension Interpreter {
    /// The id under which a session is known.
    func resolved(_ id: String) -> String {
        links.count == 0 ? id : links[id] ?? id
    }

    /// The event with the id under which its session is known.
    func addressed(_ event: VoiceEvent) -> VoiceEvent {
        guard let told = event.session else { return event }
        var event = event
        event.session = resolved(told)
        if case .sessionLinked(var link) = event.kind {
            event.session = primary(of: event.session, link)
            link.aliases.append(told)
            event.kind = .sessionLinked(link)
        }
        return event
    }

    /// The id under which linked sessions go on: that of the one that is live, and that began first where several are.
    /// Only a session that is not live yet joins one that has another of the ids as an alias.
    private func primary(of session: String?, _ link: SessionLink) -> String? {
        let own = [session].compactMap { $0 } + link.aliases.filter { links[$0] == nil }
        let live = own.compactMap { id in sessions[id].map { (id: id, life: $0.life) } }
        if let first = live.min(by: { $0.life < $1.life }) { return first.id }
        return link.aliases.lazy.compactMap { links[$0] }.first { sessions[$0] != nil } ?? session
    }

    /// Lets other ids address a session. An id that is another live session's stays its own, and is counted: an id that
    /// many sessions name, such as `unknown`, would else make them one.
    mutating func link(_ aliases: [String], to session: String?, _ context: EventContext) -> [Fact] {
        guard let session else { return [] }
        var facts: [Fact] = []
        for alias in aliases where alias != session {
            if let owner = links[alias] {
                if owner == session { continue }
                if sessions[owner] != nil {
                    counts.refusedLinks += 1
                    continue
                }
                _ = links.remove(alias)
            }
            guard sessions.change(session, { $0.take(alias: alias) }) ?? true else {
                counts.refusedLinks += 1
                continue
            }
            facts += absorb(alias, into: session, context)
            if links.insert(session, for: alias, at: context.now.monotonic) != nil {
                counts.evictions[.links, default: 0] += 1
            }
        }
        return facts
    }

    /// Makes two live sessions one. The other's aliases go with it.
    private mutating func absorb(_ other: String, into session: String, _ context: EventContext) -> [Fact] {
        guard sessions[session] != nil, let absorbed = sessions.remove(other) else { return [] }
        for alias in absorbed.aliases {
            _ = links.change(alias) { $0 = session }
            _ = sessions.change(session) { $0.take(alias: alias) }
        }
        realtime.rename(other, to: session, at: context.now.monotonic)
        let merged = context.fact(.sessionMerged(MergedSession(id: other, into: session, phase: absorbed.phase)))
        let change = sessions.change(session) { live in live.absorb(absorbed).map { (from: $0, to: live.phase) } }
        guard case .some(.some(let phases)) = change else { return [merged] }
        return [merged, context.fact(.sessionChanged(from: phases.from, to: phases.to))]
    }

    /// The other ids of a session outlive it for a while, so that what comes late is known to be late.
    mutating func forgetExpiredLinks(at now: MonotonicTime) {
        while let (alias, session) = links.removeExpired(at: now) {
            if sessions[session] != nil { _ = links.insert(session, for: alias, at: now) }
        }
    }

    /// A conversation lasts as long as its session, and a while longer for what comes late.
    mutating func forgetExpiredConversations(at now: MonotonicTime) {
        while let (session, conversation) = realtime.conversations.removeExpired(at: now) {
            if sessions[session] != nil {
                _ = realtime.conversations.insert(conversation, for: session, at: now)
            }
        }
    }
}
