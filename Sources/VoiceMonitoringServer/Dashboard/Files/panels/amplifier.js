import { fill, setRows, setStatus } from "../dom.js";
import { FORMATS, NONE, count, duration, percent, share } from "../format.js";

const HEALTH = { healthy: "ok", degraded: "warning", unhealthy: "critical" };

// SPEC section 6.
export function update({ at }, data) {
  const health = HEALTH[data.health_status] ?? "unknown";
  setStatus(at.bridge, health, FORMATS.word(data.health_status),
    data.bridge_initialized === false ? "not initialized" : "");
  setRows(at.tasks, data.active_tasks ?? [], task => task.task_id, "task-row", (row, task) => fillTask(row, task, data.time));
  updateAgents(at, Object.values(data.by_agent ?? {}));
  return [health];
}

function fillTask(row, task, now) {
  setStatus(row.querySelector(".st"), "active", task.agent_name ?? "unnamed agent");
  const step = task.current_step ? ` · ${task.current_step}` : "";
  fill(row, {
    note: task.instruction_preview ? `“${task.instruction_preview}”` : "",
    value: duration(Math.max(0, now - task.since)),
    name: `${task.status}${task.progress_pct === null ? "" : ` ${percent(task.progress_pct, 0)}`}${step}`,
  });
}

function updateAgents(at, agents) {
  agents.sort((a, b) => b.spawn_count - a.spawn_count || (a.agent_name < b.agent_name ? -1 : 1));
  setRows(at.agents, agents.slice(0, 20), agent => agent.agent_name, "agent-row", (row, agent) => {
    const ended = agent.success_count + agent.failure_count;
    fill(row, {
      name: agent.agent_name,
      spawned: `${count(agent.spawn_count)} ${agent.spawn_count === 1 ? "task" : "tasks"}`,
      value: ended ? `✓ ${percent(share(agent.success_count, ended), 0)}` : NONE,
      note: agent.avg_duration_ms === null ? NONE : `~${duration(agent.avg_duration_ms)}`,
    });
  });
}
