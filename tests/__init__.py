"""Importing aiogram makes a million objects, none of them garbage: the collector waits until that is done."""

import gc

gc.disable()
