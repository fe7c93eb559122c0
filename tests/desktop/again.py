"""SDL waits 0.3 s for an answer on the session's bus and then goes on without; where the machine
stood still for so long, that is no fault of the program's, and the test is made again."""

import functools

ATTEMPTS = 3


def again(test):
    @functools.wraps(test)
    def attempts(self):
        for left in reversed(range(ATTEMPTS)):
            try:
                return test(self)
            except AssertionError:
                if left == 0:
                    raise
            self.doCleanups()
            self.setUp()
    return attempts
