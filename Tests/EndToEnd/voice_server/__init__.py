"""A voice server in the shape of Amplifier Voice's: its routes, its functions and its traps, without its agents.

What it tells an exporter is what the README's patch says, and nothing else.
"""
