"""What the server asks of the Realtime API over HTTP: a secret for the browser, and the answer to its offer."""

import os
import time

import httpx
import voice_monitoring
from fastapi import HTTPException

# Of this machine, without TLS, whose certificates would take longer to load than everything else takes.
API = os.environ["REALTIME_API_URL"]


async def create_realtime_session(amplifier, voice="ash"):
    session = {"type": "realtime", "model": "gpt-realtime", "tools": amplifier.get_tools()}
    started = time.monotonic()
    async with httpx.AsyncClient(timeout=30, verify=False) as client:
        resp = await client.post(f"{API}/client_secrets", json={"session": session})
    if resp.status_code != 200:
        voice_monitoring.record_error(
            "openai_api", {401: "auth_error", 429: "rate_limit_exceeded"}.get(resp.status_code, "model_unavailable"),
            f"HTTP {resp.status_code} for a client secret")
        raise HTTPException(resp.status_code, resp.text)
    voice_monitoring.record_latency_sample("session_create", 1000 * (time.monotonic() - started))
    told = resp.json()
    return {"client_secret": {"value": told["value"]}, "session_id": told.get("id", "unknown")}


async def exchange_realtime_sdp(offer_sdp, authorization):
    headers = {"Authorization": authorization, "Content-Type": "application/sdp"}
    started = time.monotonic()
    async with httpx.AsyncClient(timeout=30, verify=False) as client:
        resp = await client.post(f"{API}/calls", content=offer_sdp, headers=headers)
    if resp.status_code not in (200, 201):
        voice_monitoring.record_error(
            "infrastructure", "webrtc_connect_failed", f"HTTP {resp.status_code} for an SDP offer")
        raise HTTPException(resp.status_code, resp.text)
    voice_monitoring.record_latency_sample("sdp_exchange", 1000 * (time.monotonic() - started))
    return {"sdp": resp.text, "call_id": resp.headers["location"].split("/")[-1]}
