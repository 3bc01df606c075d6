"""Series for promtool, made so that the increase over a window is exact."""

import itertools
from dataclasses import dataclass

MINUTE = 60
HOUR = 60 * MINUTE


@dataclass(frozen=True)
class Series:
    name: str
    labels: dict
    values: list

    def notation(self, **labels):
        """The series as promtool's input_series, with the labels of the target."""
        pairs = ",".join(f'{name}="{value}"' for name, value in {**self.labels, **labels}.items())
        return {
            "series": f"{self.name}{{{pairs}}}",
            "values": " ".join("_" if value is None else str(value) for value in self.values),
        }


@dataclass(frozen=True)
class Steps:
    """How often there is a sample, over which window rates are taken, and for how long, all in seconds."""

    step: int
    window: int
    length: int

    @property
    def count(self):
        return self.length // self.step + 1

    def counter(self, per_window, name, reset=False, **labels):
        """A counter that grows by `per_window` in every window; where it is reset it begins again half-way."""
        per_step = self.window // self.step
        if float(per_window).is_integer():
            # Whole increments, spread so that every window has the same sum.
            growth = [int(per_window) * (i + 1) // per_step - int(per_window) * i // per_step for i in range(per_step)]
        else:
            growth = [per_window / per_step] * per_step
        increments = itertools.islice(itertools.cycle(growth), self.count - 1)
        values = list(itertools.accumulate(increments, initial=0))
        if reset:
            middle = len(values) // 2
            values = values[:middle] + values[: len(values) - middle]
        return Series(name, labels, values)

    def gauge(self, value, name, **labels):
        return Series(name, labels, [value] * self.count)

    def climbing(self, start, name, **labels):
        """A gauge that climbs with the clock, which begins at 0."""
        return Series(name, labels, [start + i * self.step for i in range(self.count)])
