"""One module a peer; each is asked, fed and served by its class."""
