"""What a voice server sees of OpenAI's Realtime API, scripted: secrets and calls over HTTP, and the sideband of each
call as a WebSocket that plays a script."""

import asyncio
import itertools
import threading
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse, Response

from waiting import wait_until


class Call:
    """One sideband. A script sends events and waits for what the server makes of them."""

    def __init__(self, call_id, socket):
        self.call_id = call_id
        self.results = {}
        self._socket = socket
        self._changed = asyncio.Condition()

    async def send(self, event):
        await self._socket.send_json({"event_id": f"event_{id(event)}", **event})

    async def result(self, call_id):
        """The result of a tool that the script called."""
        async with self._changed:
            await self._changed.wait_for(lambda: call_id in self.results)
            return self.results[call_id]

    async def receive(self):
        while True:
            event = await self._socket.receive_json()
            if event["type"] == "session.update":
                await self.send({"type": "session.updated", "session": session(self.call_id)})
            elif event["type"] == "conversation.item.create":
                item = event["item"]
                async with self._changed:
                    self.results[item["call_id"]] = item["output"]
                    self._changed.notify_all()
                await self.send({"type": "conversation.item.added", "item": item})


def session(call_id):
    return {"id": f"sess_{call_id}", "type": "realtime", "model": "gpt-realtime"}


class RealtimeAPI:
    """`script` is played on each sideband; `refusals` holds what the next requests for a secret get."""

    def __init__(self, script):
        self.script = script
        self.refusals = []
        self.finished = []
        self.failures = []
        self._number = itertools.count(1)
        self.app = FastAPI()
        self.app.post("/v1/realtime/client_secrets")(self._secret)
        self.app.post("/v1/realtime/calls")(self._call)
        self.app.websocket("/v1/realtime")(self._sideband)

    async def _secret(self):
        if self.refusals:
            return JSONResponse({"error": {"message": "No."}}, self.refusals.pop(0))
        return {"value": f"ek_{next(self._number)}", "expires_at": 0, "session": {"type": "realtime"}}

    async def _call(self, request: Request):
        location = f"/v1/realtime/calls/rtc_{next(self._number)}"
        return Response("v=0\r\n", 201, {"Location": location}, "application/sdp")

    async def _sideband(self, socket: WebSocket, call_id: str):
        await socket.accept()
        call = Call(call_id, socket)
        receiver = asyncio.create_task(call.receive())
        try:
            await call.send({"type": "session.created", "session": session(call_id)})
            await self.script(call)
            self.finished.append(call)
            await receiver
        except (WebSocketDisconnect, RuntimeError) as error:
            if not isinstance(error, WebSocketDisconnect):
                self.failures.append(error)
        finally:
            receiver.cancel()

    @contextmanager
    def serving(self):
        server = uvicorn.Server(uvicorn.Config(self.app, port=0, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            wait_until(lambda: server.started or not thread.is_alive(), "the scripted API")
            port = server.servers[0].sockets[0].getsockname()[1]
            self.address = f"http://127.0.0.1:{port}/v1/realtime"
            yield self
        finally:
            server.force_exit = server.should_exit = True
            thread.join()


def events_of_turn(turn, call_id, tool=None):
    """The pauses and events of a turn: what the user says, what the model answers, and which tool it calls before."""
    ids = {name: f"{call_id}-{name}{turn}" for name in ("item", "first", "second", "tool")}
    usage = {
        "total_tokens": 160, "input_tokens": 100, "output_tokens": 60,
        "input_token_details": {"text_tokens": 40, "audio_tokens": 60, "cached_tokens": 0},
        "output_token_details": {"text_tokens": 10, "audio_tokens": 50},
    }

    def reply(id, pause, output=()):
        return [
            (0.05, {"type": "response.created", "response": {"id": id, "status": "in_progress"}}),
            (pause, {"type": "output_audio_buffer.started", "response_id": id}),
            *[(0, event) for event in output],
            (0.02, {"type": "response.done", "response": {"id": id, "status": "completed", "usage": usage}}),
            (0.02, {"type": "output_audio_buffer.stopped", "response_id": id}),
        ]

    called = [] if tool is None else [{
        "type": "response.function_call_arguments.done", "response_id": ids["first"], "item_id": ids["tool"],
        "call_id": ids["tool"], "name": tool[0], "arguments": tool[1]}]
    return ids["tool"], [
        (0, {"type": "input_audio_buffer.speech_started", "item_id": ids["item"], "audio_start_ms": 0}),
        (0.6, {"type": "input_audio_buffer.speech_stopped", "item_id": ids["item"], "audio_end_ms": 600}),
        (0.05, {
            "type": "conversation.item.input_audio_transcription.completed", "item_id": ids["item"],
            "transcript": "Where are my keys?"}),
        *reply(ids["first"], 0.5, called),
    ], reply(ids["second"], 0.1) if tool else []


async def play(send, events):
    for pause, event in events:
        await asyncio.sleep(pause)
        await send(event)
