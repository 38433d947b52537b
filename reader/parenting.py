"""A process that ends with the one that started it, however that one ends. Knows nothing of the site."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with(parent: int) -> bool:
    """Have the system send us SIGTERM when our parent ends; False where it cannot, or when it is gone already."""
    if sys.platform != "linux":
        return False
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    return os.getppid() == parent  # asked after the call: it may have ended just before
