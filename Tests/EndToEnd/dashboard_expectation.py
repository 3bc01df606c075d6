"""What must stand on the dashboard for a summary, said apart from the dashboard's own code, in the form of
`dashboard_reading.read`. Where the clock decides a text, the expectation holds a function of the text."""

from dashboard_text import (
    ICONS, NONE, WORDS, clock, count, duration, fixed, moment, percent, plain, rate, ratio, samples, score, status)

CATEGORIES = {
    "infrastructure": "Infrastructure", "openai_api": "OpenAI API", "amplifier": "Amplifier", "audio": "Audio",
    "session": "Session",
}
SEVERITY = ["unknown", "ok", "warning", "critical"]
# SPEC section 2, "Component-Level Breakdown": what each aims at, in milliseconds.
COMPONENTS = {
    "WebRTC connect": ("webrtc_connect", 500), "Session create": ("session_create", 300),
    "SDP exchange": ("sdp_exchange", 400), "Tool execution": ("tool_execution", 5000),
    "Amplifier task": ("amplifier_task", 30_000),
}


class Within:
    """A text that the clock moves: it must be what a function gives for some instant between two."""

    def __init__(self, text, first, last, step):
        self.texts = {text(value) for value in steps(first, last, step)}

    def __eq__(self, shown):
        return shown in self.texts

    def __repr__(self):
        return f"one of {sorted(self.texts)}"


def steps(first, last, step):
    while first <= last + step:
        yield first
        first += step


def bar(value, full):
    """How far a bar is filled."""
    if not value:
        return "0%"
    return f"{fixed(max(1.5, 100 * min(1, value / full)), 1)}%"


def overall(kinds):
    kind = max(kinds, key=SEVERITY.index)
    return [ICONS[kind], WORDS[kind]]


def by_count(names):
    return sorted(names.items(), key=lambda item: (-item[1], item[0]))


def sessions(summary, earliest, latest):
    data = summary["sessions"]
    states = data["by_state"]

    def since(time):
        if time is None:
            return NONE
        first = (earliest - moment(time)).total_seconds()
        return Within(lambda s: f"{max(0, int(s))}s ago", first, (latest - moment(time)).total_seconds(), 0.5)

    return {
        "title": "ACTIVE SESSIONS",
        "figures": {
            "Active": [count(data["active_count"])],
            "Peak (24h)": [count(data["peak_concurrent_24h"])],
            "Total Today": [count(data["total_today"])],
            "Active conversation": [count(states["active"])],
            "Tool executing": [count(states["tool_executing"])],
            "Idle": [count(states["idle"])],
            "Connecting": [count(data["connecting_count"])],
            "Avg Duration": [duration(data["avg_duration_ms"])],
            "Median": [duration(data["median_duration_ms"])],
            "Shortest": [duration(data["min_duration_ms"])],
            "Longest": [duration(data["max_duration_ms"])],
            "Last Started": [since(data["last_session_started"])],
            "Last Ended": [since(data["last_session_ended"])],
            "Next Expiry": [expiry(data["next_expiry_at"], earliest, latest)],
            "Tokens (1h)": [tokens(data["usage"])],
            "Cost": [dollars(data["usage"]["cost_total_usd"])],
            "Cost / min": [dollars(data["usage"]["cost_per_minute_usd"])],
        },
        "other": {
            "gauge": [bar(data["active_count"], data["limit"]), f"{data['active_count']} / {data['limit']}"],
            "By State": True,
            f"Duration {ended(data)}": True,
        },
        "lists": {}, "trends": {},
    }


def expiry(time, earliest, latest):
    if time is None:
        return "no data"
    left = [(moment(time) - instant).total_seconds() for instant in (latest, earliest)]
    return Within(lambda s: f"in {duration(1000 * s)}" if s > 0 else "now", *left, 0.5)


def tokens(usage):
    ways = [sum(usage[f"{way}_last_hour"]["by_modality"].values()) for way in ("input", "output")]
    return f"{count(ways[0])} in, {count(ways[1])} out" if sum(ways) else "no data"


def dollars(value):
    if value is None:
        return "no data"
    return "<$0.01" if 0 < value < 0.005 else f"${fixed(value, 2)}"


def ended(data):
    return f"{count(data['duration_count'])} ended, 24h" if data["duration_count"] else "no data"


