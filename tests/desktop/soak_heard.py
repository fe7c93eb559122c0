"""A visit that knows besides when each of its lines was heard, by the clock the program goes by."""

import time

from desk import Visit


def boot_clock():
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Heard(Visit):
    def __init__(self, arguments, environment, folder):
        self.heard = []
        self.began = boot_clock()
        super().__init__(arguments, environment, folder)

    def clock(self):
        return boot_clock() - self.began

    def read(self, timeout_s):
        before = len(self.events)
        more = super().read(timeout_s)
        self.heard += [self.clock()] * (len(self.events) - before)
        return more
