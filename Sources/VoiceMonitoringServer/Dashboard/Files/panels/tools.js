import { fill, setAttribute, setBar, setRows, setStatus } from "../dom.js";
import { clock, count, duration } from "../format.js";

// SPEC section 3. It has no thresholds.
export function update({ at }, data) {
  const tools = Object.values(data.by_tool ?? {});
  updateTools(at, tools.filter(tool => tool.call_count_last_hour > 0));
  updateAgents(at, tools);
  const calls = data.recent_calls ?? [];
  setRows(at.recent, calls, call => call.call_id, "call-row", fillCall);
  return [];
}

function updateTools(at, tools) {
  const most = Math.max(1, ...tools.map(tool => tool.call_count_last_hour));
  tools.sort((a, b) => b.call_count_last_hour - a.call_count_last_hour || (a.tool_name < b.tool_name ? -1 : 1));
  setRows(at.by_tool, tools.slice(0, 20), tool => tool.tool_name, "bar-row", (row, tool) => {
    const calls = tool.call_count_last_hour;
    fill(row, { name: tool.tool_name, value: `${count(calls)} ${calls === 1 ? "call" : "calls"}` });
    setBar(row.querySelector(".bar"), calls / most, "active");
  });
}

function updateAgents(at, tools) {
  const agents = new Map();
  for (const tool of tools) {
    for (const [agent, calls] of Object.entries(tool.agents_delegated ?? {})) {
      agents.set(agent, (agents.get(agent) ?? 0) + calls);
    }
  }
  const sorted = [...agents].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  setRows(at.agents, sorted.slice(0, 20), ([agent]) => agent, "pair-row", (row, [agent, calls]) => {
    fill(row, { name: agent, value: count(calls) });
  });
}

function fillCall(row, call) {
  fill(row, {
    time: clock(call.started_at),
    name: call.agent_name ? `${call.tool_name} → ${call.agent_name}` : call.tool_name,
    value: call.success ? duration(call.duration_ms) : "Error",
  });
  setStatus(row.querySelector(".st"), call.success ? "ok" : "critical", call.success ? "OK" : "Failed");
  setAttribute(row.firstElementChild, "href", `#tools/${encodeURIComponent(call.call_id)}`);
}
