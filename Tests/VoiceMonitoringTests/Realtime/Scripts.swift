/// Whole calls, written down event by event.
enum Scripts {
    static let all = [normal, toolCall, bargeIn, falseBargeIn, failed, cancelled, bothFeeds, beta]

    /// The user asks and the assistant answers.
    static let normal = """
        b 0 {"type":"session.created","event_id":"e0","session":{"id":"sess_1","model":"gpt-realtime-2025-08-28",\
        "expires_at":1769864400,"audio":{"input":{"transcription":{"model":"gpt-4o-transcribe"},\
        "turn_detection":{"type":"server_vad","prefix_padding_ms":300,"silence_duration_ms":500}}}}}
        b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1","audio_start_ms":700}
        b 3000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1","audio_end_ms":3000}
        b 3010 {"type":"input_audio_buffer.committed","item_id":"u1","previous_item_id":null}
        b 3400 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u1","content_index":0,\
        "transcript":"What is the time?","usage":{"type":"tokens","total_tokens":26,"input_tokens":20,\
        "input_token_details":{"audio_tokens":18,"text_tokens":2},"output_tokens":6}}
        b 3450 {"type":"response.created","response":{"id":"r1","status":"in_progress"}}
        b 3700 {"type":"response.output_item.added","response_id":"r1","output_index":0,"item":{"id":"a1",\
        "type":"message"}}
        b 3800 {"type":"response.output_audio_transcript.delta","response_id":"r1","item_id":"a1","delta":"It"}
        b 3850 {"type":"response.output_audio_transcript.delta","response_id":"r1","item_id":"a1","delta":" is"}
        b 3900 {"type":"output_audio_buffer.started","response_id":"r1"}
        b 4500 {"type":"response.done","response":{"id":"r1","status":"completed","output":[{"id":"a1",\
        "type":"message"}],"usage":{"total_tokens":160,"input_tokens":100,"output_tokens":60,\
        "input_token_details":{"text_tokens":40,"audio_tokens":60,"image_tokens":0,"cached_tokens":50,\
        "cached_tokens_details":{"text_tokens":30,"audio_tokens":20,"image_tokens":0}},\
        "output_token_details":{"text_tokens":10,"audio_tokens":50}}}}
        b 6000 {"type":"output_audio_buffer.stopped","response_id":"r1"}
        """

    /// The assistant says that it looks, delegates, and answers once the result is there.
    static let toolCall = """
        b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        b 2200 {"type":"response.created","response":{"id":"r1"}}
        b 2800 {"type":"output_audio_buffer.started","response_id":"r1"}
        b 3000 {"type":"response.function_call_arguments.done","response_id":"r1","call_id":"c1","name":"delegate",\
        "arguments":"{\\"agent\\":\\"foundation:explorer\\",\\"instruction\\":\\"Look.\\"}"}
        b 3010 {"type":"response.output_item.done","response_id":"r1","item":{"type":"function_call","call_id":"c1",\
        "name":"delegate","arguments":"{\\"agent\\":\\"foundation:explorer\\",\\"instruction\\":\\"Look.\\"}"}}
        b 3100 {"type":"response.done","response":{"id":"r1","status":"completed","output":[{"type":"message"},\
        {"type":"function_call","call_id":"c1","name":"delegate","arguments":"{}"}]}}
        b 4000 {"type":"output_audio_buffer.stopped","response_id":"r1"}
        b 10000 {"type":"conversation.item.added","item":{"id":"i1","type":"function_call_output","call_id":"c1",\
        "output":"found"}}
        b 10010 {"type":"conversation.item.done","item":{"id":"i1","type":"function_call_output","call_id":"c1",\
        "output":"found"}}
        b 10100 {"type":"response.created","response":{"id":"r2"}}
        b 11000 {"type":"output_audio_buffer.started","response_id":"r2"}
        b 11500 {"type":"response.done","response":{"id":"r2","status":"completed","output":[{"type":"message"}]}}
        b 14000 {"type":"output_audio_buffer.stopped","response_id":"r2"}
        """

    /// The user interrupts the assistant and is answered.
    static let bargeIn = """
        b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        b 2300 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u1",\
        "transcript":"Tell me a story."}
        b 2350 {"type":"response.created","response":{"id":"r1"}}
        b 2700 {"type":"output_audio_buffer.started","response_id":"r1"}
        b 5000 {"type":"input_audio_buffer.speech_started","item_id":"u2"}
        b 5180 {"type":"output_audio_buffer.cleared","response_id":"r1"}
        b 5200 {"type":"response.done","response":{"id":"r1","status":"cancelled",\
        "status_details":{"type":"cancelled","reason":"turn_detected"}}}
        b 6000 {"type":"input_audio_buffer.speech_stopped","item_id":"u2"}
        b 6300 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u2",\
        "transcript":"Stop, the time please."}
        b 6350 {"type":"response.created","response":{"id":"r2"}}
        b 6700 {"type":"output_audio_buffer.started","response_id":"r2"}
        b 7200 {"type":"response.done","response":{"id":"r2","status":"completed"}}
        b 8000 {"type":"output_audio_buffer.stopped","response_id":"r2"}
        """