def latency(summary, *_):
    data = summary["latency"]
    figures = {name: [] for name in ("P50", "P95", "P99")}
    for metric in ("ttfa", "turn"):
        for percentile in ("p50", "p95", "p99"):
            figures[percentile.upper()] += [
                duration(data[metric][percentile]), status(data["status"][f"{metric}_{percentile}"], duration)]
    return {
        "title": "LATENCY PERCENTILES",
        "status": overall([number["status"] for number in data["status"].values()]),
        "figures": figures,
        "lists": {
            "Component Breakdown P50, 1h": [
                *[
                    [label, duration(data[name]["p50"]), bar(data[name]["p50"], 2 * target),
                     samples(data[name]["count"])]
                    for label, (name, target) in COMPONENTS.items()],
                sideband(data["sideband_lag"]),
            ],
        },
        "trends": {"TTFA": latency_trend(data, "ttfa"), "Turn": latency_trend(data, "turn")},
        "other": {
            f"Time to First Audio (TTFA) {samples(data['ttfa']['count'])}": True,
            f"Full Turn Latency {samples(data['turn']['count'])}": True,
            "Trend (1h)": True, "Component Breakdown P50, 1h": True,
            "Time to Answer": spread(data["time_to_answer"]), "Dead Air (1h)": dead_air(data),
        },
    }


def sideband(lag):
    p95 = f"P95 {duration(lag['p95'])}" if lag["count"] else ""
    return ["Sideband lag", duration(lag["p50"]), p95, samples(lag["count"])]


def spread(percentiles):
    if not percentiles["count"]:
        return "no data"
    return f"P50 {duration(percentiles['p50'])} P95 {duration(percentiles['p95'])} n {count(percentiles['count'])}"


def dead_air(data):
    silence = data["dead_air"]
    if not silence["total"] and not sum(data["responses_last_hour"].values()):
        return "no data"
    length = f", P95 {duration(silence['length']['p95'])}" if silence["length"]["count"] else ""
    return f"{count(silence['last_hour'])}{length}"


def latency_trend(data, metric):
    points = data[f"{metric}_trend"]
    filled = [point["p95"] for point in points if point["count"]]
    text = f"P95 now {duration(filled[-1])}, peak {duration(max(filled))}" if filled else "no data in the last hour"
    number = data["status"][f"{metric}_p95"]
    kinds = [kind for point in points for kind in 2 * [crossed(point, number)]]
    # Each column is two bars, one before the other.
    return {"caption": text, "label": text, "columns": 2 * len(filled), "kinds": kinds}


def crossed(point, number):
    if point["count"] < number["minimum_samples"]:
        return "unknown"
    return "critical" if point["p95"] > number["critical"] else "warning" if point["p95"] > number["warning"] else "ok"


def tools(summary, *_):
    data = summary["tools"]
    called = {name: tool["call_count_last_hour"] for name, tool in data["by_tool"].items()}
    called = {name: calls for name, calls in called.items() if calls}
    agents = {}
    for tool in data["by_tool"].values():
        for agent, calls in (tool["agents_delegated"] or {}).items():
            agents[agent] = agents.get(agent, 0) + calls
    p95 = data["p95_duration_ms"]
    return {
        "title": "TOOL CALL STATISTICS",
        "figures": {
            "Rate": [f"{rate(data['calls_per_minute'])} calls/min"],
            "Success": [ratio(data["success_rate"])],
            "Avg Duration": [duration(data["avg_duration_ms"]) + ("" if p95 is None else f" P95 {duration(p95)}")],
            "In Progress": [count(data["in_progress"])],
        },
        "lists": {
            f"By Tool (Last Hour) {count(data['calls_last_hour'])} calls": [
                [name, bar(calls, max(called.values())), f"{count(calls)} call{'s' * (calls != 1)}"]
                for name, calls in by_count(called)] or "No tool calls in the last hour",
            "Agents Delegated task tool": [
                [agent, count(calls)] for agent, calls in by_count(agents)] or "Nothing was delegated yet",
            "Recent Activity": [
                [
                    clock(call["started_at"]),
                    f"{call['tool_name']} → {call['agent_name']}" if call["agent_name"] else call["tool_name"],
                    [ICONS["ok"], "OK"] if call["success"] else [ICONS["critical"], "Failed"],
                    duration(call["duration_ms"]) if call["success"] else "Error",
                ]
                for call in data["recent_calls"]] or "No tool calls yet",
        },
        "other": {
            f"By Tool (Last Hour) {count(data['calls_last_hour'])} calls": True, "Agents Delegated task tool": True,
            "Recent Activity": True,
        },
        "trends": {},
    }


