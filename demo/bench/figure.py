from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the bench, beside its bar where it has one."""

    name: str
    value: float
    unit: str
    bar: float | None = None

    @property
    def is_missed(self) -> bool:
        return self.bar is not None and self.value > self.bar

    def __str__(self):
        bar = f"  (bar: {self.bar:g})" if self.bar is not None else ""
        return f"{self.name}: {self.value:.5g} {self.unit}{bar}"
