"""The laws of the house, as far as a machine can read them. Each law shows that it bites: it refuses a bad example."""
