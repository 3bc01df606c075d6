"""The server's own connection to a call of the Realtime API, over which tools are called."""

import asyncio
import json
import logging
import time

import voice_monitoring
import websockets

from .realtime import API

logger = logging.getLogger(__name__)

# One for the process: tools of all calls run one after the other.
execution_lock = asyncio.Lock()


class VoiceSideband:
    def __init__(self, bridge, api_key, call_id):
        self._bridge = bridge
        self._api_key = api_key
        self.call_id = call_id
        self._ws = None
        self._listen_task = None
        self.is_connected = False

    async def connect(self):
        self._ws = await websockets.connect(
            f"{API.replace('http', 'ws', 1)}?call_id={self.call_id}",
            additional_headers={"Authorization": f"Bearer {self._api_key}"})
        self.is_connected = True
        self._listen_task = asyncio.create_task(self._listen_loop())

    async def _listen_loop(self):
        """Reads, and waits for each tool that a message calls."""
        try:
            async for raw_msg in voice_monitoring.reading(self._ws, self.call_id):
                await self._handle_event(json.loads(raw_msg))
        except websockets.ConnectionClosed as error:
            voice_monitoring.record_error("infrastructure", "websocket_closed", error, self.call_id)
        finally:
            self.is_connected = False

    async def _handle_event(self, event):
        if event.get("type") == "response.function_call_arguments.done":
            await self._handle_tool_call(event)

    async def _handle_tool_call(self, event):
        name, call_id = event.get("name", ""), event.get("call_id", "")
        try:
            arguments = json.loads(event.get("arguments", "{}"))
        except json.JSONDecodeError:
            arguments = {}
        if name == "dispatch":
            await self._handle_dispatch(call_id, arguments)
        elif name == "cancel_current_task":
            await self._handle_cancel(call_id, arguments)
        else:
            await self._handle_delegate(call_id, name, arguments)

    async def _handle_delegate(self, call_id, name, arguments):
        async with execution_lock:
            voice_monitoring.record_tool_start(name, call_id, self.call_id)
            started = time.monotonic()
            result = await self._bridge.execute_tool(name, arguments)
            voice_monitoring.record_tool_call(
                name, 1000 * (time.monotonic() - started), voice_monitoring.succeeded(result), self.call_id,
                arguments.get("agent"), call_id=call_id)
        await self._give(call_id, json.dumps(result.to_dict()))

    async def _handle_dispatch(self, call_id, arguments):
        await self._give(call_id, "It runs, and you will be told.")
        asyncio.create_task(run_agent_job(self, call_id, arguments.get("agent"), arguments.get("instruction", "")))

    async def _handle_cancel(self, call_id, arguments):
        started = time.monotonic()
        result = await self._bridge.execute_tool("cancel_current_task", arguments)
        voice_monitoring.record_tool_call(
            "cancel_current_task", 1000 * (time.monotonic() - started), voice_monitoring.succeeded(result),
            self.call_id, call_id=call_id)
        await self._give(call_id, json.dumps(result.to_dict()))

    async def _give(self, call_id, output):
        """Tells the model the result of a tool, and asks it to go on."""
        item = {"type": "function_call_output", "call_id": call_id, "output": output}
        await self._ws.send(json.dumps({"type": "conversation.item.create", "item": item}))
        await self._ws.send(json.dumps({"type": "response.create"}))

    async def send_session_update(self, session):
        await self._ws.send(json.dumps({"type": "session.update", "session": {"type": "realtime", **session}}))

    async def disconnect(self):
        self._listen_task.cancel()
        await asyncio.wait([self._listen_task])
        await self._ws.close()
        self.is_connected = False


async def run_agent_job(sideband, call_id, agent, instruction):
    """Runs an agent behind the conversation, and tells the model when it is done."""
    try:
        async with execution_lock:
            voice_monitoring.record_tool_start("dispatch", call_id, sideband.call_id)
            started = time.monotonic()
            result = await sideband._bridge.execute_tool("delegate", {"agent": agent, "instruction": instruction})
            voice_monitoring.record_tool_call(
                "dispatch", 1000 * (time.monotonic() - started), voice_monitoring.succeeded(result),
                sideband.call_id, agent, call_id=call_id)
        if sideband.is_connected:
            await sideband._give(call_id, json.dumps(result.to_dict()))
    except Exception:
        logger.exception("An agent that ran in the background failed.")
