"""A small state machine: states are named, have an entry action and a time after which they end."""

import time


class State:
    def __init__(self, name, enter, duration_ms=None, following=None):
        self.name = name
        self.enter = enter
        self.duration_ms = duration_ms
        self.following = following

    def __repr__(self):
        return "<State {}>".format(self.name)


class UnknownState(Exception):
    pass


class StateMachine:
    """Runs one state after the other; `step()` is called often and never waits."""

    def __init__(self, states, first):
        self._states = {state.name: state for state in states}
        self._listeners = []
        self.history = []
        self.current = None
        self._since = 0
        self.go(first)

    def listen(self, listener):
        self._listeners.append(listener)

    def go(self, name):
        state = self._states.get(name)
        if state is None:
            raise UnknownState(name)
        previous = self.current
        self.current = state
        self._since = time.ticks_ms()
        self.history.append(name)
        if len(self.history) > 20:
            self.history.pop(0)
        state.enter()
        for listener in self._listeners:
            listener(previous.name if previous else None, name)

    @property
    def name(self):
        return self.current.name

    def elapsed(self):
        return time.ticks_diff(time.ticks_ms(), self._since)

    def remaining(self):
        if self.current.duration_ms is None:
            return None
        return max(0, self.current.duration_ms - self.elapsed())

    def step(self):
        """Goes on when the time of the state is over; true when it did."""
        state = self.current
        if state.duration_ms is None or self.elapsed() < state.duration_ms:
            return False
        following = state.following
        self.go(following() if callable(following) else following)
        return True
