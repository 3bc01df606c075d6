"""The voice server with a view of what became of its events, and with a queue of the size that a test wants."""

import os
from dataclasses import asdict

import voice_monitoring

from .service import app

voice_monitoring.configure(
    os.environ.get("AMPLIFIER_VOICE_EXPORTER_URL"), queue_size=int(os.environ["QUEUE_SIZE"]))


@app.get("/counts")
async def counts():
    return asdict(voice_monitoring.counts())
