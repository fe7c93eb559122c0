"""A sound server of the test's own: PulseAudio without a card, which can be ended and come back."""

import os
import subprocess

from desk import end, poll_until


class Sound:
    def __init__(self, folder, modules=()):
        """With these modules beside a device and the way to it."""
        self.folder = os.path.join(folder, "sound")
        os.mkdir(self.folder, 0o700)
        self.socket = os.path.join(self.folder, "native")
        self.environment = {"PULSE_SERVER": "unix:" + self.socket, "SDL_AUDIODRIVER": "pulseaudio"}
        self.modules = [part for module in modules for part in ("-L", module)]
        self.process = None
        self.start()

    def start(self):
        if self.process is not None:
            return
        if os.path.exists(self.socket):
            os.unlink(self.socket)
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen(
                ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                 "--disable-shm=yes", "-L", "module-null-sink", *self.modules,
                 "-L", "module-native-protocol-unix auth-anonymous=1 socket=" + self.socket],
                env={"PATH": os.environ["PATH"], "HOME": self.folder,
                     "XDG_RUNTIME_DIR": self.folder},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

        def ready():
            # The processor is left to the server between two looks.
            os.sched_yield()
            return os.path.exists(self.socket)
        poll_until("a sound server", ready)

    def stop(self):
        if self.process is not None:
            end(self.process)
            self.process = None

    def close(self):
        self.stop()
