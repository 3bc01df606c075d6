"""The two models of the mean opinion score."""


def spec_mos(packet_loss_pct: float, jitter_ms: float, rtt_ms: float) -> float:
    r = 93.2
    r -= 0.024 * rtt_ms + 0.11 * (rtt_ms - 177.3) * (rtt_ms > 177.3)
    r -= 7.2 + 0.18 * packet_loss_pct + 0.023 * packet_loss_pct * packet_loss_pct
    r -= 0.1 * jitter_ms
    if r < 0:
        return 1.0
    if r > 100:
        return 4.5
    return 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r)


def g107_mos(packet_loss_pct: float, rtt_ms: float, buffer_level_ms: float) -> float:
    delay = rtt_ms / 2 + buffer_level_ms + 26.5
    impairment_of_delay = 0.024 * delay
    if delay > 177.3:
        impairment_of_delay += 0.11 * (delay - 177.3)
    impairment_of_loss = 95 * packet_loss_pct / (packet_loss_pct + 10)
    r = 93.2 - impairment_of_delay - impairment_of_loss
    if r <= 0:
        return 1.0
    if r >= 100:
        return 4.5
    # The cubic dips below 1 for small R.
    return min(4.5, max(1.0, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r)))


def quality_rating(mos: float) -> str:
    if mos > 4.2:
        return "excellent"
    if mos >= 4.0:
        return "good"
    return "fair" if mos >= 3.5 else "poor"
