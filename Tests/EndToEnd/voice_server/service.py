"""The routes."""

import uuid
from types import SimpleNamespace

import voice_monitoring
from fastapi import FastAPI, Header, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import Response

from .amplifier_bridge import AmplifierBridge
from .realtime import create_realtime_session, exchange_realtime_sdp

_amplifier_bridge = AmplifierBridge()
_sideband_registry = {}
_sessions = {}

app = FastAPI()
app.add_middleware(
    CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=["X-Call-Id"])


@app.post("/session")
async def create_session():
    return await create_realtime_session(_amplifier_bridge)


@app.post("/sdp")
async def exchange_sdp(request: Request, authorization: str = Header(...)):
    result = await exchange_realtime_sdp(await request.body(), authorization)
    return Response(result["sdp"], media_type="application/sdp", headers={"X-Call-Id": result["call_id"]})


@app.get("/health")
async def health_check():
    tools_count = len(_amplifier_bridge.get_tools()) if _amplifier_bridge else 0
    voice_monitoring.record(
        "bridge.status", initialized=_amplifier_bridge is not None, tools_count=tools_count,
        health_status="healthy" if _amplifier_bridge else "unhealthy")
    return {"status": "healthy", "amplifier": {"tools_count": tools_count}}


@app.post("/voice/sideband")
async def connect_sideband(request: Request):
    from .sideband import VoiceSideband

    body = await request.json()
    call_id = body["call_id"]
    voice_monitoring.link_session(body.get("session_id"), call_id)
    voice_monitoring.record_session_start(call_id)
    existing = _sideband_registry.get(call_id)
    if existing is not None and existing.is_connected:
        return {"status": "already_connected", "call_id": call_id}
    sideband = VoiceSideband(_amplifier_bridge, body["ephemeral_key"], call_id)
    await sideband.connect()
    _sideband_registry[call_id] = sideband
    await sideband.send_session_update({"truncation": {"type": "retention_ratio", "retention_ratio": 0.8}})
    return {"status": "connected", "call_id": call_id}


@app.post("/voice/end")
async def end_call(request: Request):
    call_id = (await request.json()).get("call_id")
    sideband = _sideband_registry.pop(call_id, None)
    if sideband is None:
        return {"status": "not_found"}
    voice_monitoring.record_session_end(call_id)
    await sideband.disconnect()
    return {"status": "disconnected"}


@app.post("/sessions")
async def create_voice_session():
    session = SimpleNamespace(id=str(uuid.uuid4()))
    _sessions[session.id] = session
    voice_monitoring.record("session.connecting", session.id)
    return {"session_id": session.id}


@app.post("/sessions/{session_id}/end")
async def end_session(session_id: str, request: Request):
    reason = (await request.json()).get("reason", "user_ended")
    if session_id not in _sessions:
        raise HTTPException(404, "Session not found")
    voice_monitoring.record_session_end(session_id, reason=reason)
    return {"session_id": session_id, "end_reason": reason}
