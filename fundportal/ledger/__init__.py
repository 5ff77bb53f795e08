"""The books: append-only double entry. Facts come in through services.post(), figures go out through queries."""
