"""Reads the texts out of the code, keeps the catalogues true, compiles them. Needs no gettext on the machine."""
