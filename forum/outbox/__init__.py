"""What leaves the house: who is told what over which channel, and when."""
