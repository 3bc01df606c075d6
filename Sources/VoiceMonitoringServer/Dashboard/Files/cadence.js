// How often each row of the page is refreshed, and how: the refresh tables of SPEC sections 1 to 6 and 8, row by row.

const stream = (section, row, seconds, topic, fields) => ({ section, row, seconds, via: "stream", topic, fields });
const poll = (section, row, seconds, fields) => ({ section, row, seconds, via: "poll", fields });

// A trend that has nothing to show yet is refreshed by every answer that comes.
const hasSamples = section => section.ttfa_trend?.some(point => point.count > 0);

// `from` is the field's name in the JSON where the page has another.
export const ROWS = [
  stream("sessions", "Active count", 1, "sessions", ["active_count", "limit"]),
  stream("sessions", "State breakdown", 5, "sessions",
    ["by_state", "connecting_count", "last_session_started", "last_session_ended"]),
  poll("sessions", "Duration stats", 30,
    ["avg_duration_ms", "median_duration_ms", "min_duration_ms", "max_duration_ms", "duration_count"]),
  poll("sessions", "Daily totals", 60, ["total_today", "peak_concurrent_24h"]),

  stream("latency", "Current percentiles", 5, "latency", ["ttfa", "turn", "status"]),
  { ...poll("latency", "Trend data", 300, ["ttfa_trend", "turn_trend"]), until: hasSamples },
  poll("latency", "Component breakdown", 10,
    ["webrtc_connect", "session_create", "sdp_exchange", "tool_execution", "amplifier_task", "targets"]),

  stream("tools", "Call rate", 5, "tools", ["calls_per_minute", "calls_last_hour", "total_calls", "in_progress"]),
  poll("tools", "Success rate", 10, ["success_rate", "avg_duration_ms", "p50_duration_ms", "p95_duration_ms"]),
  poll("tools", "By-tool breakdown", 15, ["by_tool"]),
  stream("tools", "Recent activity", 2, "tools", ["recent_calls"]),

  stream("errors", "Total rate", 5, "errors",
    ["total_errors_per_minute", "session_failure_rate", "total_errors", "status"]),
  poll("errors", "By-category rates", 10, ["by_category", "error_trend"]),
  { ...poll("errors", "Code breakdown", 30, ["code_breakdown"]), from: "by_category" },
  stream("errors", "Recent errors", 2, "errors", ["recent_errors"]),

  stream("audio", "Network metrics", 5, "network",
    ["packet_loss_pct", "jitter_ms", "rtt_ms", "codec", "bitrate_kbps", "sample_rate_hz", "status"]),
  stream("audio", "MOS score", 5, "network", ["mos_score", "mos_g107", "quality_rating"]),
  stream("audio", "Buffer health", 2, "buffer",
    ["buffer_level_ms", "buffer_health", "buffer_underruns", "buffer_underruns_last_hour"]),
  poll("audio", "VAD stats", 30, ["vad_triggered_count", "false_positive_interrupts"]),

  poll("amplifier", "Bridge health", 30,
    ["bridge_initialized", "bridge_tools_count", "health_status", "last_health_check", "session_uptime_seconds"]),
  stream("amplifier", "Active tasks", 2, "tasks", ["active_tasks", "active_count", "queue_depth", "status"]),
  poll("amplifier", "Completion stats", 15,
    ["success_rate", "avg_duration_ms", "p50_duration_ms", "p95_duration_ms", "completed_last_hour",
      "failed_last_hour", "total_completed", "total_failed"]),
  poll("amplifier", "Agent performance", 30, ["by_agent"]),

  // What SPEC has no row for.
  poll("sessions", "Tokens and money", 30, ["usage", "next_expiry_at"]),
  poll("latency", "Conversation", 10, ["time_to_answer", "dead_air", "responses_last_hour", "sideband_lag"]),
  poll("errors", "Rate limits", 10, ["rate_limits"]),
  poll("audio", "Interruptions", 30, ["interruptions"]),
  poll("audio", "Uplink", 30, ["uplink_packet_loss_pct", "uplink_jitter_ms"]),
];

// How often the server sends each topic, in seconds; `hello` says the same.
export const TOPICS = { sessions: 1, tasks: 2, errors: 2, tools: 2, buffer: 2, latency: 5, network: 5 };

// The topics that a section's panel lives on.
export function topicsOf(section) {
  return [...new Set(ROWS.filter(row => row.section === section && row.topic).map(row => row.topic))];
}
