"""The bridge to the agents, which are scripted: the tool that delegates to them, and what starts one."""

import asyncio
import time
import uuid
from dataclasses import dataclass
from typing import Any

import voice_monitoring

AGENTS = {"foundation:greeter": 0, "foundation:explorer": 0.02, "foundation:thinker": 1.5, "foundation:broken": None}


@dataclass
class ToolResult:
    success: bool
    output: Any = None
    error: Any = None

    def to_dict(self):
        if not self.success:
            return {"success": False, "error": self.error}
        output = self.output.to_dict() if isinstance(self.output, ToolResult) else self.output
        return {"success": True, "output": output}


class DelegateTool:
    """Hands work to an agent. What goes wrong with the agent is a result, never an exception."""

    def __init__(self, spawn):
        self._spawn = spawn

    async def execute(self, arguments):
        try:
            return ToolResult(True, await self._spawn(arguments.get("agent"), arguments.get("instruction", "")))
        except Exception as error:
            return ToolResult(False, error={"message": str(error)})


class AmplifierBridge:
    def __init__(self):
        self._tools = {}
        self._register_spawn_capability()

    def get_tools(self):
        return [*self._tools, "dispatch", "cancel_current_task"]

    def _register_spawn_capability(self):
        async def spawn_capability(agent_name, instruction, sub_session_id=None):
            spawn_id = sub_session_id or f"{agent_name}_{uuid.uuid4().hex[:8]}"
            started = time.monotonic()
            voice_monitoring.record_task_start(
                {"task_id": spawn_id, "agent_name": agent_name, "instruction_preview": instruction})
            try:
                result = await self._run_agent(agent_name, spawn_id)
                voice_monitoring.record_task_end(
                    spawn_id, not result.get("cancelled"), 1000 * (time.monotonic() - started))
                return result
            except BaseException as error:
                voice_monitoring.record_task_end(
                    spawn_id, False, 1000 * (time.monotonic() - started), error=repr(error))
                raise

        self._tools["delegate"] = DelegateTool(spawn_capability)

    async def _run_agent(self, agent_name, session_id):
        if agent_name not in AGENTS:
            raise ValueError(f"Agent '{agent_name}' not found.")
        if AGENTS[agent_name] is None:
            raise TimeoutError("The agent gave no answer.")
        await asyncio.sleep(AGENTS[agent_name])
        return {"output": "It is in the second drawer.", "session_id": session_id}

    async def execute_tool(self, tool_name, arguments):
        """Wraps whatever a tool returns as a success."""
        if tool_name == "cancel_current_task":
            return ToolResult(True, {"cancelled": True, "running_tools": []})
        if tool_name not in self._tools:
            return ToolResult(False, error=f"Unknown tool: {tool_name}")
        try:
            return ToolResult(True, await self._tools[tool_name].execute(arguments))
        except Exception as error:
            return ToolResult(False, error=str(error))