    /// A cough cuts off the assistant.
    static let falseBargeIn = """
        b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        b 2350 {"type":"response.created","response":{"id":"r1"}}
        b 2700 {"type":"output_audio_buffer.started","response_id":"r1"}
        b 5000 {"type":"input_audio_buffer.speech_started","item_id":"u2"}
        b 5200 {"type":"output_audio_buffer.cleared","response_id":"r1"}
        b 5210 {"type":"response.done","response":{"id":"r1","status":"cancelled",\
        "status_details":{"type":"cancelled","reason":"turn_detected"}}}
        b 5400 {"type":"input_audio_buffer.speech_stopped","item_id":"u2"}
        b 5700 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u2","transcript":" \\n"}
        """

    /// The account has used up its tokens.
    static let failed = """
        b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        b 2100 {"type":"rate_limits.updated","rate_limits":[{"name":"tokens","limit":40000,"remaining":250,\
        "reset_seconds":58.5}]}
        b 2200 {"type":"response.created","response":{"id":"r1"}}
        b 2300 {"type":"response.done","response":{"id":"r1","status":"failed","status_details":{"type":"failed",\
        "error":{"type":"tokens","code":"rate_limit_exceeded"}}}}
        """

    /// The client calls a response off.
    static let cancelled = """
        b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        b 2350 {"type":"response.created","response":{"id":"r1"}}
        b 2700 {"type":"output_audio_buffer.started","response_id":"r1"}
        b 3000 {"type":"response.done","response":{"id":"r1","status":"cancelled",\
        "status_details":{"type":"cancelled","reason":"client_cancelled"}}}
        b 3010 {"type":"output_audio_buffer.cleared","response_id":"r1"}
        """

    /// The call with the barge-in over both feeds; the sideband's clock began elsewhere and its reader falls behind.
    static let bothFeeds = """
        b 0 {"type":"session.updated","session":{}}
        s 900001000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        s 900002000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        b 2300 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u1",\
        "transcript":"Tell me a story."}
        s 900009000 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u1",\
        "transcript":"Tell me a story."}
        s 900009010 {"type":"response.created","response":{"id":"r1"}}
        b 2350 {"type":"response.created","response":{"id":"r1"}}
        b 2700 {"type":"output_audio_buffer.started","response_id":"r1"}
        b 5000 {"type":"input_audio_buffer.speech_started","item_id":"u2"}
        s 900009020 {"type":"input_audio_buffer.speech_started","item_id":"u2"}
        s 900009020 {"type":"output_audio_buffer.cleared","response_id":"r1"}
        b 5180 {"type":"output_audio_buffer.cleared","response_id":"r1"}
        s 900009030 {"type":"response.done","response":{"id":"r1","status":"cancelled",\
        "status_details":{"type":"cancelled","reason":"turn_detected"}}}
        b 5200 {"type":"response.done","response":{"id":"r1","status":"cancelled",\
        "status_details":{"type":"cancelled","reason":"turn_detected"}}}
        b 6000 {"type":"input_audio_buffer.speech_stopped","item_id":"u2"}
        b 6300 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u2",\
        "transcript":"Stop, the time please."}
        b 6350 {"type":"response.created","response":{"id":"r2"}}
        b 6700 {"type":"output_audio_buffer.started","response_id":"r2"}
        s 900009500 {"type":"response.done","response":{"id":"r2","status":"completed"}}
        b 7200 {"type":"response.done","response":{"id":"r2","status":"completed"}}
        b 8000 {"type":"output_audio_buffer.stopped","response_id":"r2"}
        """

    /// The beta over a WebSocket: other names, no events of playback, calls without names, cached tokens without
    /// modality.
    static let beta = """
        - 0 {"type":"session.created","session":{"id":"sess_1","model":"gpt-4o-realtime-preview",\
        "turn_detection":{"type":"server_vad"},"voice":"alloy","modalities":["text","audio"]}}
        - 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        - 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        - 2100 {"type":"response.created","response":{"id":"r1"}}
        - 2450 {"type":"response.audio_transcript.delta","response_id":"r1","delta":"On"}
        - 2500 {"type":"response.audio.delta","response_id":"r1","delta":"AAAA"}
        - 2700 {"type":"response.function_call_arguments.done","response_id":"r1","call_id":"c1","arguments":"{"}
        - 2710 {"type":"response.output_item.done","response_id":"r1","item":{"type":"function_call","call_id":"c1",\
        "name":"bash","arguments":"{"}}
        - 2800 {"type":"response.done","response":{"id":"r1","status":"completed","output":[],\
        "usage":{"total_tokens":100,"input_tokens":100,"output_tokens":0,"input_token_details":{"text_tokens":40,\
        "audio_tokens":60,"cached_tokens":50},"output_token_details":{}}}}
        - 4000 {"type":"conversation.item.created","item":{"type":"function_call_output","call_id":"c1","output":"ok"}}
        - 4100 {"type":"response.created","response":{"id":"r2"}}
        - 4500 {"type":"response.audio.delta","response_id":"r2","delta":"AAAA"}
        - 4700 {"type":"response.done","response":{"id":"r2","status":"completed","output":[{"type":"message"}],\
        "usage":{"input_tokens":12,"output_tokens":17,"input_token_details":{"text_tokens":12,"cached_tokens":0},\
        "output_token_details":{"text_tokens":5,"audio_tokens":12}}}}
        """
}