def errors(summary, *_):
    data = summary["errors"]
    judged = data["status"]
    categories = [data["by_category"][name] for name in CATEGORIES]
    worst = max(
        (category for category in categories if category["count_last_hour"]), default=None,
        key=lambda category: (SEVERITY.index(category["status"]), category["count_last_hour"]))
    in_hour = sum(point["total"] for point in data["error_trend"])
    breakdown = f"{CATEGORIES[worst['category']]} Breakdown (1h)" if worst else "Breakdown (1h)"
    statuses = [judged[name]["status"] for name in ("total_errors_per_minute", "session_failure_rate")]
    return {
        "title": "ERROR RATES BY TYPE",
        "status": overall(statuses + [category["status"] for category in categories]),
        "figures": {
            "Total": [
                f"{rate(data['total_errors_per_minute'])}/min", status(judged["total_errors_per_minute"], plain)],
            "Session Failure Rate": [
                percent(data["session_failure_rate"]),
                status(judged["session_failure_rate"], lambda value: percent(value, 0))],
        },
        "lists": {
            "By Category": [
                [
                    [ICONS[category["status"]], WORDS[category["status"]]], category["category"],
                    f"{rate(category['rate_per_minute'])}/min",
                    bar(category["rate_per_minute"], category["critical_threshold"]),
                    f"limit > {plain(category['warning_threshold'])}",
                ]
                for category in categories],
            breakdown: [
                [code, count(number), f"({percent(100 * number / worst['count_last_hour'], 0)})"]
                for code, number in by_count(worst["by_code"])][:8] if worst else "No errors in the last hour",
            "Recent Errors": [
                [clock(error["timestamp"]), f"{error['category']}:{error['code']}", error["message"]]
                for error in data["recent_errors"]] or "No errors yet",
        },
        "trends": {
            "Trend (1h)": {
                "caption": f"{count(in_hour)} in the last hour", "label": f"{count(in_hour)} in the last hour",
                "columns": 2 * sum(point["total"] > 0 for point in data["error_trend"]), "kinds": 24 * ["neutral"]},
        },
        "other": {
            "By Category": True, breakdown: True, "Recent Errors": True,
            "Rate Limits Left": ", ".join(
                f"{name} {ratio(limit['headroom_ratio'])}" for name, limit in sorted(data["rate_limits"].items()))
            or "no data"},
    }


def audio(summary, *_):
    data = summary["audio"]
    judged = data["status"]
    network = [
        ("Packet Loss", "packet_loss_pct", percent), ("Jitter", "jitter_ms", duration), ("RTT", "rtt_ms", duration)]
    mos = data["mos_score"]
    rating = data["quality_rating"]
    codec, bitrate, level = data["codec"], data["bitrate_kbps"], data["buffer_level_ms"]
    wrong, triggered = data["false_positive_interrupts"], data["vad_triggered_count"]
    return {
        "title": "AUDIO QUALITY",
        "status": overall([number["status"] for number in judged.values()]),
        "figures": {
            "Codec": [f"{codec.capitalize()} @ {bitrate:.0f}kbps" if codec else "no data"],
            "Buffer": [f"{duration(level)} ({data['buffer_health']})" if level is not None else "no data"],
            "Underruns (1h)": [count(data["buffer_underruns_last_hour"])],
            "Sample Rate": [f"{data['sample_rate_hz'] / 1000:g}kHz" if data["sample_rate_hz"] else NONE],
            "Activations": [count(triggered)],
            "False Positives": [count(wrong) + (f" ({percent(100 * wrong / triggered)})" if triggered else "")],
            "Uplink": [uplink(data)],
            "MOS (G.107)": [score(data["mos_g107"])],
            **interruptions(data),
        },
        "lists": {
            "Network Metrics mean of 5m": [
                [
                    label, shown(data[name]),
                    status(judged[name], duration if shown is duration else lambda value: percent(value, 0)),
                    bar(data[name], judged[name]["warning"]),
                ]
                for label, name, shown in network],
        },
        "other": {
            "score": [
                "MOS Score", f"{score(mos)} {f'({rating.capitalize()})' if rating else 'no data'}",
                status(judged["mos_score"], plain, is_low=True)],
            "gauge": [bar(mos, 5), f"{score(mos)} / 5.0"],
            "MOS Score": True, "Network Metrics mean of 5m": True, "Audio Pipeline": True,
            "VAD Performance since start": True,
        },
        "trends": {},
    }


