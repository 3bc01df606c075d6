// The sheet that shows one error or tool call whole, with what can be copied.

import { duration } from "./format.js";

const sheet = document.getElementById("detail");
const fields = sheet.querySelector("dl");

// Shows an error. Its address is `#errors/<error_id>`.
export function showError(error) {
  show("Error", error.error_id, `${error.error_id} ${error.category}:${error.code} ${error.timestamp}`, {
    "Error id": error.error_id,
    Time: error.timestamp,
    Code: `${error.category}:${error.code}`,
    Message: error.message,
    Session: error.session_id,
    "Request context": error.request_context && JSON.stringify(error.request_context, null, 2),
    "Stack trace": error.stack_trace,
  });
  history.replaceState(null, "", `#errors/${encodeURIComponent(error.error_id)}`);
}

// Shows a tool call.
export function showToolCall(call) {
  show("Tool call", call.call_id, `${call.call_id} ${call.tool_name} ${call.started_at}`, {
    "Call id": call.call_id,
    Started: call.started_at,
    Tool: call.tool_name,
    Agent: call.agent_name,
    Instruction: call.instruction_preview,
    Duration: duration(call.duration_ms),
    Result: call.success ? "OK" : "Failed",
    Error: call.error,
    Session: call.session_id,
  });
}

function show(title, id, line, values) {
  sheet.querySelector("h2").textContent = title;
  fields.replaceChildren(...Object.entries(values).filter(([, value]) => value).flatMap(([name, value]) => {
    const term = document.createElement("dt");
    const text = document.createElement("dd");
    term.textContent = name;
    text.textContent = value;
    return [term, text];
  }));
  sheet.querySelector("#copy-id").onclick = event => copy(id, event.currentTarget);
  sheet.querySelector("#copy-line").onclick = event => copy(line, event.currentTarget);
  sheet.showModal();
}

async function copy(text, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    // Browsers keep the clipboard from pages that came over plain HTTP from elsewhere.
    button.textContent = "Not allowed here";
  }
  setTimeout(() => { button.textContent = label; }, 1500);
}

sheet.addEventListener("close", () => {
  if (location.hash.startsWith("#errors/")) history.replaceState(null, "", location.pathname + location.search);
});
