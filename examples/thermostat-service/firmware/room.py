"""What the thermostat heats."""


class Room:
    """A room of which half a degree is lost to the outside in each step."""

    def __init__(self, celsius, outside):
        self.celsius = celsius
        self.outside = outside

    def step(self, heating):
        self.celsius += (self.outside - self.celsius) * 0.05
        if heating:
            self.celsius += 1.5
        return self.celsius