def uplink(data):
    parts = {"loss": percent(data["uplink_packet_loss_pct"]), "jitter": duration(data["uplink_jitter_ms"])}
    return ", ".join(f"{value} {name}" for name, value in parts.items() if value not in ("no data", NONE)) or "no data"


def interruptions(data):
    told = data["interruptions"]
    outcomes = told["by_outcome_last_hour"]
    total = sum(outcomes.values())
    if not total and not data["vad_triggered_count"]:
        return {"Interruptions (1h)": ["no data"], "False (1h)": ["no data"]}
    share = f" ({percent(100 * told['false_ratio'])})" if total else ""
    return {
        "Interruptions (1h)": [f"{count(outcomes['confirmed'])} confirmed"],
        "False (1h)": [f"{count(total - outcomes['confirmed'])}{share}, {count(told['orphaned_last_hour'])} orphaned"],
    }


def amplifier(summary, earliest, latest):
    data = summary["amplifier"]
    health = data["health_status"]
    bridge = {"healthy": "ok", "degraded": "warning", "unhealthy": "critical", None: "unknown"}[health]
    between = (latest - earliest).total_seconds() * 1000
    uptime = data["session_uptime_seconds"]
    queue = data["status"]["queue_depth"]

    def running(task):
        return Within(lambda ms: f"Running: {duration(ms)}", task["elapsed_ms"], task["elapsed_ms"] + between, 1)

    def agent(stats):
        finished = stats["success_count"] + stats["failure_count"]
        average = stats["avg_duration_ms"]
        return [
            stats["agent_name"], f"{count(stats['spawn_count'])} task{'s' * (stats['spawn_count'] != 1)}",
            f"✓ {percent(100 * stats['success_count'] / finished, 0)}" if finished else NONE,
            NONE if average is None else f"~{duration(average)}"]

    def doing(task):
        progress = "" if task["progress_pct"] is None else f" {percent(task['progress_pct'], 0)}"
        step = f" · {task['current_step']}" if task["current_step"] else ""
        return f"Status: {task['status']}{progress}{step}"

    return {
        "title": "AMPLIFIER TASK STATUS",
        "status": overall([bridge, queue["status"]]),
        "figures": {
            "Bridge": [[ICONS[bridge], health.capitalize() if health else "No data"]],
            "Tools": [count(data["bridge_tools_count"])],
            "Uptime": [
                NONE if uptime is None
                else Within(lambda s: duration(1000 * s), uptime, uptime + between / 1000, 0.5)],
            "Queue": [count(data["queue_depth"]), status(queue, count)],
            "Success": [ratio(data["success_rate"])],
            "Avg Duration": [duration(data["avg_duration_ms"])],
            "Completed": [count(data["completed_last_hour"])],
            "Failed": [count(data["failed_last_hour"])],
        },
        "lists": {
            f"Active Tasks: {count(data['active_count'])}": [
                [
                    [ICONS["active"], task["agent_name"]],
                    f"“{task['instruction_preview']}”" if task["instruction_preview"] else "",
                    running(task), doing(task),
                ]
                for task in data["active_tasks"]] or "No task is running",
            "Agent Performance avg of 1h": [
                agent(stats) for stats in sorted(
                    data["by_agent"].values(), key=lambda stats: (-stats["spawn_count"], stats["agent_name"]))]
            or "No agent has had a task yet",
        },
        "other": {
            f"Active Tasks: {count(data['active_count'])}": True, "Completion Stats (1h)": True,
            "Agent Performance avg of 1h": True,
        },
        "trends": {},
    }


def panels(summary, earliest, latest):
    """All panels for a summary that was taken at the earliest instant, on a page that was read until the latest."""
    made = {
        "sessions": sessions, "latency": latency, "tools": tools, "errors": errors, "audio": audio,
        "amplifier": amplifier,
    }
    return {slug: make(summary, earliest, latest) | {"bars": {}} for slug, make in made.items()}
