from .contrast import *
